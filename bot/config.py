"""Settings: from the environment, then from ``.env``. A wrong one is one plain line and exit 2."""

import os
import re
import sys
from pathlib import Path
from typing import Annotated, Any, Final, Literal, NoReturn
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from babel.numbers import list_currencies
from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

BAD_SETTINGS: Final = 2  # the exit code
_ENV_FILE: Final = ".env"
_SECRETS_DIR: Final = Path("/run/secrets")  # where containers find theirs
_TOKEN: Final = re.compile(r"[0-9]+:\S+")
_WEBHOOK_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{1,256}")
_LARGEST_ID: Final = 2**63 - 1
_SCHEMES: Final = {
    "bot_api_url": ("https", "http"),
    "webhook_url": ("https", "http"),
    "database_url": ("postgresql", "postgres"),
    "redis_url": ("redis", "rediss", "unix"),
}
_EXAMPLES: Final = {
    "bot_token": "123456789:AA...",  # nobody's
    "bot_api_url": "https://api.telegram.org",
    "webhook_url": "https://bot.example.org",
    "webhook_secret": "letters_digits-and_these",
    "database_url": "postgresql://clubdesk:password@localhost/clubdesk",
    "redis_url": "redis://localhost:6379/0",
    "sending_limits": "telegram",
    "data_dir": ".data",
    "backup_dir": "/var/backups/clubdesk",
    "owner_ids": "424837855, 733450921",
    "fsm_ttl_seconds": "600",
    "club_timezone": "Asia/Kolkata",
    "club_currency": "INR",
    "log_format": "json",
    "http_host": "127.0.0.1",
    "http_port": "8080",
}
_WRONG: Final = {  # pydantic's kinds of fault, in plain words
    "int_parsing": "is not a whole number",
    "literal_error": "must be {expected}",
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "must be {le} or less",
}


