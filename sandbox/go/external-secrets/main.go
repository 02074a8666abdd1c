// External Secrets with the one provider that the sandbox uses instead of forty:
// what overlay/ holds replaces files of the module, which lies in src/ then.
package main

import "github.com/external-secrets/external-secrets/cmd/controller"

func main() { controller.Execute() }
