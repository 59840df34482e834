#!/usr/bin/env bash
# The whole way of one job: a PDF is posted to the API, a worker reads it, its text comes back.
#
# usage: demo.sh [FILE.pdf]
set -euo pipefail
# shellcheck source=deploy/lib/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib/common.sh"
# shellcheck source=deploy/lib/prerequisites.sh
. "$root/deploy/lib/prerequisites.sh"

document=${1:-tests/fixtures/report.pdf}
patience=60 # seconds that the job may take
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

[ -r "$document" ] || die "cannot read $document"
require curl "curl ca-certificates" "the demo calls the API with it"
require jq jq "the demo reads the API's answers with it"
"$root/deploy/quire.sh" up

address=${QUIRE_API_ADDR:-127.0.0.1:8080}
api=http://${address/#0.0.0.0/127.0.0.1}
# The key goes to curl in a file: arguments are visible to every user of the machine.
(umask 077 && printf 'Api-Key: %s\n' "$(<"$state/api_key")" >"$work/headers")

# call OUTPUT PATH [CURL OPTION...]: what the API says of an error is shown.
call() {
  local output=$1 path=$2
  shift 2
  curl --silent --show-error --fail-with-body --max-time 30 --header @"$work/headers" --output "$output" "$@" \
    "$api$path" || { [ ! -f "$output" ] || cat "$output" >&2; die "$path failed"; }
}

elapsed() { awk -v from="$started" -v to="$(date +%s.%N)" 'BEGIN { printf "%6.2f s", to - from }'; }

# A data URL may be many megabytes: it is written to a file, never passed as an argument.
{
  printf '{"endpoint":"/v1/documents/parse","request":{"document":{"filename":"%s","url":"data:application/pdf;base64,' \
    "$(basename "$document")"
  base64 "$document" | tr -d '\n'
  printf '"}},"metadata":{"sent_by":"make demo"}}'
} >"$work/body.json"

echo
echo "POST $api/v1/jobs  endpoint /v1/documents/parse, $(basename "$document")"
started=$(date +%s.%N)
call "$work/job.json" /v1/jobs --header 'Content-Type: application/json' --data-binary @"$work/body.json"
job=$(jq -er .id "$work/job.json")
echo "job $job"

seen=
deadline=$((SECONDS + patience))
while :; do
  status=$(jq -er .status "$work/job.json")
  if [ "$status" != "$seen" ]; then
    echo "  $(elapsed)  $status"
    seen=$status
  fi
  case $status in completed | failed | cancelled | expired) break ;; esac
  [ "$SECONDS" -lt "$deadline" ] || die "the job is still $status after $patience s; see make logs"
  sleep 0.02
  call "$work/job.json" "/v1/jobs/$job"
done

call "$work/job.json" "/v1/jobs/$job?include_response=true"
jq -r '"status history: queued \(.created_at | todate), in_progress \(.started_at | if . then todate else "never" end), "
  + "\(.status) \(.completed_at | todate), attempts \(.attempt_count)"' "$work/job.json"
[ "$status" = completed ] || {
  jq .error "$work/job.json" >&2
  die "the job ended as $status"
}
jq -er '.response.body.text | select(test("\\S"))' "$work/job.json" >"$work/text" || die "the job has no text"

echo
echo "the text of $(basename "$document"), $(jq -r .response.body.usage.page_count "$work/job.json") pages:"
echo "----------------------------------------"
cat "$work/text"
echo "----------------------------------------"
cat <<TEXT
The API runs on $api, its development key is in .local/api_key. The job again:
  curl -H "Api-Key: \$(cat .local/api_key)" "$api/v1/jobs/$job?include_response=true"
Stop everything: make down
TEXT
