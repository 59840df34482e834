#!/usr/bin/env bash
# The checks of this repository in stages, the cheap ones first, with seconds and counts at the end.
#
# usage: test.sh [STAGE...] [-- ARGUMENTS OF THE TEST BINARY...]
set -euo pipefail
# shellcheck source=deploy/lib/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
# shellcheck source=deploy/lib/prerequisites.sh
. "$root/deploy/lib/prerequisites.sh"

stages=()
while [ "$#" -gt 0 ] && [ "$1" != -- ]; do
  stages+=("$1")
  shift
done
[ "$#" -eq 0 ] || shift
arguments=("$@")
[ "${#stages[@]}" -gt 0 ] || stages=(format scripts deny models build clippy unit docs stores sdk integration schemathesis)

run_stage() {
  case $1 in
    format) cargo fmt --all --check ;;
    scripts) lint_scripts ;;
    deny) deploy/deny.sh ;;
    models) deploy/models.sh ;;
    # The one debug build. All stages below name the whole workspace: a part of it may build dependencies again.
    build) cargo build --workspace --all-targets --locked ;;
    clippy) cargo clippy --workspace --all-targets --locked -- --deny warnings ;;
    unit) use_models && cargo test --workspace --lib --bins --no-fail-fast --locked -- "${arguments[@]}" ;;
    docs) cargo test --workspace --doc --no-fail-fast --locked ;;
    stores) deploy/stores.sh up && deploy/stores.sh start s3 ;;
    sdk) deploy/sdk.sh ;;
    integration) integration ;;
    schemathesis) deploy/schemathesis.sh --no-color ;;
    *) die "no such stage: $1" ;;
  esac
}

lint_scripts() {
  if ! command -v shellcheck >/dev/null && ! can_install; then
    say "shellcheck is missing and cannot be installed ($(why_not_installed)): scripts not checked"
    return
  fi
  require shellcheck shellcheck "it checks the scripts"
  shellcheck --external-sources --check-sourced deploy/*.sh .ci/run
}

integration() {
  deploy/stores.sh start s3
  use_stores
  use_models
  QUIRE_TEST_SDK=$(deploy/sdk.sh)
  export QUIRE_TEST_SDK
  cargo test --workspace --test it --locked -- "${arguments[@]}"
}

# sum_of WORD: adds up libtest's lines `test result: ok. 3 passed; 0 failed; 1 ignored; ...` of all stages.
sum_of() {
  cat "$logs"/*.log | sed -n "s/^test result:.* \([0-9]*\) $1;.*/\1/p" | awk '{ sum += $1 } END { print sum + 0 }'
}

require_rust
[ ! -t 1 ] || export CARGO_TERM_COLOR=always # cargo itself sees only the pipe to tee
logs=$state/log/test
rm -rf "$logs"
mkdir -p "$logs"
table=
failed=0
for stage in "${stages[@]}"; do
  printf '\n== %s\n' "$stage"
  started=$(date +%s.%N)
  # A shell of its own, so that `set -e` holds within the stage and a failure ends only the stage.
  set +e
  (
    set -e
    run_stage "$stage"
  ) 2>&1 | tee "$logs/$stage.log"
  code=${PIPESTATUS[0]}
  set -e
  result=ok
  if [ "$code" -ne 0 ]; then
    result=FAILED
    failed=1
  fi
  table+=$(awk -v stage="$stage" -v from="$started" -v to="$(date +%s.%N)" -v result="$result" \
    'BEGIN { printf "%-12s %8.1f s  %s", stage, to - from, result }')$'\n'
  [ "$stage $result" != "build FAILED" ] || break # nothing that follows can succeed
done

printf '\n%-12s %10s\n%s\n' stage seconds "$table"
printf '%s passed, %s failed, %s skipped\n' "$(sum_of passed)" "$(sum_of failed)" "$(sum_of ignored)"
exit "$failed"
