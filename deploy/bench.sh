#!/usr/bin/env bash
# The benchmarks, in a release build, against the stores of this checkout.
#
# usage: bench.sh [lists|flood|outage] [ARGUMENTS OF THE BENCHMARK...]
# `lists` measures lists in small and in large tables, `flood` and `outage` what others notice of a flood of one
# organization and of an outage of one upstream; without a word, what a job costs.
set -euo pipefail
# shellcheck source=deploy/lib/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
# shellcheck source=deploy/lib/prerequisites.sh
. "$root/deploy/lib/prerequisites.sh"

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
