# shellcheck shell=bash
# Sourced by stores.sh: a private PostgreSQL. It trusts every local user: it listens on loopback only and
# holds development data only.

postgres_minimum=15

# Sets postgres_bin to the newest server that is new enough or, for data that exist, to the one that made them.
find_postgres() {
  local directory version made_by=
  [ ! -f "${STORES_POSTGRES_DIRECTORY:-/none}/data/PG_VERSION" ] ||
    made_by=$(<"$STORES_POSTGRES_DIRECTORY/data/PG_VERSION")
  for version in $(printf '%s\n' /usr/lib/postgresql/*/bin | cut -d/ -f5 | sort -rn); do
    directory=/usr/lib/postgresql/$version/bin
    if [ "${version%%.*}" -ge "$postgres_minimum" ] 2>/dev/null && [ -x "$directory/initdb" ] &&
      [ "${made_by:-$version}" = "$version" ]; then
      postgres_bin=$directory
      return
    fi
  done
  return 1
}

# PostgreSQL refuses to run as root, and must be able to read its working directory.
as_postgres() (
  cd "$STORES_POSTGRES_DIRECTORY" || exit 1
  if [ "$(id -u)" -eq 0 ]; then
    exec setpriv --reuid=postgres --regid=postgres --init-groups -- "$@"
  fi
  exec "$@"
)

# Sets STORES_POSTGRES_DIRECTORY: beside the other state or, for root's postgres, where that user may go.
choose_postgres_directory() {
  [ -z "${STORES_POSTGRES_DIRECTORY:-}" ] || return 0
  STORES_POSTGRES_DIRECTORY=$state/postgres
  if [ "$(id -u)" -eq 0 ] &&
    ! setpriv --reuid=postgres --regid=postgres --init-groups -- test -x "$state" 2>/dev/null; then
    STORES_POSTGRES_DIRECTORY=/var/lib/quire-$(checkout_hash)
  fi
}

# Made under another name first: an interrupted initdb leaves nothing that looks like a cluster.
make_cluster() {
  local directory=$STORES_POSTGRES_DIRECTORY
  mkdir -p "$directory"
  rm -rf "$directory/data.new"
  [ "$(id -u)" -ne 0 ] || chown postgres:postgres "$directory"
  chmod 700 "$directory"
  {
    as_postgres "$postgres_bin/initdb" -D "$directory/data.new" -U quire -A trust -E UTF8 --locale=C.UTF-8 \
      --data-checksums &&
      as_postgres "$postgres_bin/postgres" --single -D "$directory/data.new" postgres <<<'create database quire'
  } >"$state/log/initdb.log" 2>&1 || {
    tail -n 20 "$state/log/initdb.log" >&2
    die "initdb failed"
  }
  printf "include 'quire.conf'\n" >>"$directory/data.new/postgresql.conf"
  mv "$directory/data.new" "$directory/data"
}

# 400 connections: the tests run side by side, each with a database and pools of its own.
configure_postgres() {
  local preload=
  [ ! -e "${postgres_bin%/bin}/lib/pg_stat_statements.so" ] || preload=pg_stat_statements
  cat >"$STORES_POSTGRES_DIRECTORY/data/quire.conf" <<CONFIGURATION
port = $STORES_POSTGRES_PORT
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 400
shared_preload_libraries = '$preload'
CONFIGURATION
  [ "$(id -u)" -ne 0 ] || chown postgres:postgres "$STORES_POSTGRES_DIRECTORY/data/quire.conf"
}

# Prints the postmaster's PID; fails when it does not run.
postgres_pid() {
  local pid
  read -r pid 2>/dev/null <"${STORES_POSTGRES_DIRECTORY:-/none}/data/postmaster.pid" || return 1
  process_is "$pid" "$STORES_POSTGRES_DIRECTORY/data" || return 1
  printf '%s' "$pid"
}

postgres_running() { postgres_pid >/dev/null && answers 127.0.0.1 "$STORES_POSTGRES_PORT"; }

# Prints the PIDs of all processes of the cluster, backends of a dead postmaster included: each works in data/.
postgres_processes() {
  local link
  for link in /proc/[0-9]*/cwd; do
    [ "$(readlink "$link" 2>/dev/null)" = "$STORES_POSTGRES_DIRECTORY/data" ] || continue
    link=${link#/proc/}
    ! process_alive "${link%/cwd}" || printf '%s\n' "${link%/cwd}"
  done
}
postgres_processes_gone() { [ -z "$(postgres_processes)" ]; }

start_postgres() {
  local data log=$state/log/postgres.log
  ! postgres_running || return 0
  mkdir -p "$state/log"
  choose_postgres_directory
  find_postgres ||
    die "the PostgreSQL that made $STORES_POSTGRES_DIRECTORY is not installed any more: install it, or run: make reset"
  data=$STORES_POSTGRES_DIRECTORY/data
  [ -d "$data" ] || make_cluster
  # The server would take a reused PID, or a zombie, for another postmaster. Removing the file is safe only
  # once no process of the old server is left to write to the data.
  if ! postgres_pid >/dev/null; then
    # A backend that outlives its postmaster ends by itself, unless it waits for a lock of one that was killed.
    wait_until 5 postgres_processes_gone || wait_until 10 no_postgres_process_survives ||
      die "processes of an earlier PostgreSQL still use $data"
    rm -f "$data/postmaster.pid"
  fi
  if [ -z "${STORES_POSTGRES_PORT:-}" ] || ! ports_free "$STORES_POSTGRES_PORT"; then
    STORES_POSTGRES_PORT=$(free_ports 1)
  fi
  save_state
  configure_postgres
  # The server inherits the log as its output: the user postgres may not be able to open it by name.
  as_postgres "$postgres_bin/pg_ctl" -D "$data" -w -t 60 start >>"$log" 2>&1 </dev/null 9>&- || {
    tail -n 20 "$log" >&2
    die "PostgreSQL did not start; its log is .local/log/postgres.log"
  }
}

stop_postgres() {
  local pid
  pid=$(postgres_pid) || return 0
  # SIGINT is the fast shutdown: open transactions are rolled back, connections closed.
  kill -INT "$pid"
  wait_until 60 process_gone "$pid" || die "PostgreSQL (pid $pid) did not stop within 60 s"
}

# As if the machine had lost power, but for the page cache: no process of the server may say goodbye.
kill_postgres() {
  wait_until 30 no_postgres_process_survives || die "PostgreSQL could not be killed"
}
# Kills what there is and says whether that was nothing. The postmaster forks while its processes are being listed: the
# child that the first round misses is found by the next.
no_postgres_process_survives() {
  local processes
  mapfile -t processes < <(postgres_processes)
  [ "${#processes[@]}" -gt 0 ] || return 0
  kill -KILL "${processes[@]}" 2>/dev/null || true
  return 1
}

remove_postgres() {
  [ -z "${STORES_POSTGRES_DIRECTORY:-}" ] || rm -rf "$STORES_POSTGRES_DIRECTORY"
  unset STORES_POSTGRES_DIRECTORY
}