class Settings(BaseSettings):
    """Every setting and its default. ``.env.example`` explains them."""

    model_config = SettingsConfigDict(
        env_file=_ENV_FILE, extra="ignore", frozen=True, str_strip_whitespace=True
    )

    bot_token: SecretStr = SecretStr("")
    bot_api_url: str = "https://api.telegram.org"
    sending_limits: Literal["telegram", "none"] = "telegram"
    webhook_url: str = ""
    webhook_secret: SecretStr = SecretStr("")
    database_url: str = Field(default="", repr=False)  # holds a password
    redis_url: str = Field(default="", repr=False)
    data_dir: Path = Path(".data")
    backup_dir: Path | None = None  # watched, for the age of the newest backup
    owner_ids: Annotated[tuple[int, ...], NoDecode] = ()  # else pydantic wants JSON
    fsm_ttl_seconds: int = Field(default=600, ge=1, le=86400)
    club_timezone: str = "Asia/Kolkata"
    club_currency: str = "INR"
    log_format: Literal["console", "json"] = "console"
    http_host: str = "127.0.0.1"
    http_port: int = Field(default=8080, ge=0, le=65535)  # 0: any free one

    def require_token(self) -> str:
        """Return the bot's token, or end the program with a hint when there is none."""
        token = self.bot_token.get_secret_value()
        if not token:
            _give_up(
                "BOT_TOKEN is not set. Ask @BotFather in Telegram for one and write it into "
                f"{_ENV_FILE} (see .env.example). `make demo` needs none."
            )
        return token

    def require_webhook(self) -> tuple[str, str]:
        """Return the webhook's address and secret, or end the program naming what is missing."""
        secret = self.webhook_secret.get_secret_value()
        missing = [
            f"{name} is not set, and `serve` needs it. Example: {name}={_EXAMPLES[name.lower()]}"
            for name, value in (("WEBHOOK_URL", self.webhook_url), ("WEBHOOK_SECRET", secret))
            if not value
        ]
        if missing:
            _give_up(*missing)
        return self.webhook_url, secret

    @field_validator("*", mode="before")
    @classmethod
    def _blank_is_default(cls, value: Any, info: ValidationInfo) -> Any:
        if isinstance(value, str) and not value.strip() and info.field_name:
            return cls.model_fields[info.field_name].default
        return value

    @field_validator("bot_token")
    @classmethod
    def _token(cls, token: SecretStr) -> SecretStr:
        if token.get_secret_value() and not _TOKEN.fullmatch(token.get_secret_value()):
            raise ValueError("is not of the shape that @BotFather gives: digits, a colon, letters")
        return token

    @field_validator("webhook_secret")
    @classmethod
    def _secret(cls, secret: SecretStr) -> SecretStr:
        if secret.get_secret_value() and not _WEBHOOK_SECRET.fullmatch(secret.get_secret_value()):
            raise ValueError("must be 1 to 256 of A-Z a-z 0-9 _ -")
        return secret

    @field_validator("bot_api_url", "webhook_url", "database_url", "redis_url")
    @classmethod
    def _url(cls, url: str, info: ValidationInfo) -> str:
        schemes = _SCHEMES[info.field_name or ""]
        if url and not _is_url(url, schemes):  # not quoted: it may hold a password
            raise ValueError(f"is not an address that starts with {schemes[0]}://")
        return url.rstrip("/")

    @field_validator("data_dir", "backup_dir")
    @classmethod
    def _folder(cls, folder: Path | None) -> Path | None:
        return folder.expanduser() if folder else None

    @field_validator("owner_ids", mode="before")
    @classmethod
    def _ids(cls, ids: Any) -> Any:
        if not isinstance(ids, str):
            return ids
        written = [part for part in re.split(r"[,\s]+", ids) if part]
        for part in written:
            if not re.fullmatch(r"[0-9]{1,19}", part) or not 0 < int(part) <= _LARGEST_ID:
                raise ValueError(f"has “{part}”, which is not a Telegram user id")
        return tuple(dict.fromkeys(map(int, written)))

    @field_validator("club_timezone")
    @classmethod
    def _zone(cls, name: str) -> str:
        try:
            return ZoneInfo(name).key
        except (KeyError, ValueError, OSError):
            raise ValueError(f"has “{name}”, which is not a known time zone") from None

    @field_validator("club_currency")
    @classmethod
    def _currency(cls, code: str) -> str:
        if code.upper() not in list_currencies():
            raise ValueError(f"has “{code}”, which is not a currency code of ISO 4217")
        return code.upper()


def load_settings() -> Settings:
    """Read the settings, or end the program with one line for each fault.

    The environment wins over ``.env``, and both win over a file named like the setting in
    SECRETS_DIR, as containers are given their secrets.
    """
    settings = read_settings()
    if isinstance(settings, list):
        _give_up(*settings)
    return settings


def read_settings() -> Settings | list[str]:
    """Read the settings as ``load_settings`` does, or return one line for each fault."""
    try:
        return Settings(_secrets_dir=_secrets_dir())
    except ValidationError as faults:
        return [_line(fault) for fault in faults.errors(include_url=False)]
    except (OSError, UnicodeDecodeError) as fault:
        return [f"Cannot read {_ENV_FILE}: {fault}."]


def _secrets_dir() -> Path | None:
    named = os.environ.get("SECRETS_DIR", "").strip()
    if named and not Path(named).is_dir():
        _give_up(f"SECRETS_DIR is “{named}”, which is not a folder.")
    folder = Path(named) if named else _SECRETS_DIR
    return folder if folder.is_dir() else None


def _line(fault: Any) -> str:
    field = str(fault["loc"][0])
    context = fault.get("ctx", {})
    wrong = str(context.get("error") or _WRONG.get(fault["type"], fault["msg"]).format(**context))
    return f"{field.upper()} {wrong}. Example: {field.upper()}={_EXAMPLES[field]}"


def _is_url(url: str, schemes: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    return parts.scheme in schemes and "://" in url and port != 0


def _give_up(*lines: str) -> NoReturn:
    sys.stderr.write("".join(f"{line}\n" for line in lines))
    sys.exit(BAD_SETTINGS)
