#!/bin/sh
# Valkey for half-filled forms: nothing is evicted, a crash loses a second at most, one user who can
# neither configure the server nor stop it. `valkey.sh ping` asks the server whether it answers.
set -eu
url=$(cat "${SECRETS_DIR:-/run/secrets}/redis_url")
credentials=${url#*://}
credentials=${credentials%%@*}
user=${credentials%%:*}
password=${credentials#*:}

if [ "${1:-}" = ping ]; then
  REDISCLI_AUTH=$password valkey-cli --user "$user" ping | grep -qx PONG
  exit
fi

# Settings go in by "-", so that the password is on no list of processes.
exec valkey-server - <<settings
port ${PORT:-6379}
user default off
user $user on >$password ~* &* +@all -@admin -@dangerous +info +config|get
maxmemory ${MAXMEMORY:-192mb}
maxmemory-policy noeviction
appendonly yes
appendfsync everysec
save ""
settings
