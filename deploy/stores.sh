#!/usr/bin/env bash
# PostgreSQL and RabbitMQ for development and tests. In this order: those given by QUIRE_DATABASE_URL and
# QUIRE_AMQP_URL; private instances under .local/, whose packages apt-get installs if need be; Docker compose.
#
# usage: stores.sh up | down | reset | status | env      both stores
#        stores.sh start | stop | kill  postgres|rabbitmq|s3     one store, for the tests; s3 is theirs alone
#        stores.sh pause | resume  s3
#        stores.sh ctl rabbitmq ARGS...           rabbitmqctl on the broker of this checkout
set -euo pipefail
lib=$(dirname "${BASH_SOURCE[0]}")/lib
# shellcheck source=deploy/lib/common.sh
. "$lib/common.sh"
lib=$root/deploy/lib
# shellcheck source=deploy/lib/prerequisites.sh
. "$lib/prerequisites.sh"
# shellcheck source=deploy/lib/ports.sh
. "$lib/ports.sh"
# shellcheck source=deploy/lib/postgres.sh
. "$lib/postgres.sh"
# shellcheck source=deploy/lib/rabbitmq.sh
. "$lib/rabbitmq.sh"
# shellcheck source=deploy/lib/wheel.sh
. "$lib/wheel.sh"
# shellcheck source=deploy/lib/s3.sh
. "$lib/s3.sh"
# shellcheck source=deploy/lib/given.sh
. "$lib/given.sh"
# shellcheck source=deploy/lib/compose.sh
. "$lib/compose.sh"

stores_env=$state/stores.env
given_postgres_url=${QUIRE_DATABASE_URL:-}
given_rabbitmq_url=${QUIRE_AMQP_URL:-}
given_management_url=${QUIRE_AMQP_MANAGEMENT_URL:-}

# STORES_POSTGRES, STORES_RABBITMQ and STORES_S3 say whose each store is: given, private or compose. What a copied checkout
# brought along is somebody else's.
load_state() {
  unset "${!STORES_@}" QUIRE_DATABASE_URL QUIRE_AMQP_URL
  # shellcheck source=/dev/null
  [ ! -f "$stores_env" ] || . "$stores_env"
  [ "${STORES_CHECKOUT:-}" = "$root" ] || unset "${!STORES_@}"
  # The URL of a store of ours, exported by a caller who has read stores.env, does not make it a given one.
  ! ours postgres || [ "$given_postgres_url" != "${QUIRE_DATABASE_URL:-}" ] || given_postgres_url=
  ! ours rabbitmq || [ "$given_rabbitmq_url" != "${QUIRE_AMQP_URL:-}" ] || given_rabbitmq_url=
}

whose() {
  local name=STORES_${1^^}
  printf '%s' "${!name:-nobody}"
}
ours() { [[ $(whose "$1") == @(private|compose) ]]; }

# Called as soon as a port is chosen and before its server starts: a server that runs is never forgotten.
save_state() {
  local database=$given_postgres_url broker=$given_rabbitmq_url management=$given_management_url stores=given s3='' name
  if ours postgres; then
    database=postgres://quire@127.0.0.1:${STORES_POSTGRES_PORT:-}/quire
  fi
  if ours rabbitmq; then
    broker=amqp://guest:guest@127.0.0.1:${STORES_RABBITMQ_PORT:-}/%2f
    management=http://guest:guest@127.0.0.1:${STORES_RABBITMQ_MANAGEMENT_PORT:-}
  fi
  if [ -n "${STORES_S3:-}" ]; then
    s3=http://quire:$STORES_S3_SECRET@127.0.0.1:$STORES_S3_PORT/$s3_bucket
  fi
  # `private` promises that both may be stopped and killed.
  [ "${STORES_POSTGRES:-}" != "${STORES_RABBITMQ:-}" ] || stores=${STORES_POSTGRES:-given}
  STORES_CHECKOUT=$root
  (
    umask 077 # a given URL may hold a password
    {
      printf '# Written by deploy/stores.sh. Read it with: set -a; . .local/stores.env; set +a\n'
      printf "%s='%s'\n" QUIRE_STORES "$stores" QUIRE_DATABASE_URL "$database" QUIRE_AMQP_URL "$broker" \
        QUIRE_AMQP_MANAGEMENT_URL "$management" QUIRE_TEST_S3_URL "$s3"
      for name in "${!STORES_@}"; do printf "%s='%s'\n" "$name" "${!name}"; done
    } >"$stores_env.new"
  )
  mv "$stores_env.new" "$stores_env"
}

