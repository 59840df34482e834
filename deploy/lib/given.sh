# shellcheck shell=bash
# Sourced by stores.sh: checks of stores that the user gave by URL. Both need only bash: a machine that uses stores
# elsewhere needs no client tools.

# Sets url_host and url_port from URL, with the scheme's DEFAULT_PORT.
parse_url() {
  [[ $1 =~ ^[a-z]+://([^@/]*@)?(\[[^]]+\]|[^:/?]+)(:([0-9]+))? ]] || return 1
  url_host=${BASH_REMATCH[2]//[\[\]]/}
  url_port=${BASH_REMATCH[4]:-$2}
}

# first_bytes HOST PORT HELLO: sends HELLO (printf escapes) and prints the first packet of the answer, without NULs.
first_bytes() {
  # shellcheck disable=SC2016 # the inner shell expands them
  { timeout 3 bash -c 'exec 3<>"/dev/tcp/$1/$2" && printf "$3" >&3 && dd bs=1000 count=1 <&3' - "$@" || true; } \
    2>/dev/null | tr -d '\000'
}

# The eight bytes ask for TLS; every PostgreSQL answers S or N before it looks at user and password.
check_given_postgres() {
  local version
  parse_url "$1" 5432 || die "QUIRE_DATABASE_URL is not a URL like postgres://user:password@host:5432/database"
  [[ $(first_bytes "$url_host" "$url_port" '\0\0\0\10\4\322\26\57') == [SN]* ]] ||
    die "QUIRE_DATABASE_URL: no PostgreSQL answers at $url_host:$url_port; start it, or unset the variable"
  command -v psql >/dev/null || return 0
  version=$(PGCONNECT_TIMEOUT=5 psql "$1" -XAtc 'show server_version_num' 2>&1) ||
    die "QUIRE_DATABASE_URL: ${version##*$'\n'}"
  [ "${version%????}" -ge "$postgres_minimum" ] ||
    die "QUIRE_DATABASE_URL: PostgreSQL ${version%????} at $url_host:$url_port is older than $postgres_minimum"
}

# A broker answers the protocol header with its properties, the version among them. TLS hides them.
check_given_rabbitmq() {
  local greeting version
  parse_url "$1" "$([[ $1 == amqps:* ]] && echo 5671 || echo 5672)" ||
    die "QUIRE_AMQP_URL is not a URL like amqp://user:password@host:5672/%2f"
  if [[ $1 == amqps:* ]]; then
    answers "$url_host" "$url_port" || die "QUIRE_AMQP_URL: nothing answers at $url_host:$url_port"
    return
  fi
  greeting=$(first_bytes "$url_host" "$url_port" 'AMQP\0\0\11\1' | tr -cd '[:print:]')
  [[ $greeting == *RabbitMQ* ]] ||
    die "QUIRE_AMQP_URL: no RabbitMQ answers at $url_host:$url_port; start it, or unset the variable"
  version=$(sed -n 's/.*versionS\([0-9]*\.[0-9]*\).*/\1/p' <<<"$greeting")
  printf '%s\n%s\n' "$rabbitmq_minimum" "$version" | sort -VC ||
    die "QUIRE_AMQP_URL: RabbitMQ $version at $url_host:$url_port is older than $rabbitmq_minimum"
}
