#!/bin/sh
# Write the secrets that docker-compose.yml names into a folder; what is there already stays.
#   sh deploy/secrets.sh [FOLDER]
#
# The folder is closed to everyone else on this machine. The files in it are readable, because
# Compose hands them to the containers as they are, and no container runs as the folder's owner.
set -eu
folder=${1:-secrets}
umask 077
mkdir -p "$folder"
chmod 700 "$folder"

random() { # letters and digits only: it becomes part of an address
  od -An -N24 -tx1 /dev/urandom | tr -d ' \n'
}

write() {
  [ -e "$folder/$1" ] && return
  printf %s "$2" >"$folder/.$1.new"
  chmod 644 "$folder/.$1.new"
  mv "$folder/.$1.new" "$folder/$1"
  echo "wrote $folder/$1"
}

for role in migrator app backup; do
  write "${role}_database_url" "postgresql://clubdesk_$role:$(random)@postgres:5432/clubdesk"
done
write postgres_password "$(random)"
write redis_url "redis://clubdesk:$(random)@valkey:6379/0"
write webhook_secret "$(random)"
write bot_token "${BOT_TOKEN:-}"

if ! [ -s "$folder/bot_token" ]; then
  echo "Now write the bot's token, from @BotFather, into $folder/bot_token"
fi
