#!/usr/bin/env bash
# Installs what the tests need, builds once, runs every test, and ends with one line: "N passed, N failed".
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

configuration=Release
results=artifacts/tests
projects=(tests/Unit/Unit.csproj tests/E2E/E2E.csproj)

as_root() {
  if [[ $(id -u) == 0 ]]; then "$@"; return; fi
  command -v sudo >/dev/null || { echo "To install what the tests need, run this as root or install sudo. It wanted to run: $*" >&2; exit 1; }
  echo "This needs root: sudo $*"
  sudo "$@"
}

need() {
  command -v "$1" >/dev/null || { echo "The tests need $2." >&2; exit 1; }
}

have_chromium() {
  [[ -n ${CHROMIUM_PATH:-} ]] || [[ -x /usr/bin/chromium || -x /usr/bin/chromium-browser || -x /usr/bin/google-chrome ]]
}

install_chromium() {
  have_chromium && return
  if ! command -v apt-get >/dev/null; then
    echo "The tests need Chromium, and there is no apt-get to install it with. Install it and say where it is in CHROMIUM_PATH." >&2
    exit 1
  fi
  echo "Installing Chromium ..."
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core >/dev/null
}

install_nginx() {
  [[ -x /usr/sbin/nginx ]] && return
  if ! command -v apt-get >/dev/null; then
    echo "The tests need nginx at /usr/sbin/nginx, and there is no apt-get to install it with." >&2
    exit 1
  fi
  echo "Installing nginx ..."
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nginx-light >/dev/null
}

install_clients() {
  local installed=tests/E2E/Clients/node_modules/.package-lock.json
  [[ $installed -nt tests/E2E/Clients/package-lock.json ]] && return
  echo "Installing the MCP client packages ..."
  (cd tests/E2E/Clients && npm ci --no-fund --no-audit --loglevel=error)
}

# The value of one counter of a .trx file.
counter() {
  grep -o '<Counters [^>]*' "$1" | grep -o " $2=\"[0-9]*\"" | grep -o '[0-9]*'
}

need dotnet "the .NET SDK 10"
need node "Node.js 20 or newer"
need npm "npm"
install_chromium
install_nginx
install_clients

echo "Building ..."
dotnet build McpAuthConsole.sln -c "$configuration" -nologo -v quiet -clp:NoSummary

rm -rf "$results"
passed=0 failed=0 skipped=0
for project in "${projects[@]}"; do
  report=$results/$(basename "$project" .csproj).trx
  ended=0
  dotnet test "$project" -c "$configuration" --no-build -nologo --results-directory "$results" --logger "trx;LogFileName=$(basename "$report")" || ended=$?
  if [[ ! -f $report ]]; then
    echo "$project has no report: it did not run."
    failed=$((failed + 1))
    continue
  fi
  total=$(counter "$report" total) executed=$(counter "$report" executed) project_passed=$(counter "$report" passed)
  project_failed=$((executed - project_passed))
  # A runner that ends badly without a failed test has failed all the same.
  if [[ $ended != 0 && $project_failed == 0 ]]; then project_failed=1; fi
  passed=$((passed + project_passed))
  skipped=$((skipped + total - executed))
  failed=$((failed + project_failed))
done

summary="$passed passed, $failed failed"
if [[ $skipped != 0 ]]; then summary="$summary, $skipped skipped"; fi
echo "$summary"
[[ $failed == 0 && $passed != 0 ]]
