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

pinned=$root/deploy/schemathesis.txt
tools=$state/tools/schemathesis-$(cksum <"$pinned" | cut -d ' ' -f 1)

# Debian's python3 has no venv of its own.
require_venv() {
  require python3 "python3 python3-venv" "schemathesis runs on it"
  python3 -c 'import ensurepip, venv' 2>/dev/null ||
    { can_install && install_packages python3-venv; } ||
    die "python3 has no venv: install the package python3-venv ($(why_not_installed))"
  python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' || die "schemathesis needs Python 3.10 or later"
}

install() {
  require_venv
  say "installing schemathesis under .local/tools, once"
  rm -rf "$tools" "$tools.new"
  # Not moved afterwards: the programs of a venv hold its path. The last file says that it is whole.
  python3 -m venv "$tools"
  "$tools/bin/python" -m pip install --quiet --disable-pip-version-check --only-binary :all: --requirement "$pinned"
  touch "$tools/whole"
}

require_rust
[ -e "$tools/whole" ] || install
use_stores
cargo build --workspace --bins --locked
work=$state/schemathesis
rm -rf "$work" # it would begin with what failed the last time
mkdir -p "$work"
cd "$work"
# TEST_QUIRE_URL and TEST_QUIRE_KEY are with-quire's; the shell within reads them.
# shellcheck disable=SC2016
exec "${CARGO_TARGET_DIR:-$root/target}/debug/with-quire" bash -c '
  tool=$1
  shift
  exec "$tool" run "$TEST_QUIRE_URL/openapi.json" --header "Api-Key: $TEST_QUIRE_KEY" --seed 20260921 \
    --generation-database none --max-examples 40 --max-time 60 "$@"
' schemathesis "$tools/bin/schemathesis" "$@"
