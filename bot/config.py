"""Settings, until the real one lands."""

from pathlib import Path

from pydantic import SecretStr
from pydantic_settings import BaseSettings


class Settings(BaseSettings):
    bot_token: SecretStr = SecretStr("42:TEST")
    bot_api_url: str = "https://api.telegram.org"
    database_url: str = ""
    redis_url: str = ""
    data_dir: Path = Path(".data")
    owner_ids: tuple[int, ...] = ()
    fsm_ttl_seconds: int = 600
    club_timezone: str = "Asia/Kolkata"
    club_currency: str = "INR"
    log_format: str = "console"

    def require_token(self) -> str:
        return self.bot_token.get_secret_value()


def load_settings() -> Settings:
    return Settings()
