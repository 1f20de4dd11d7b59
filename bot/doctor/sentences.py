"""Every sentence of the doctor's; none holds a token, a password or a whole address."""

from bot.doctor.findings import Finding, bad, doubtful, good

# --- settings and folders ---------------------------------------------------------------------

SETTINGS_GOOD = good("Settings: all can be read.")
NO_TOKEN = bad("Settings: BOT_TOKEN is not set.", "Ask @BotFather for one and write it into .env.")
NO_SECRET = bad(
    "Settings: WEBHOOK_URL is set, WEBHOOK_SECRET is not: anybody could post updates.",
    "Set WEBHOOK_SECRET, for example to what `openssl rand -hex 24` prints.",
)
ENV_IS_OPEN = doubtful("Folders: others on this machine can read .env.", "chmod 600 .env")
NO_BACKUP_DIR = doubtful(
    "Folders: nobody watches the backups.",
    "Run `python -m bot backup FOLDER --keep 14` each night and set BACKUP_DIR to that folder.",
)


def wrong_setting(line: str) -> Finding:
    return bad(f"Settings: {line}", "Correct it in .env or in the environment; see .env.example.")


def folder_good(name: str) -> Finding:
    return good(f"Folders: {name} can be used.")


def folder_bad(name: str) -> Finding:
    return bad(
        f"Folders: {name} cannot be written to.",
        f"Give the bot's user the right to write there, or set {name} to another folder.",
    )


def backup_dir_unseen(name: str) -> Finding:
    return bad(f"Folders: {name} cannot be read.", "Make it, or let the bot's user read it.")


def no_backup() -> Finding:
    return doubtful(
        "Backups: there is none in BACKUP_DIR.", "Run `python -m bot backup` with that folder."
    )


def backup_age(hours: float, *, too_old: bool) -> Finding:
    what = f"Backups: the newest is {hours:.0f} hours old."
    if too_old:
        return bad(what, "Look why `python -m bot backup` no longer runs each night.")
    return good(what)


# --- Telegram ---------------------------------------------------------------------------------

TOKEN_REFUSED = bad(
    "Telegram: BOT_TOKEN is refused.",
    "Is it the whole token, and not revoked? @BotFather shows it again. "
    "Is BOT_API_URL the server it belongs to?",
)


def telegram_answers(username: str) -> Finding:
    return good(f"Telegram: @{username} answers.")


def telegram_away(error: str) -> Finding:
    return bad(
        f"Telegram: BOT_API_URL does not answer ({error}).",
        "Check the network and the firewall for outgoing HTTPS; try again in a minute.",
    )


def polling_is_possible(pending: int) -> Finding:
    return good(f"Webhook: none is set, as polling needs it; {pending} updates wait.")


def hook_in_the_way(host: str) -> Finding:
    return bad(
        f"Webhook: Telegram posts updates to {host}, and WEBHOOK_URL is not set: "
        "`run` gets no updates.",
        "Run `python -m bot unhook` to poll, or set WEBHOOK_URL and use `python -m bot serve`.",
    )


def hook_missing(host: str) -> Finding:
    return doubtful(
        f"Webhook: WEBHOOK_URL names {host}, but Telegram posts nowhere.",
        "`python -m bot serve` sets it when it starts. Does it run?",
    )


def hook_elsewhere(host: str, wanted: str) -> Finding:
    return bad(
        f"Webhook: Telegram posts updates to {host}, not to {wanted}.",
        "Start `python -m bot serve` with this WEBHOOK_URL again; is an older one still running?",
    )


def hook_good(host: str, pending: int) -> Finding:
    return good(f"Webhook: Telegram posts updates to {host}; {pending} wait.")


def hook_failing(error: str, *, refused: bool) -> Finding:
    return bad(
        f"Webhook: Telegram could not deliver in the last hour: {error}",
        "WEBHOOK_SECRET differs from the one Telegram was told: restart the workers."
        if refused
        else "Check that the proxy passes /telegram/webhook to the workers, and its certificate.",
    )


def many_wait(pending: int) -> Finding:
    return doubtful(
        f"Webhook: {pending} updates wait at Telegram.", "Does a worker run? See its log, /readyz."
    )


# --- clocks -----------------------------------------------------------------------------------


def clock_good(whose: str) -> Finding:
    return good(f"Clock: agrees with {whose}.")


def clock_differs(whose: str, seconds: float, *, badly: bool) -> Finding:
    way = "ahead of" if seconds > 0 else "behind"
    what = f"Clock: this machine is {abs(seconds):.0f} s {way} {whose}."
    advice = "Switch time synchronisation on (timedatectl set-ntp true) on both machines."
    return bad(what, advice) if badly else doubtful(what, advice)


# --- PostgreSQL -------------------------------------------------------------------------------

