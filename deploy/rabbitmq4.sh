#!/usr/bin/env bash
# The integration tests against RabbitMQ 4, which Debian's next release has: that release is unpacked under .local/trixie,
# once, and the broker run in it beside a PostgreSQL of its own. Needs root and Debian.
#
# usage: rabbitmq4.sh [ARGUMENTS OF THE TEST BINARY...]
set -euo pipefail
# shellcheck source=deploy/lib/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
# shellcheck source=deploy/lib/prerequisites.sh
. "$root/deploy/lib/prerequisites.sh"
# shellcheck source=deploy/lib/python.sh
. "$root/deploy/lib/python.sh"

release=trixie
tree=$root/.local/$release
[ "$(id -u)" -eq 0 ] || die "RabbitMQ 4 runs in a tree of its own (chroot), which only root may enter"

# Mounts of our own: they are gone with the last of our processes, whatever becomes of this one.
if [ "${1:-}" != --within ]; then
  exec unshare --mount --propagation private "$root/deploy/rabbitmq4.sh" --within "$@"
fi
shift

make_tree() {
  local mirror
  [ ! -f "$tree/made" ] || return 0
  mirror=$(debian_mirror)
  if [ -z "$mirror" ]; then
    apt-get update -q >"$state/log/$release.log" 2>&1 || true # it had no lists yet
    mirror=$(debian_mirror)
  fi
  [ -n "$mirror" ] || die "RabbitMQ 4 is taken from Debian $release, and apt knows no mirror of Debian here"
  require debootstrap debootstrap "it unpacks Debian $release"
  say "unpacking Debian $release with RabbitMQ 4 into .local/$release, once"
  rm -rf --one-file-system "$tree"
  mkdir -p "$tree"
  {
    debootstrap --variant=minbase "$release" "$tree" "$mirror"
    printf '#!/bin/sh\nexit 101\n' >"$tree/usr/sbin/policy-rc.d" # nothing is to be started
    chmod 755 "$tree/usr/sbin/policy-rc.d"
    mount --bind /proc "$tree/proc"
    chroot "$tree" env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 apt-get install -q -y --no-install-recommends rabbitmq-server
    umount "$tree/proc"
  } >"$state/log/$release.log" 2>&1 </dev/null || {
    tail -n 20 "$state/log/$release.log" >&2
    die "Debian $release could not be unpacked; the log is .local/log/$release.log"
  }
  touch "$tree/made"
}

# The node is told paths under its state, which must be the same inside.
enter_tree() {
  mkdir -p "$LOCAL_STATE" "$tree$LOCAL_STATE"
  mount --bind /proc "$tree/proc"
  mount --bind "$LOCAL_STATE" "$tree$LOCAL_STATE"
}

require_rust
mkdir -p "$state/log"
locked "$release" make_tree
cargo build --workspace --bins --locked
QUIRE_TEST_SDK=$(deploy/sdk.sh)
export QUIRE_TEST_SDK
# Nobody else's stores are to be used or disturbed.
unset QUIRE_DATABASE_URL QUIRE_AMQP_URL QUIRE_AMQP_MANAGEMENT_URL "${!STORES_@}"
export LOCAL_STATE=$root/.local/rabbitmq4 LOCAL_RABBITMQ_ROOT=$tree
state=$LOCAL_STATE
enter_tree
trap 'deploy/stores.sh down' EXIT
deploy/stores.sh up
deploy/stores.sh start s3
use_stores
say "RabbitMQ $(sed -n 's/^Version: //p' <(chroot "$tree" dpkg-query --status rabbitmq-server)) at $QUIRE_AMQP_URL"
cargo test --workspace --test it --locked -- "$@"
