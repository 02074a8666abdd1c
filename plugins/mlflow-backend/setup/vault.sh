#!/bin/sh
# Prepares Vault or OpenBao for a platform whose secrets lie there. Run it once
# as Vault's admin, with the bao or vault command logged in (VAULT_ADDR or
# BAO_ADDR, and VAULT_TOKEN or BAO_TOKEN). Run again, it changes nothing.
#
#   sh vault.sh
#
# Settings, by environment:
#   MOUNT            KV version 2 engine; made when there is none (secret)
#   PREFIX           below which the portal writes; one for each platform (mlflow)
#   AUTH_MOUNT       Kubernetes auth method of the cluster; made when there is
#                    none, one for each cluster (kubernetes)
#   ROLE             role that External Secrets logs in with (mlflow)
#   AUDIENCE         that its tokens must be made for (vault)
#   PORTAL           name of the portal's policy and of its role (backstage-mlflow)
#   PORTAL_LOGIN     approle, kubernetes or none (approle)
#   PORTAL_NAMESPACE, PORTAL_ACCOUNT  with kubernetes: the ServiceAccount that the
#                    portal runs as (backstage-mlflow, backstage-mlflow)
# For a Vault outside the cluster, or a method that was just made:
#   KUBERNETES_HOST  URL of the API server
#   KUBERNETES_CA    file with its CA
#   REVIEWER_TOKEN   file with the token of an account with system:auth-delegator,
#                    see vault-token-reviewer.yaml
set -eu

MOUNT=${MOUNT:-secret}
PREFIX=${PREFIX:-mlflow}
AUTH_MOUNT=${AUTH_MOUNT:-kubernetes}
ROLE=${ROLE:-mlflow}
AUDIENCE=${AUDIENCE:-vault}
PORTAL=${PORTAL:-backstage-mlflow}
PORTAL_LOGIN=${PORTAL_LOGIN:-approle}
PORTAL_NAMESPACE=${PORTAL_NAMESPACE:-backstage-mlflow}
PORTAL_ACCOUNT=${PORTAL_ACCOUNT:-backstage-mlflow}
# The ServiceAccount that the portal makes in each namespace of an instance.
ACCOUNT=mlflow-secrets

CLI=${CLI:-$(command -v bao || command -v vault || true)}
if [ -z "$CLI" ]; then
  echo 'vault.sh: neither bao nor vault is on the PATH' >&2
  exit 1
fi

# has KIND NAME: whether a secrets engine or an auth method is mounted there.
has() {
  "$CLI" "$1" list -format=json | grep -q "^ *\"$2/\": "
}

if ! has secrets "$MOUNT"; then
  "$CLI" secrets enable -path="$MOUNT" -version=2 kv
fi
if ! "$CLI" read -field=options "sys/mounts/$MOUNT" | grep -q 'version:2'; then
  echo "vault.sh: $MOUNT/ is no KV engine of version 2; name another by MOUNT" >&2
  exit 1
fi

if ! has auth "$AUTH_MOUNT"; then
  "$CLI" auth enable -path="$AUTH_MOUNT" kubernetes
fi
if [ -n "${KUBERNETES_HOST:-}" ]; then
  set -- "kubernetes_host=$KUBERNETES_HOST"
  [ -z "${KUBERNETES_CA:-}" ] || set -- "$@" "kubernetes_ca_cert=@$KUBERNETES_CA"
  [ -z "${REVIEWER_TOKEN:-}" ] || set -- "$@" "token_reviewer_jwt=@$REVIEWER_TOKEN"
  "$CLI" write "auth/$AUTH_MOUNT/config" "$@"
fi
accessor=$("$CLI" read -field=accessor "sys/auth/$AUTH_MOUNT")

# One policy for all instances: each namespace reads what lies below its own name,
# whatever ServiceAccounts it has. External Secrets looks at its token and gives it
# back.
"$CLI" policy write "$ROLE" - <<POLICY
path "$MOUNT/data/$PREFIX/{{identity.entity.aliases.$accessor.metadata.service_account_namespace}}/*" {
  capabilities = ["read"]
}
path "auth/token/lookup-self" {
  capabilities = ["read"]
}
path "auth/token/revoke-self" {
  capabilities = ["update"]
}
POLICY

"$CLI" write "auth/$AUTH_MOUNT/role/$ROLE" \
  bound_service_account_names="$ACCOUNT" \
  bound_service_account_namespaces='*' \
  audience="$AUDIENCE" \
  token_policies="$ROLE" \
  token_no_default_policy=true \
  token_ttl=10m \
  token_max_ttl=10m

# The portal: values and metadata below one prefix, what it has to know of
# itself, and nothing else. No policies, no roles, no other paths.
"$CLI" policy write "$PORTAL" - <<POLICY
path "$MOUNT/data/$PREFIX/*" {
  capabilities = ["create", "read", "update"]
}
path "$MOUNT/metadata/$PREFIX/*" {
  capabilities = ["create", "read", "update", "delete"]
}
path "sys/capabilities-self" {
  capabilities = ["update"]
}
path "auth/token/lookup-self" {
  capabilities = ["read"]
}
path "auth/token/renew-self" {
  capabilities = ["update"]
}
path "auth/token/revoke-self" {
  capabilities = ["update"]
}
POLICY

case $PORTAL_LOGIN in
  approle)
    if ! has auth approle; then
      "$CLI" auth enable approle
    fi
    "$CLI" write "auth/approle/role/$PORTAL" \
      token_policies="$PORTAL" token_no_default_policy=true \
      token_ttl=1h token_max_ttl=24h
    echo
    echo 'The portal logs in with the role id and a secret id; both go into its app-config:'
    echo "  $CLI read -field=role_id auth/approle/role/$PORTAL/role-id"
    echo "  $CLI write -f -field=secret_id auth/approle/role/$PORTAL/secret-id"
    ;;
  kubernetes)
    "$CLI" write "auth/$AUTH_MOUNT/role/$PORTAL" \
      bound_service_account_names="$PORTAL_ACCOUNT" \
      bound_service_account_namespaces="$PORTAL_NAMESPACE" \
      token_policies="$PORTAL" token_no_default_policy=true \
      token_ttl=1h token_max_ttl=24h
    ;;
  none) ;;
  *)
    echo "vault.sh: PORTAL_LOGIN is approle, kubernetes or none, not $PORTAL_LOGIN" >&2
    exit 1
    ;;
esac
