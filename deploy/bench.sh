#!/usr/bin/env bash
# The benchmarks, in a release build, against the stores of this checkout.
#
# usage: bench.sh [lists|flood|outage|documents] [ARGUMENTS OF THE BENCHMARK...]
# `lists` measures lists in small and in large tables, `flood` and `outage` what others notice of a flood of one
# organization and of an outage of one upstream, `documents` what reading costs; without a word, what a job costs.
set -euo pipefail
# shellcheck source=deploy/lib/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
# shellcheck source=deploy/lib/prerequisites.sh
. "$root/deploy/lib/prerequisites.sh"

if [[ ${1:-} == documents ]]; then
  # shellcheck source=deploy/lib/python.sh
  . "$root/deploy/lib/python.sh"
  # shellcheck source=deploy/lib/quality.sh
  . "$root/deploy/lib/quality.sh"
  shift
  require_rust
  use_quality
  cargo build --workspace --bins --release --locked
  place=$state/quality/bench
  if [ ! -f "$place/long/scan-200.pdf" ]; then
    quality_module generator report "$place" text columns ruled unruled scan
    quality_module generator.long "$place/long"
  fi
  exec "${CARGO_TARGET_DIR:-$root/target}/release/bench-documents" --place "$place" "$@"
fi

require_rust
use_stores
cargo build --workspace --bins --release --locked # the benchmark starts the services' own binaries
bench=bench
if [[ ${1:-} == lists ]]; then
  bench='bench-lists'
  shift
elif [[ ${1:-} == flood || ${1:-} == outage ]]; then
  bench='bench-flow'
fi
exec "${CARGO_TARGET_DIR:-$root/target}/release/$bench" "$@"
