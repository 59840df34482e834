# shellcheck shell=bash
# Sourced by stores.sh: the stores as containers, where packages cannot be installed. The project's name holds
# the checkout's hash, so that two checkouts have containers and volumes of their own.

compose() {
  STORES_POSTGRES_PORT=${STORES_POSTGRES_PORT:-} STORES_RABBITMQ_PORT=${STORES_RABBITMQ_PORT:-} \
    STORES_RABBITMQ_MANAGEMENT_PORT=${STORES_RABBITMQ_MANAGEMENT_PORT:-} \
    docker compose --project-name "quire-$(checkout_hash)" --file "$root/deploy/compose.yaml" "$@"
}

uses_compose() { [[ "${STORES_POSTGRES:-} ${STORES_RABBITMQ:-}" == *compose* ]]; }
compose_works() { docker compose version >/dev/null 2>&1 && docker info >/dev/null 2>&1; }

# compose_start SERVICE: waits until the service's health check passes.
compose_start() {
  [ -n "${STORES_POSTGRES_PORT:-}" ] || STORES_POSTGRES_PORT=$(free_ports 1)
  [ -n "${STORES_RABBITMQ_PORT:-}" ] ||
    read -r STORES_RABBITMQ_PORT STORES_RABBITMQ_MANAGEMENT_PORT <<<"$(free_ports 2)"
  save_state
  compose up --detach --wait --quiet-pull "$1" >&2 9>&- || die "docker compose could not start $1"
}
