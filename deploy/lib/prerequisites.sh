# shellcheck shell=bash
# Sourced: finds the tools that Quire needs, and installs them with apt-get where that is possible.

# Prints the command that makes the next one run as root; fails where that would need a password.
as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    printf 'env'
  elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    printf 'sudo -n env'
  else
    return 1
  fi
}

can_install() { command -v apt-get >/dev/null && as_root >/dev/null; }

# What stopped can_install, for the one line that the user reads.
why_not_installed() {
  if command -v apt-get >/dev/null; then
    printf 'run as root or with passwordless sudo'
  else
    printf 'no apt-get here'
  fi
}

# Debian starts a service as soon as its package is installed, unless policy-rc.d forbids it. An administrator's
# own policy is left as it is; ours lives only as long as the installation.
install_packages() (
  policy=/usr/sbin/policy-rc.d
  read -ra root_command <<<"$(as_root)"
  if [ ! -e "$policy" ]; then
    trap '"${root_command[@]}" rm -f "$policy"' EXIT
    printf '#!/bin/sh\nexit 101\n' | "${root_command[@]}" sh -c "cat >$policy && chmod 755 $policy"
  fi
  say "installing: $*"
  log=$state/apt.log
  {
    "${root_command[@]}" DEBIAN_FRONTEND=noninteractive apt-get update -q &&
      "${root_command[@]}" DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@"
  } >"$log" 2>&1 9>&- </dev/null || {
    tail -n 20 "$log" >&2
    die "apt-get could not install: $*; its log is .local/apt.log"
  }
)

# A private instance must not meet a system service of the same kind after the next boot.
disable_services() {
  local root_command
  [ -d /run/systemd/system ] || return 0
  read -ra root_command <<<"$(as_root)"
  "${root_command[@]}" systemctl disable --quiet "$@" 2>/dev/null || true
}

# require COMMAND PACKAGES PURPOSE: PACKAGES is a space-separated list of Debian packages.
require() {
  local packages
  command -v "$1" >/dev/null && return
  can_install || die "$1 is missing ($3): install the package(s) $2 ($(why_not_installed))"
  read -ra packages <<<"$2"
  install_packages "${packages[@]}"
}

require_rust() {
  local toolchain
  toolchain=$(sed -n 's/^channel *= *"\(.*\)"/\1/p' "$root/rust-toolchain.toml")
  command -v cargo >/dev/null || [ ! -x "$HOME/.cargo/bin/cargo" ] || PATH=$HOME/.cargo/bin:$PATH
  command -v cargo >/dev/null ||
    die "cargo is missing: install rustup from https://rustup.rs, then run: rustup toolchain install $toolchain"
  require cc "build-essential pkg-config" "the linker and the C parts of two dependencies"
}
