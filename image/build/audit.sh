# Writes pip-audit's report on the requirements $1 to $2 and prints it. It never
# fails the build: a finding is for people to judge (README.md lists them).
set -u
export COLUMNS=200
/tools/bin/pip-audit -r "$1" --no-deps --disable-pip --progress-spinner off \
  --desc off > report.txt 2> errors.txt
code=$?
total=$(grep -c '^[a-zA-Z0-9].*==' "$1")
skipped=$(grep -c 'could not be audited' report.txt)
if [ "$skipped" = "$total" ] || { [ "$code" != 0 ] && ! grep -q '^Name ' report.txt; }; then
  echo "pip-audit: the vulnerability service could not be reached ($total packages not audited); this build says nothing about known vulnerabilities." > "$2"
else
  {
    echo "pip-audit: $total packages, $skipped not audited."
    grep -v 'could not be audited' report.txt
    grep '^Found\|^No known' errors.txt
  } > "$2"
fi
cat "$2"
