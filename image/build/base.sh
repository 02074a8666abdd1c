# Readies the base image for the server: user, folders, no compiler, no pip.
set -eu
for compiler in cc gcc g++ clang tcc; do
  if command -v "$compiler" > /dev/null; then
    echo "The base image holds a compiler ($compiler); take a slim one." >&2
    exit 1
  fi
done
# An environment of the base image gives way; wheels and indexes are no use here.
rm -rf /opt/venv /usr/share/python-wheels /var/lib/apt/lists /var/cache/apt /var/cache/debconf
# Some libraries ask for the name of the user who runs them.
grep -q '^[^:]*:[^:]*:1001:' /etc/passwd ||
  echo 'mlflow:x:1001:1001:MLflow:/mlflow:/usr/sbin/nologin' >> /etc/passwd
grep -q '^[^:]*:[^:]*:1001:' /etc/group || echo 'mlflow:x:1001:' >> /etc/group
mkdir -p /mlflow
chown 1001:1001 /mlflow
# Official Python images come without compiled files, which a read-only root
# would miss at each start.
python=$(PATH=/usr/local/bin:/usr/bin:/bin command -v python3)
"$python" -m compileall -q -j 0 "$("$python" -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')" > /dev/null 2>&1 || true
