//go:build tools

// The object store of the sandbox is built from its own module:
// `go build github.com/minio/minio` in this folder. The import keeps it in go.mod.
package main

import _ "github.com/minio/minio"
