#!/usr/bin/env bash
# Measures how well documents are read: generates documents with truth, has the engine read them, prints a row for every
# figure. What each means is in docs/quality.md.
#
# usage: quality.sh [--family tuning|report] [--worst N] [--write] [ROW...]
# `--worst` names each row's worst documents, `--write` puts the table into docs/quality.md, a ROW is a name or how it begins.
set -euo pipefail
# shellcheck source=deploy/lib/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
# shellcheck source=deploy/lib/prerequisites.sh
. "$root/deploy/lib/prerequisites.sh"
# shellcheck source=deploy/lib/python.sh
. "$root/deploy/lib/python.sh"

pinned=$root/tests/quality/requirements.txt # with all that it needs, so that nothing is resolved
directory=$state/tools/quality

# Sets python, and installs what is pinned unless it is there.
install() {
  local made_from
  mkdir -p "$state/log" "$state/tools"
  find_python
  made_from="$python $("$python" -V) $(cksum <"$pinned")"
  [ "$(cat "$directory/made_from" 2>/dev/null)" != "$made_from" ] || return 0
  say "installing what the generator needs from PyPI into .local/tools, once"
  rm -rf "$directory"
  "$python" -m pip install --quiet --disable-pip-version-check --root-user-action ignore --no-deps --require-hashes \
    --only-binary :all: --target "$directory" --requirement "$pinned"
  printf '%s\n' "$made_from" >"$directory/made_from"
}

require_rust
require pdftotext poppler-utils "it renders scans and is what text is compared with"
locked quality install
# A debug build reads the same as a release build; what is slow in it are the dependencies, which are optimized.
cargo build --workspace --bins --locked
cd "$root/tests/quality"
export PYTHONPATH=$directory PYTHONDONTWRITEBYTECODE=1 QUIRE_MODELS_DIR=${QUIRE_MODELS_DIR:-$root/.models}
"$python" -m unittest --quiet scorer.checks
exec "$python" -m scorer --worker "${CARGO_TARGET_DIR:-$root/target}/debug/quire-worker" --place "$state/quality" "$@"
