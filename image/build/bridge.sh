# Lets mlflow-oidc-auth use our bridge to Flask instead of the one it has: that
# of line 3.6 keeps whole artifacts in memory, that of line 3.17 has one thread
# for all requests. A version that no longer imports what is replaced here fails.
set -eu
site=/opt/venv/lib/python3.13/site-packages
case "$1" in
  3.6)
    file=mlflow_oidc_auth/fastapi_app.py
    theirs='from fastapi.middleware.wsgi import WSGIMiddleware'
    ;;
  *)
    file=mlflow_oidc_auth/middleware/auth_aware_wsgi_middleware.py
    theirs='from asgiref.wsgi import WsgiToAsgi as WSGIMiddleware'
    ;;
esac
if [ "$(grep -c "^ *$theirs\$" "$site/$file")" != 1 ]; then
  echo "bridge: $file does not say '$theirs' once" >&2
  exit 1
fi
sed -i "s/^\( *\)$theirs\$/\1from mlflow_wsgi_bridge import WSGIMiddleware/" "$site/$file"
cp build/mlflow_wsgi_bridge.py "$site/"
echo "bridge: $file"
