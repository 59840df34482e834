#!/usr/bin/env bash
# Measures how well documents are read, or with `business` how well they are understood: generates documents with truth, asks
# the engine, prints a row for every figure. What each means is in docs/quality.md.
#
# usage: quality.sh [business] [--family tuning|practice|drill|exercise|report] [--worst N] [--write] [ROW...]
# `--worst` names each row's worst documents, `--write` puts the table into docs/quality.md, a ROW is a name or how it begins.
set -euo pipefail
# shellcheck source=deploy/lib/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
# shellcheck source=deploy/lib/prerequisites.sh
. "$root/deploy/lib/prerequisites.sh"
# shellcheck source=deploy/lib/python.sh
. "$root/deploy/lib/python.sh"
# shellcheck source=deploy/lib/quality.sh
. "$root/deploy/lib/quality.sh"

require_rust
use_quality
# A debug build reads the same as a release build; what would be slow in it are the dependencies, which are optimized.
cargo build --workspace --bins --locked
quality_module unittest --quiet scorer.checks
scorer=scorer
if [ "${1:-}" = business ]; then
  scorer=scorer.business
  shift
fi
quality_module "$scorer" --worker "${CARGO_TARGET_DIR:-$root/target}/debug/quire-worker" --place "$state/quality" "$@"
