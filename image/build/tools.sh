# Makes /tools (pip, uv, pip-audit) and the empty environment /opt/venv.
set -eu
{
  # Both, since a given CA is often not the only one that is needed.
  if [ -s ca.crt ]; then
    cat /etc/ssl/certs/ca-certificates.crt ca.crt > bundle.crt 2>/dev/null ||
      cp ca.crt bundle.crt
    for name in PIP_CERT SSL_CERT_FILE REQUESTS_CA_BUNDLE; do
      echo "export $name=/src/bundle.crt"
    done
  fi
  echo 'export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 UV_NO_CACHE=1'
  echo 'export PIP_ROOT_USER_ACTION=ignore UV_LINK_MODE=copy'
} > env.sh
. ./env.sh

# A base image may bring an environment of its own: take the Python beneath it.
python=$(python3 -c 'import sys; print(sys._base_executable)')
"$python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 13))' || {
  echo "The pinned requirements are for Python 3.13; the base image has $("$python" -V)." >&2
  exit 1
}
rm -rf /opt/venv /tools
"$python" -m venv --without-pip /opt/venv
"$python" -m venv /tools
/tools/bin/pip install --quiet --only-binary :all: --require-hashes -r requirements-build.txt