EMBEDDED = doubtful(
    "Database: DATABASE_URL is not set; the one that comes with ClubDesk is used.",
    "Good for a trial. For a club, set DATABASE_URL to a PostgreSQL of 17 or newer.",
)
EMBEDDED_RESTS = good("Database: the embedded one does not run now, so it is not looked at.")
PASSWORD_REFUSED = bad(
    "Database: PostgreSQL refuses the user or password of DATABASE_URL.",
    "Correct DATABASE_URL; percent-encode special characters of the password.",
)
NO_SUCH_DATABASE = bad(
    "Database: the database that DATABASE_URL names does not exist.", "Create it: createdb NAME"
)
AUDIT_UNGUARDED = bad(
    "Database: the audit log can be changed: its trigger is missing or off.",
    "Restore it as in bot/db/migrations/0003_audit.sql, and find out who took it off.",
)
AUDIT_BY_TRIGGER = doubtful(
    "Database: this role owns the audit log; only a trigger keeps it from changing it.",
    "Give the bot a role of its own without UPDATE and DELETE there, as docker-compose.yml does.",
)
AUDIT_GOOD = good("Database: this role cannot change the audit log.")
SCHEMA_CURRENT = good("Migrations: the schema is up to date.")
ROLE_GOOD = good("Database: this role may read and write what the bot needs.")
INVARIANTS_GOOD = good("Database: every promise about its rows holds.")
NOBODY_OWNS = doubtful(
    "Club: nobody is an owner, so nobody can set it up.",
    "Set OWNER_IDS to your Telegram id; the bot's /whoami shows it.",
)


def database_away(error: str) -> Finding:
    return bad(
        f"Database: PostgreSQL does not answer ({error}).",
        "Is it running, and are host and port of DATABASE_URL right?",
    )


def database_version(version: str, *, too_old: bool) -> Finding:
    if too_old:
        return bad(f"Database: PostgreSQL {version} is too old.", "Use PostgreSQL 17 or newer.")
    return good(f"Database: PostgreSQL {version} answers.")


def encoding_bad(encoding: str) -> Finding:
    return bad(
        f"Database: its encoding is {encoding}; names would be lost.",
        "Make it anew: CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0.",
    )


def role_lacks(rights: list[str]) -> Finding:
    return bad(
        f"Database: this role lacks {', '.join(rights)}.",
        "Run `python -m bot migrate` as the owner of the tables, or grant it.",
    )


def schema_behind(count: int, *, mends_itself: bool) -> Finding:
    what = f"Migrations: {count} are still to be applied."
    if mends_itself:
        return doubtful(what, "`python -m bot run` applies them when it starts.")
    return bad(what, "Run `python -m bot migrate` with the role that owns the tables.")


def schema_newer(why: str) -> Finding:
    return bad(f"Migrations: {why}.", "Start the newer ClubDesk again; never an older one on it.")


def promise_broken(fault: str) -> Finding:
    return bad(f"Database: {fault}.", "Stop the bot, keep a backup of this, restore an older one.")


def series_sealed(series: str) -> Finding:
    return doubtful(
        f"Club: it was restored from a backup, and {series} gives no more invoice numbers.",
        "Set a new invoice prefix in 🧮 GST.",
    )


def in_quarantine(count: int) -> Finding:
    return doubtful(f"Updates: {count} in quarantine.", "See them: python -m bot quarantine list")


# --- jobs -------------------------------------------------------------------------------------

QUEUE_GOOD = good("Jobs: nothing waits for longer than it should.")


def queue_stands(count: int, seconds: float) -> Finding:
    return bad(
        f"Jobs: {count} open, and the oldest is {seconds / 60:.0f} minutes late.",
        "Does a `python -m bot worker` run (or a `run`)? `serve` does no jobs. See its log.",
    )


def jobs_dead(count: int) -> Finding:
    return doubtful(
        f"Jobs: {count} failed for good.",
        "Owners see why under 👑 /owner, 🧯 Failed jobs, and retry or forget them there.",
    )


# --- Redis ------------------------------------------------------------------------------------

REDIS_EMBEDDED = doubtful(
    "Redis: REDIS_URL is not set; the one that comes with ClubDesk is used.",
    "Good for a trial. For a club, set REDIS_URL to a Redis 7.2 or a Valkey.",
)
REDIS_REFUSES = bad(
    "Redis: it refuses the password of REDIS_URL, or asks for one.", "Correct REDIS_URL."
)
EVICTION_GOOD = good("Redis: never evicts.")
PERSISTENCE_GOOD = good("Redis: keeps half-filled forms over a restart.")
NOT_PERSISTENT = doubtful(
    "Redis: keeps nothing on disk: a restart drops half-filled forms.", "Set: appendonly yes"
)


def redis_away(error: str) -> Finding:
    return bad(
        f"Redis: it does not answer ({error}).",
        "Is it running, and are host and port of REDIS_URL right?",
    )


def redis_version(version: str, *, too_old: bool) -> Finding:
    if too_old:
        return bad(f"Redis: {version} is too old.", "Use Redis 7.2 or newer, or Valkey.")
    return good(f"Redis: {version} answers.")


def evicts(policy: str) -> Finding:
    return bad(
        f"Redis: maxmemory-policy is {policy}: forms can vanish.",
        "Set: maxmemory-policy noeviction",
    )


def check_failed(what: str, error: str) -> Finding:
    return bad(f"{what}: could not be checked ({error}).", "Could not verify counts as failure.")
