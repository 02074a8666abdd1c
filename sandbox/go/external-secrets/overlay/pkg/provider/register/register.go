package register

import _ "github.com/external-secrets/external-secrets/pkg/provider/vault"
