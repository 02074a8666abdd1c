#!/bin/bash
# The hand-run original: its own commands, one after the other, into an empty
# namespace. Prints "<seconds><tab><step>" for each. The bench compares us to it.
#
# Kind to the original: no chart repository to update, no Vault and External
# Secrets (plain Secrets instead), no start of a TypeScript runner, and no exec
# into pods for psql and the S3 client.
#
#   install.sh CHART VALUES IMAGE      IMAGE = repository:tag
#
# Env: KUBECONFIG, POSTGRES (connection), PGPASSWORD, S3_URL, S3_ROOT (user:password),
# KC_URL, KC_REALM, KC_ADMIN, KC_ADMIN_PASSWORD, HOST, LOGIN_USER, AUTH_DRIVER,
# POSTGRES_SERVICE, CA_FILE, TOOLS (folder of hyperkube and helm)
set -euo pipefail
chart=$1 values=$2 image=$3
here=$(cd "$(dirname "$0")" && pwd)
ns=mlflow
last=$EPOCHREALTIME

lap() {
  local now=$EPOCHREALTIME
  printf '%d.%03d\t%s\n' $(((${now/./} - ${last/./}) / 1000000)) \
    $(((${now/./} - ${last/./}) / 1000 % 1000)) "$1"
  last=$now
}
kubectl() { "$TOOLS/hyperkube" kubectl "$@"; }
helm() { "$TOOLS/helm" "$@"; }
psql() { command psql "$POSTGRES dbname=${db:-postgres}" -v ON_ERROR_STOP=1 -qAtX -f -; }
random() { head -c 64 /dev/urandom | base64 -w0 | tr -dc A-Za-z0-9 | head -c 48 || true; }
keycloak() { node "$here/keycloak-step.mjs" "$@"; }
has_database() { [ "$(psql <<<"SELECT count(*) FROM pg_database WHERE datname = '$1'")" = 1 ]; }

# secret NAME, with `key: value` lines on stdin
secret() {
  kubectl -n $ns delete secret "$1" --ignore-not-found >/dev/null
  {
    printf 'apiVersion: v1\nkind: Secret\nmetadata: { name: %s, namespace: %s }\nstringData:\n' "$1" $ns
    sed 's/^/  /'
  } | kubectl create -f - >/dev/null
}

# s3 METHOD: one request for the bucket, its secret not on the command line
s3() {
  curl -sf -o /dev/null -K - <<<"url = \"$S3_URL/mlflow\"
user = \"$S3_ROOT\"
aws-sigv4 = \"aws:amz:us-east-1:s3\"
$1"
}

kubectl get ns $ns >/dev/null 2>&1 || kubectl create ns $ns >/dev/null
lap 'namespace'
kubectl -n postgres get svc postgres-cluster-rw >/dev/null
kubectl -n minio get svc minio >/dev/null
helm -n monitoring status kube-prometheus-stack >/dev/null 2>&1 || true
lap 'preflight'

password=$(random)
has_database mlflow || psql <<<'CREATE DATABASE mlflow'
lap 'database'
psql <<<"SELECT 1 FROM pg_roles WHERE rolname = 'mlflow'" >/dev/null
psql <<<"CREATE USER mlflow WITH LOGIN PASSWORD '$password'"
lap 'role'
psql <<<'GRANT ALL PRIVILEGES ON DATABASE mlflow TO mlflow'
db=mlflow psql <<<'GRANT CREATE ON SCHEMA public TO mlflow'
lap 'grant'
has_database mlflow_auth || psql <<<'CREATE DATABASE mlflow_auth'
lap 'auth database'
psql <<<'GRANT ALL PRIVILEGES ON DATABASE mlflow_auth TO mlflow'
db=mlflow_auth psql <<<'GRANT CREATE ON SCHEMA public TO mlflow'
lap 'auth grant'
secret mlflow-db-secret <<<"username: mlflow
password: $password"
lap 'database secret'

secret mlflow-s3-secret <<<"AWS_ACCESS_KEY_ID: ${S3_ROOT%%:*}
AWS_SECRET_ACCESS_KEY: ${S3_ROOT#*:}"
lap 's3 secret'
s3 head || s3 'request = "PUT"'
lap 'bucket'

keycloak delete-client mlflow
lap 'keycloak: delete client'
client_secret=$(random)
CLIENT_SECRET=$client_secret keycloak create-client mlflow "https://$HOST/callback"
lap 'keycloak: create client'
keycloak get-scope groups || { keycloak create-scope groups && keycloak add-mapper groups; }
lap 'keycloak: scope and mapper'
keycloak assign-scope mlflow groups
lap 'keycloak: scope to client'
keycloak create-group mlflow-admins
keycloak create-group mlflow-users
lap 'keycloak: groups'
secret mlflow-oidc-config <<<"OIDC_CLIENT_ID: mlflow
OIDC_CLIENT_SECRET: $client_secret
SECRET_KEY: $(random)
OIDC_USERS_DB_URI: $AUTH_DRIVER://mlflow:$password@$POSTGRES_SERVICE:5432/mlflow_auth"
# Else a hook of the chart makes it, in a pod with an image from elsewhere.
secret mlflow-flask-server-secret-key <<<"MLFLOW_FLASK_SERVER_SECRET_KEY: $(random)"
kubectl -n $ns create configmap platform-ca --from-file=ca.crt="$CA_FILE" >/dev/null
lap 'oidc secret'
kubectl apply -f - >/dev/null <<Y
apiVersion: traefik.io/v1alpha1
kind: Middleware
metadata: { name: mlflow-headers, namespace: $ns }
spec: { headers: { customRequestHeaders: { X-Forwarded-Proto: https, X-Forwarded-Host: $HOST, X-Forwarded-Port: '443' } } }
Y
lap 'middleware'

repository=${image%:*} tag=${image##*:}
if [[ $image == *@* ]]; then repository=${image%@*} tag=${repository##*:}@${image##*@} repository=${repository%:*}; fi
set=image.repository=$repository,image.tag=$tag
set=$set,initImages.mlflowDbMigration.repository=$repository,initImages.mlflowDbMigration.tag=$tag
helm upgrade --cleanup-on-fail --install mlflow "$chart" -n $ns --wait --timeout=10m \
  -f "$values" --set-string "$set" >/dev/null
lap 'helm upgrade --install --wait'
kubectl label ns $ns monitoring.example.com/enabled=true >/dev/null
lap 'label'
keycloak add-user "$LOGIN_USER" mlflow-admins
lap 'keycloak: user into group'
