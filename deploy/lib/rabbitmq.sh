# shellcheck shell=bash
# Sourced by stores.sh: a private RabbitMQ node with a name, a cookie, a port mapper (epmd) and ports of its own,
# all on loopback. LOCAL_RABBITMQ_ROOT is a tree that holds another release of it, if it is not the machine's own.

rabbitmq_minimum=3.10
rabbitmq_directory=$state/rabbitmq
rabbitmq_root=${LOCAL_RABBITMQ_ROOT:-}
rabbitmq_within=() # the command by which a program of that tree is run
[ -z "$rabbitmq_root" ] || rabbitmq_within=(chroot "$rabbitmq_root")
rabbitmq_node=quire-$(checkout_hash)@localhost

# Sets rabbitmq_scripts to the real start scripts: those in /usr/sbin switch to the user rabbitmq and to the
# system's directories.
find_rabbitmq() {
  local newest
  newest=$(printf '%s\n' "$rabbitmq_root"/usr/lib/rabbitmq/lib/rabbitmq_server-* | sort -V | tail -n 1)
  [ -x "$newest/sbin/rabbitmq-server" ] || return 1
  printf '%s\n%s\n' "$rabbitmq_minimum" "${newest##*-}" | sort -VC || return 1
  rabbitmq_scripts=${newest#"$rabbitmq_root"}/sbin
}

# The plugin file is written, not made by rabbitmq-plugins: each of RabbitMQ's tools costs two seconds of CPU.
configure_rabbitmq() {
  local directory=$rabbitmq_directory
  mkdir -p "$directory/conf.d" "$directory/log" "$directory/generated"
  if [ ! -f "$directory/.erlang.cookie" ]; then
    (umask 077 && od -An -N24 -tx1 /dev/urandom | tr -d ' \n' >"$directory/.erlang.cookie")
    chmod 400 "$directory/.erlang.cookie"
  fi
  : >"$directory/rabbitmq-env.conf"
  printf '[rabbitmq_management].\n' >"$directory/enabled_plugins"
  cat >"$directory/rabbitmq.conf" <<CONFIGURATION
listeners.tcp.default = 127.0.0.1:$STORES_RABBITMQ_PORT
management.tcp.ip = 127.0.0.1
management.tcp.port = $STORES_RABBITMQ_MANAGEMENT_PORT
log.file.level = info
CONFIGURATION
}

# Runs a command in the node's environment. Every file is named, so that nothing of /etc/rabbitmq or of a system
# service applies; HOME is where Erlang looks for the cookie. The last line marks the process as ours.
in_rabbitmq_environment() {
  env HOME="$rabbitmq_directory" \
    ERL_EPMD_ADDRESS=127.0.0.1 \
    ERL_EPMD_PORT="$STORES_RABBITMQ_EPMD_PORT" \
    RABBITMQ_NODENAME="$rabbitmq_node" \
    RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 \
    RABBITMQ_NODE_PORT="$STORES_RABBITMQ_PORT" \
    RABBITMQ_DIST_PORT="$STORES_RABBITMQ_DIST_PORT" \
    RABBITMQ_MNESIA_BASE="$rabbitmq_directory/mnesia" \
    RABBITMQ_LOG_BASE="$rabbitmq_directory/log" \
    RABBITMQ_PID_FILE="$rabbitmq_directory/pid" \
    RABBITMQ_ENABLED_PLUGINS_FILE="$rabbitmq_directory/enabled_plugins" \
    RABBITMQ_CONFIG_FILE="$rabbitmq_directory/rabbitmq" \
    RABBITMQ_CONFIG_FILES="$rabbitmq_directory/conf.d" \
    RABBITMQ_ADVANCED_CONFIG_FILE="$rabbitmq_directory/advanced" \
    RABBITMQ_CONF_ENV_FILE="$rabbitmq_directory/rabbitmq-env.conf" \
    RABBITMQ_GENERATED_CONFIG_DIR="$rabbitmq_directory/generated" \
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="-kernel inet_dist_use_interface {127,0,0,1} -node_of $rabbitmq_node" \
    "$@"
}

# pid_in FILE WORD: prints the PID in FILE if that process lives and has WORD in its command line.
pid_in() {
  local pid
  read -r pid 2>/dev/null <"$1" || [ -n "${pid:-}" ] || return 1
  process_is "$pid" "$2" || return 1
  printf '%s' "$pid"
}
rabbitmq_pid() { pid_in "$rabbitmq_directory/pid" "$rabbitmq_node"; }
epmd_pid() { pid_in "$rabbitmq_directory/epmd.pid" "epmd -address 127.0.0.1 -port ${STORES_RABBITMQ_EPMD_PORT:-none}"; }

rabbitmq_running() {
  rabbitmq_pid >/dev/null && answers 127.0.0.1 "$STORES_RABBITMQ_PORT" &&
    answers 127.0.0.1 "$STORES_RABBITMQ_MANAGEMENT_PORT"
}

# rabbitmq_settled LAUNCHER: a node that fails to boot need not be waited for.
rabbitmq_settled() { rabbitmq_running || process_gone "$1"; }

# The node would start a port mapper too, but one whose PID nobody knows and that outlives `down`.
start_epmd() {
  ! epmd_pid >/dev/null || return 0
  setsid "${rabbitmq_within[@]}" epmd -address 127.0.0.1 -port "$STORES_RABBITMQ_EPMD_PORT" >>"$state/log/rabbitmq.log" 2>&1 </dev/null 9>&- &
  printf '%s' "$!" >"$rabbitmq_directory/epmd.pid"
  wait_until 5 answers 127.0.0.1 "$STORES_RABBITMQ_EPMD_PORT" || die "Erlang's port mapper (epmd) did not start"
}

# The ports of the last start, unless somebody else has taken one meanwhile.
choose_rabbitmq_ports() {
  if [ -n "${STORES_RABBITMQ_PORT:-}" ]; then
    stop_epmd
    ports_free "$STORES_RABBITMQ_PORT" "$STORES_RABBITMQ_MANAGEMENT_PORT" "$STORES_RABBITMQ_DIST_PORT" \
      "$STORES_RABBITMQ_EPMD_PORT" && return
  fi
  read -r STORES_RABBITMQ_PORT STORES_RABBITMQ_MANAGEMENT_PORT STORES_RABBITMQ_DIST_PORT STORES_RABBITMQ_EPMD_PORT \
    <<<"$(free_ports 4)"
}

start_rabbitmq() {
  local launcher log=$state/log/rabbitmq.log
  ! rabbitmq_running || return 0
  find_rabbitmq || die "RabbitMQ $rabbitmq_minimum or newer is not installed"
  stop_rabbitmq_node # one that has lost its ports, or has not finished to start, is of no use
  mkdir -p "$state/log"
  choose_rabbitmq_ports
  save_state
  configure_rabbitmq
  start_epmd
  rm -f "$rabbitmq_directory/pid"
  in_rabbitmq_environment setsid "${rabbitmq_within[@]}" "$rabbitmq_scripts/rabbitmq-server" >"$log" 2>&1 </dev/null 9>&- &
  launcher=$!
  disown "$launcher"
  if ! wait_until 120 rabbitmq_settled "$launcher" || ! rabbitmq_running; then
    tail -n 20 "$log" >&2
    die "RabbitMQ did not start; its logs are .local/log/rabbitmq.log and .local/rabbitmq/log"
  fi
}

# SIGTERM makes the node stop in order, as `rabbitmqctl shutdown` would, without that tool's two seconds.
stop_rabbitmq_node() {
  local pid
  pid=$(rabbitmq_pid) || return 0
  kill -TERM "$pid"
  wait_until 60 process_gone "$pid" || die "RabbitMQ (pid $pid) did not stop within 60 s"
}

stop_epmd() {
  local pid
  pid=$(epmd_pid) || return 0
  kill -TERM "$pid"
  wait_until 5 process_gone "$pid" || die "epmd (pid $pid) did not stop"
}

stop_rabbitmq() {
  stop_rabbitmq_node
  stop_epmd
}

kill_rabbitmq() {
  local pid
  pid=$(rabbitmq_pid) || return 0
  kill -KILL "$pid"
  wait_until 10 process_gone "$pid" || die "RabbitMQ (pid $pid) could not be killed"
}

# ctl_rabbitmq ARGS...: the node's own tool.
ctl_rabbitmq() {
  find_rabbitmq || die "RabbitMQ $rabbitmq_minimum or newer is not installed"
  in_rabbitmq_environment "${rabbitmq_within[@]}" "$rabbitmq_scripts/rabbitmqctl" "$@"
}

remove_rabbitmq() { rm -rf "$rabbitmq_directory"; }
