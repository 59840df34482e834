# shellcheck shell=bash
# Sourced by every script under deploy/: where things are, how to speak to the user, and what the
# private PostgreSQL, the private RabbitMQ and Quire's own processes have in common.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
# Everything that the scripts make, data and logs included; ignored by git. Another set of stores has another place.
state=${LOCAL_STATE:-$root/.local}
# The caller's directory may be gone or closed to the user postgres; this one is neither.
cd "$root" || exit 1
mkdir -p "$state"

say() { printf '%s\n' "$*" >&2; }
die() {
  say "quire: $*"
  exit 1
}

# Servers and tests open more files than the usual 1024; Erlang takes memory for each file that it may open.
open_files=$(ulimit -Hn)
if [ "$open_files" = unlimited ] || [ "$open_files" -gt 65536 ]; then open_files=65536; fi
ulimit -Sn "$open_files" || true

# use_stores: brings the stores up and exports their URLs and, if they are ours, the script that stops and starts them.
use_stores() {
  "$root/deploy/stores.sh" up 9>&-
  set -a
  # shellcheck source=/dev/null
  . "$state/stores.env"
  set +a
  [ "$QUIRE_STORES" = given ] || export QUIRE_STORES_CONTROL=$root/deploy/stores.sh
}

# use_models: fetches the models of the document engine unless others are given, and names their directory.
use_models() {
  [ -n "${QUIRE_MODELS_DIR:-}" ] || QUIRE_MODELS_DIR=$("$root/deploy/models.sh" 9>&-)
  export QUIRE_MODELS_DIR
}

# join SEPARATOR WORD...
join() {
  local separator=$1 joined=$2 word
  shift 2
  for word in "$@"; do joined+=$separator$word; done
  printf '%s' "$joined"
}

# Eight hex digits of this checkout's path, or of another set's place: two never share a node name or a directory.
checkout_hash() { printf '%s' "${LOCAL_STATE:-$root}" | cksum | awk '{ printf "%08x", $1 }'; }

# answers HOST PORT: whether something accepts TCP connections there.
answers() { (exec 3<>"/dev/tcp/$1/$2") 2>/dev/null; }

# wait_until SECONDS COMMAND...: runs the command every tenth of a second until it succeeds.
wait_until() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    [ "$SECONDS" -lt "$deadline" ] || return 1
    sleep 0.1
  done
}

# process_alive PID: false for a zombie too, because some containers' init reaps orphans only after seconds.
process_alive() {
  local stat
  read -r stat 2>/dev/null <"/proc/$1/stat" || return 1
  stat=${stat##*) } # the state follows the command name, which may itself hold spaces and brackets
  [[ $stat != [ZX]* ]]
}
process_gone() { ! process_alive "$1"; }

# process_started PID: clock ticks from boot to the start of the process; with the PID it names one process for ever.
process_started() {
  local stat fields
  read -r stat 2>/dev/null <"/proc/$1/stat" || return 1
  read -ra fields <<<"${stat##*) }"
  printf '%s' "${fields[19]}"
}

# process_is PID WORD: whether the process lives and WORD is in its command line. A PID file outlives a
# restart of the machine, and its number may then belong to somebody else.
process_is() {
  [[ $1 =~ ^[0-9]+$ ]] && process_alive "$1" && tr '\0' ' ' 2>/dev/null <"/proc/$1/cmdline" | grep -qF -- "$2"
}

# locked NAME COMMAND...: under the checkout's lock NAME, so that two scripts do not change the same things at once.
# What COMMAND leaves in the background must not inherit the lock: such lines end in 9>&-.
locked() {
  exec 9>"$state/$1.lock"
  flock 9
  shift
  "$@"
  exec 9>&-
}
