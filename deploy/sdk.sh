#!/usr/bin/env bash
# The Retab SDK from PyPI, unmodified, in the versions that Quire promises to work with: what the tests under tests/sdk
# drive the API with. Everything is under .local/sdk and made once.
#
# usage: sdk.sh      prints the directory
set -euo pipefail
# shellcheck source=deploy/lib/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
# shellcheck source=deploy/lib/prerequisites.sh
. "$root/deploy/lib/prerequisites.sh"
# shellcheck source=deploy/lib/python.sh
. "$root/deploy/lib/python.sh"

requirements=$root/tests/sdk/requirements.txt # what all versions need, pinned; and so nothing is resolved
versions=(0.0.105 0.0.110 0.0.116)
directory=$state/sdk

# install TARGET PACKAGE...: exactly these, as they are on PyPI.
install() {
  local target=$1
  shift
  "$python" -m pip install --quiet --disable-pip-version-check --root-user-action ignore --no-deps --no-compile \
    --only-binary :all: --target "$target" "$@"
}

make_sdk() {
  local work=$directory.new version
  say "installing the Retab SDK ${versions[*]} from PyPI into .local/sdk, once"
  rm -rf "$work"
  mkdir -p "$work"
  install "$work/packages" --requirement "$requirements"
  for version in "${versions[@]}"; do install "$work/$version" "retab==$version"; done
  # A link would do for an interpreter of the machine, but not for one that finds its library beside itself.
  printf '#!/bin/sh\nexec %q "$@"\n' "$python" >"$work/python3"
  chmod +x "$work/python3"
  printf '%s\n' "$1" >"$work/made_from"
  rm -rf "$directory"
  mv "$work" "$directory"
}

sdk() {
  local made_from
  mkdir -p "$state/log"
  find_python
  made_from="$python $("$python" -V) ${versions[*]} $(cksum <"$requirements")"
  [ "$(cat "$directory/made_from" 2>/dev/null)" = "$made_from" ] || make_sdk "$made_from"
}

locked sdk sdk
printf '%s\n' "$directory"
