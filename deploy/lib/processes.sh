# shellcheck shell=bash
# Sourced by quire.sh: processes in the background. .local/run/NAME holds the PID, the time the process started and
# a checksum of what it was started from.

# running NAME: sets pid and made_from when the process lives.
running() {
  local started
  read -r pid started made_from 2>/dev/null <"$state/run/$1" || return 1
  process_alive "$pid" && [ "$(process_started "$pid")" = "$started" ]
}

# A process is replaced when its binary or its configuration has changed.
fingerprint() {
  {
    stat --format='%n %i %s %y' "$1"
    env | grep -E '^(QUIRE|OTEL)_' | sort
  } | cksum | tr -d ' '
}

# start_process NAME BINARY ADDRESS: leaves alone one that runs already from the same binary and configuration.
start_process() {
  local host port pid made_from now_from log=$state/log/$1.log
  now_from=$(fingerprint "$2")
  if running "$1"; then
    [ "$made_from" != "$now_from" ] || return 0
    say "$1: changed since it started, restarting"
    stop_processes "$1"
  fi
  parse_address "$3"
  ! answers "$host" "$port" || die "$1 cannot listen on $3: another program does; set $4 to a free address"
  mkdir -p "$state/run" "$state/log"
  [ ! -f "$log" ] || mv "$log" "$log.1"
  setsid "$2" >"$log" 2>&1 </dev/null 9>&- &
  disown "$!"
  printf '%s %s %s\n' "$!" "$(process_started "$!")" "$now_from" >"$state/run/$1"
}

# parse_address ADDRESS: sets host and port to where a client on this machine finds it.
parse_address() {
  port=${1##*:} host=${1%:*}
  case $host in 0.0.0.0 | '[::]' | '') host=127.0.0.1 ;; esac
}

ready() { curl --silent --fail --max-time 2 --output /dev/null "http://$host:$port/readyz"; }
ready_or_dead() { ready || ! running "$1"; }

# await_ready NAME ADDRESS
await_ready() {
  local host port pid made_from
  parse_address "$2"
  if ! wait_until 60 ready_or_dead "$1" || ! running "$1"; then
    tail -n 20 "$state/log/$1.log" >&2
    die "$1 is not ready; its log is .local/log/$1.log"
  fi
}

# stop_processes NAME...: SIGTERM lets a worker finish or release its jobs. All drain at the same time.
stop_processes() {
  local name pid made_from patience=$((${QUIRE_WORKER_DRAIN_MS:-25000} / 1000 + 15))
  for name in "$@"; do
    ! running "$name" || kill -TERM "$pid"
  done
  for name in "$@"; do
    if running "$name" && ! wait_until "$patience" process_gone "$pid"; then
      say "$name did not stop within $patience s, killing it"
      kill -KILL "$pid"
    fi
    rm -f "$state/run/$name"
  done
}