# Sets STORES_POSTGRES and STORES_RABBITMQ, and installs what private instances lack.
choose_stores() {
  local missing=() variables=() packages=()
  STORES_POSTGRES=private STORES_RABBITMQ=private
  if [ -n "$given_postgres_url" ]; then
    STORES_POSTGRES=given
  elif ! find_postgres; then
    missing+=("PostgreSQL $postgres_minimum+") variables+=(QUIRE_DATABASE_URL) packages+=(postgresql)
  fi
  if [ -n "$given_rabbitmq_url" ]; then
    STORES_RABBITMQ=given
  elif ! find_rabbitmq; then
    missing+=("RabbitMQ $rabbitmq_minimum+") variables+=(QUIRE_AMQP_URL) packages+=(rabbitmq-server)
  fi
  [ "${#missing[@]}" -gt 0 ] || return 0

  if can_install; then
    install_packages "${packages[@]}"
    disable_services "${packages[@]}" epmd.service epmd.socket
    if { [ "$STORES_POSTGRES" = given ] || find_postgres; } && { [ "$STORES_RABBITMQ" = given ] || find_rabbitmq; }; then
      return
    fi
  fi
  compose_works || die_of_missing "$(join ' and ' "${missing[@]}")" "$(join ' and ' "${variables[@]}")"
  [ "$STORES_POSTGRES" = given ] || STORES_POSTGRES=compose
  [ "$STORES_RABBITMQ" = given ] || STORES_RABBITMQ=compose
}

die_of_missing() {
  local remedy
  remedy="install with apt-get on Debian or Ubuntu ($(why_not_installed))"
  ! can_install || remedy="use a release of Debian or Ubuntu with newer packages"
  die "missing: $1: set $2 to running ones, or $remedy, or start Docker with the compose plugin"
}

start_store() {
  case $(whose "$1") in
    given) "check_given_$1" "$2" ;;
    private) "start_$1" ;;
    compose) compose_start "$1" ;;
  esac
}

up() {
  load_state
  choose_stores
  start_store postgres "$given_postgres_url"
  start_store rabbitmq "$given_rabbitmq_url"
  save_state
}

# Private instances stop even if the user has given others meanwhile.
down() {
  load_state
  stop_s3
  stop_rabbitmq
  stop_postgres
  ! uses_compose || compose stop >&2
}

reset() {
  down
  ! uses_compose || compose down --volumes >&2
  remove_s3
  remove_rabbitmq
  remove_postgres
  rm -f "$stores_env"
}

# one_store VERB STORE [ARGS...]: only what is ours may be stopped.
one_store() {
  local whose
  load_state
  whose=$(whose "$2")
  [ "$2" != s3 ] || whose=private # nobody gives one, and `up` starts none
  case $whose in
    private) "$1_$2" "${@:3}" ;;
    compose)
      case $1 in
        start) compose_start "$2" ;;
        ctl) compose exec -T "$2" rabbitmqctl "${@:3}" ;;
        *) compose "$1" "$2" >&2 ;;
      esac
      ;;
    given) die "$2 was given by its URL: only its owner can $1 it" ;;
    *) die "the stores were never started here; run: make up" ;;
  esac
}

status() {
  local store
  load_state
  for store in postgres rabbitmq s3; do
    if [ "$(whose "$store")" = nobody ]; then
      printf '%-8s never started here\n' "$store"
    elif [ "$(whose "$store")" != private ]; then
      printf '%-8s %s\n' "$store" "$(whose "$store")"
    elif "${store}_running"; then
      printf '%-8s private, running, pid %s\n' "$store" "$("${store}_pid")"
    else
      printf '%-8s private, stopped\n' "$store"
    fi
  done
}

env_of_stores() {
  [ -f "$stores_env" ] || die "no stores yet; run: make up"
  cat "$stores_env"
}

case "${1:-} ${2:-}" in
  "up " | "down " | "reset ") locked stores "$1" ;;
  "status ") status ;;
  "env ") env_of_stores ;;
  "start postgres" | "stop postgres" | "kill postgres" | "start rabbitmq" | "stop rabbitmq" | "kill rabbitmq" | \
    "start s3" | "stop s3" | "kill s3" | "pause s3" | "resume s3")
    locked stores one_store "$1" "$2"
    ;;
  "ctl rabbitmq") one_store "$@" ;;
  *) die "usage: stores.sh up | down | reset | status | env, or: start | stop | kill  postgres | rabbitmq | s3, or: ctl rabbitmq ARGS..." ;;
esac
