#!/usr/bin/env bash
# Sends what /openapi.json allows and what it forbids, and holds each answer against it: no 5xx, no status, type, header
# or body that is not described. Against a Quire of its own, in the stores of this checkout.
#
# usage: schemathesis.sh [ARGUMENTS OF schemathesis run...]     later ones win: --max-examples 500 --seed 7
set -euo pipefail
# shellcheck source=deploy/lib/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
# shellcheck source=deploy/lib/prerequisites.sh
. "$root/deploy/lib/prerequisites.sh"
# shellcheck source=deploy/lib/python.sh
. "$root/deploy/lib/python.sh"

pinned=$root/deploy/schemathesis.txt # with all that it needs, so that nothing is resolved
directory=$state/tools/schemathesis

# Sets python, and installs what is pinned unless it is there.
install() {
  local made_from
  mkdir -p "$state/log" "$state/tools"
  find_python
  made_from="$python $("$python" -V) $(cksum <"$pinned")"
  [ "$(cat "$directory/made_from" 2>/dev/null)" != "$made_from" ] || return 0
  say "installing schemathesis from PyPI into .local/tools, once"
  rm -rf "$directory"
  "$python" -m pip install --quiet --disable-pip-version-check --root-user-action ignore --no-deps \
    --only-binary :all: --target "$directory" --requirement "$pinned"
  printf '%s\n' "$made_from" >"$directory/made_from"
}

require_rust
locked schemathesis install
use_stores
cargo build --workspace --bins --locked
work=$state/schemathesis
rm -rf "$work" # it would begin with what failed the last time
mkdir -p "$work"
cd "$work"
# TEST_QUIRE_URL and TEST_QUIRE_KEY are with-quire's; the shell within reads them.
# shellcheck disable=SC2016
PYTHONPATH=$directory exec "${CARGO_TARGET_DIR:-$root/target}/debug/with-quire" bash -c '
  python=$1
  shift
  exec "$python" -m schemathesis.cli --config-file "$0" run "$TEST_QUIRE_URL/openapi.json" \
    --header "Api-Key: $TEST_QUIRE_KEY" --seed 20260921 --generation-database none --max-examples 40 --max-time 60 "$@"
' "$root/deploy/schemathesis.toml" "$python" "$@"
