# shellcheck shell=bash
# Sourced by sdk.sh and schemathesis.sh: a Python that the Retab SDK can be imported by. It needs 3.12 or newer, and most
# machines have less.

python_versions=(3.12 3.13) # those that the pinned packages are tried with
python_directory=$state/python
python_release=trixie # the release of Debian whose Python is unpacked where there is none

# Sets python to a fitting interpreter, one that is there or one of our own.
find_python() {
  local version candidate
  for version in "${python_versions[@]}"; do
    for candidate in "$(command -v "python$version" || true)" \
      "${PYENV_ROOT:-$HOME/.pyenv}/versions/$version".*/bin/"python$version" "$python_directory/bin/python3"; do
      if python_fits "$candidate"; then
        python=$candidate
        return
      fi
    done
  done
  unpack_python
  python=$python_directory/bin/python3
  python_fits "$python" || die "the Python of Debian $python_release was unpacked under .local/python and does not run"
}

# A command of this name may be a shim for a version that is not there, or a Python without pip or TLS.
python_fits() {
  local version
  [ -x "$1" ] || return 1
  version=$("$1" -c 'import pip, ssl, sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null) || return 1
  [[ " ${python_versions[*]} " == *" $version "* ]]
}

# Prints where the machine's own Debian comes from; nothing on another system.
debian_mirror() {
  # shellcheck disable=SC2016 # apt expands them
  apt-get indextargets --format '$(ORIGIN) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
    sed -n 's/^Debian //p' | grep -v security | head -n 1 || true
}

# Debian's packages of a newer release, downloaded by apt with lists and a cache of its own and unpacked into a directory:
# nothing is installed, and root is not needed. They bring their C library, which is newer than the machine's, and so its
# loader is what starts the interpreter.
unpack_python() (
  mirror=$(debian_mirror)
  if [ -z "$mirror" ] && can_install; then
    read -ra root_command <<<"$(as_root)"
    "${root_command[@]}" apt-get update -q >"$state/log/python.log" 2>&1 || true # it had no lists yet
    mirror=$(debian_mirror)
  fi
  [ -n "$mirror" ] ||
    die "the SDK needs Python $(join ' or ' "${python_versions[@]}") with pip: install it (it is downloaded on Debian only)"
  say "downloading the Python of Debian $python_release into .local/python, once"
  work=$python_directory.new
  rm -rf "$work"
  mkdir -p "$work/root" "$work/bin" "$work/apt/lists/partial" "$work/apt/cache/archives/partial"
  : >"$work/apt/status"
  printf 'deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] %s %s main\n' "$mirror" "$python_release" \
    >"$work/apt/sources.list"
  # The user that apt drops its rights to may not be able to reach this directory.
  apt=(apt-get -q -y -o "Dir::Etc::SourceList=$work/apt/sources.list" -o Dir::Etc::SourceParts=- -o "Dir::State=$work/apt"
    -o "Dir::State::status=$work/apt/status" -o "Dir::Cache=$work/apt/cache" -o APT::Sandbox::User=
    -o Acquire::Languages=none -o Debug::NoLocking=1)
  {
    "${apt[@]}" update && "${apt[@]}" install --download-only --no-install-recommends \
      python3.13 python3-pip-whl libstdc++6 ca-certificates
    for package in "$work"/apt/cache/archives/*.deb; do dpkg -x "$package" "$work/root"; done
  } >"$state/log/python.log" 2>&1 || {
    tail -n 20 "$state/log/python.log" >&2
    die "Python could not be downloaded; the log is .local/log/python.log"
  }
  rm -rf "$work/apt"
  write_python_command "$work"
  rm -rf "$python_directory"
  mv "$work" "$python_directory"
)

# write_python_command DIRECTORY: a command that starts the interpreter where DIRECTORY will be.
write_python_command() {
  local tree=$python_directory/root loader pip
  loader=$(cd "$1/root" && printf '%s' usr/lib*/ld-linux-*.so.?)
  pip=$(cd "$1/root" && printf '%s' usr/share/python-wheels/pip-*.whl)
  cat >"$1/bin/python3" <<COMMAND
#!/bin/sh
export PYTHONHOME='$tree/usr' PYTHONPATH="\${PYTHONPATH:+\$PYTHONPATH:}$tree/$pip"
exec '$tree/$loader' --library-path "\$(echo '$tree'/usr/lib/*-linux-gnu)" '$tree/usr/bin/python3.13' "\$@"
COMMAND
  chmod +x "$1/bin/python3"
}
