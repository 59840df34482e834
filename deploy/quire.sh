#!/usr/bin/env bash
# One api and two workers on this machine, from this checkout's debug build, with their stores.
#
# usage: quire.sh up | down | reset | status | logs
set -euo pipefail
# shellcheck source=deploy/lib/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
# shellcheck source=deploy/lib/prerequisites.sh
. "$root/deploy/lib/prerequisites.sh"
# shellcheck source=deploy/lib/processes.sh
. "$root/deploy/lib/processes.sh"

processes=(api worker-1 worker-2)
api_address=${QUIRE_API_ADDR:-127.0.0.1:8080}
worker_1_address=${QUIRE_WORKER_ADDR:-127.0.0.1:8081}
worker_2_address=${worker_1_address%:*}:$((${worker_1_address##*:} + 1))
binaries=${CARGO_TARGET_DIR:-$root/target}/debug
key_file=$state/api_key
secrets_file=$state/secrets_key

build() {
  require_rust
  # The lock is not cargo's to keep: a compiler cache may leave a server behind.
  # The whole workspace, because a part of it may build dependencies with fewer features, and so a second time.
  cargo build --workspace --bins --locked 9>&-
}

# A key of a database that has been replaced since is refused with 401; for a job that is not there, a good one gets 404.
key_accepted() {
  local code
  [ -s "$key_file" ] || return 1
  parse_address "$api_address"
  code=$(curl --silent --max-time 5 --output /dev/null --write-out '%{http_code}' \
    --header @- "http://$host:$port/v1/jobs/job_000000000000000000000" <<<"Api-Key: $(<"$key_file")")
  [ "$code" != 401 ]
}

ensure_key() {
  ! key_accepted || return 0
  (umask 077 && "$binaries/quire-api" keys create --organization development --name development >"$key_file.new")
  mv "$key_file.new" "$key_file"
}

# What passwords of documents are encrypted with. One that is given is taken; ours is made once and stays: without it, stored
# requests that have a password cannot be executed.
use_secrets_key() {
  [ -z "${QUIRE_SECRETS_KEY:-}" ] || return 0
  if [ ! -s "$secrets_file" ]; then
    (umask 077 && head -c 32 /dev/urandom | base64 >"$secrets_file.new")
    mv "$secrets_file.new" "$secrets_file"
  fi
  QUIRE_SECRETS_KEY=$(<"$secrets_file")
  export QUIRE_SECRETS_KEY
}

up() {
  require curl "curl ca-certificates" "the scripts call the API with it"
  build
  use_stores
  use_models
  use_secrets_key
  "$binaries/quire-api" migrate >"$state/log/migrate.log" 2>&1 || {
    tail -n 20 "$state/log/migrate.log" >&2
    die "the schema could not be brought up to date"
  }
  start_process api "$binaries/quire-api" "$api_address" QUIRE_API_ADDR
  QUIRE_WORKER_ADDR=$worker_1_address \
    start_process worker-1 "$binaries/quire-worker" "$worker_1_address" QUIRE_WORKER_ADDR
  QUIRE_WORKER_ADDR=$worker_2_address \
    start_process worker-2 "$binaries/quire-worker" "$worker_2_address" QUIRE_WORKER_ADDR
  await_ready api "$api_address"
  await_ready worker-1 "$worker_1_address"
  await_ready worker-2 "$worker_2_address"
  ensure_key
  print_addresses
}

print_addresses() {
  cat <<TEXT
Quire is up.
  API       http://$api_address  (/openapi.json, /metrics, /readyz)
  workers   http://$worker_1_address/metrics  http://$worker_2_address/metrics
  key       $(<"$key_file")  (also in .local/api_key)
  stores    .local/stores.env
  next      make demo, make logs, make down
TEXT
}

down() {
  stop_processes "${processes[@]}"
  "$root/deploy/stores.sh" down 9>&-
}

# Stores that were given by URL keep their data: they are not ours to empty.
reset() {
  stop_processes "${processes[@]}"
  "$root/deploy/stores.sh" reset 9>&-
  rm -rf "$state/objects" "$state/log" "$state/run" "$key_file" "$secrets_file"
}

status() {
  local name pid made_from
  for name in "${processes[@]}"; do
    if running "$name"; then
      printf '%-8s running, pid %s\n' "$name" "$pid"
    else
      printf '%-8s stopped\n' "$name"
    fi
  done
  "$root/deploy/stores.sh" status
}

# Follows the logs on a terminal; otherwise prints their ends.
logs() {
  local name files=() follow=()
  for name in "${processes[@]}"; do
    [ ! -f "$state/log/$name.log" ] || files+=("$state/log/$name.log")
  done
  [ "${#files[@]}" -gt 0 ] || die "no logs yet; run: make up"
  [ ! -t 1 ] || follow=(-F)
  exec tail -n 50 "${follow[@]}" "${files[@]}"
}

case "${1:-}" in
  up | down | reset) locked quire "$1" ;;
  status | logs) "$1" ;;
  *) die "usage: quire.sh up | down | reset | status | logs" ;;
esac
