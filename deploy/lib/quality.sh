# shellcheck shell=bash
# Sourced by quality.sh and bench.sh: the generator of documents, with the packages that it needs.

quality_pinned=$root/tests/quality/requirements.txt # with all that it needs, so that nothing is resolved
quality_packages=$state/tools/quality

# Sets python, and installs what is pinned unless it is there.
install_quality() {
  local made_from
  mkdir -p "$state/log" "$state/tools"
  find_python
  made_from="$python $("$python" -V) $(cksum <"$quality_pinned")"
  [ "$(cat "$quality_packages/made_from" 2>/dev/null)" != "$made_from" ] || return 0
  say "installing what the generator of documents needs from PyPI into .local/tools, once"
  rm -rf "$quality_packages"
  "$python" -m pip install --quiet --disable-pip-version-check --root-user-action ignore --no-deps --require-hashes \
    --only-binary :all: --target "$quality_packages" --requirement "$quality_pinned"
  printf '%s\n' "$made_from" >"$quality_packages/made_from"
}

use_quality() {
  require pdftotext poppler-utils "it renders scans and is what text is compared with"
  locked quality install_quality
  use_models
  export PYTHONDONTWRITEBYTECODE=1
}

# quality_module MODULE ARGUMENTS...: runs a part of tests/quality.
quality_module() { (cd "$root/tests/quality" && PYTHONPATH=$quality_packages "$python" -m "$@"); }
