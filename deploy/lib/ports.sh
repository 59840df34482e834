# shellcheck shell=bash
# Sourced: ports for the private stores. They are kept in .local/stores.env, so that a connection string
# stays the same from one start to the next.

# Below 32768, where Linux begins to give ports to outgoing connections. The checkout's path chooses where the
# search begins: two checkouts rarely meet, even while one of them is down.
first_port=$((20000 + 16#$(checkout_hash) % 1200 * 10))
last_port=32700

# ports_free PORT...: whether nothing on this machine answers on any of them.
ports_free() {
  local port
  for port in "$@"; do
    ! answers 127.0.0.1 "$port" || return 1
  done
}

# free_ports COUNT: prints the first COUNT consecutive free ports.
free_ports() {
  local base candidates
  for ((base = first_port; base < last_port; base++)); do
    read -ra candidates <<<"$(seq -s ' ' "$base" $((base + $1 - 1)))"
    if ports_free "${candidates[@]}"; then
      printf '%s\n' "${candidates[*]}"
      return
    fi
  done
  die "no $1 consecutive free ports between $first_port and $last_port on 127.0.0.1"
}
