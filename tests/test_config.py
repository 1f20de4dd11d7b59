"""Each wrong setting is one plain line, never a traceback, never the token's value."""

from pathlib import Path

import pytest
from dotenv import dotenv_values
from pydantic import ValidationError

from bot.config import Settings, load_settings

TOKEN = "123456:secret-of-the-bot"
NAMES = [name.upper() for name in Settings.model_fields]


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    for name in (*NAMES, "SECRETS_DIR"):
        monkeypatch.delenv(name, raising=False)


def lines_of(capsys) -> list[str]:
    """What a start that ended with code 2 wrote."""
    with pytest.raises(SystemExit) as ended:
        load_settings()
    assert ended.value.code == 2
    out, err = capsys.readouterr()
    assert out == ""
    return err.splitlines()


def test_everything_has_a_default():
    settings = load_settings()
    assert settings.bot_api_url == "https://api.telegram.org"
    assert (settings.database_url, settings.redis_url, str(settings.data_dir)) == ("", "", ".data")
    assert (settings.club_timezone, settings.club_currency) == ("Asia/Kolkata", "INR")
    assert (settings.http_host, settings.http_port) == ("127.0.0.1", 8080)
    assert (settings.fsm_ttl_seconds, settings.owner_ids) == (600, ())
    assert settings.log_format == "console"


@pytest.mark.parametrize(
    ("name", "value", "line"),
    [
        ("BOT_TOKEN", "hunter2", "BOT_TOKEN is not of the shape that @BotFather gives"),
        ("BOT_TOKEN", "1:two words", "BOT_TOKEN is not of the shape"),
        ("BOT_API_URL", "api.telegram.org", "BOT_API_URL is not an address that starts with https"),
        ("DATABASE_URL", "mysql://u:p@h/d", "DATABASE_URL is not an address that starts with post"),
        ("WEBHOOK_URL", "bot.example.org", "WEBHOOK_URL is not an address that starts with https"),
        ("WEBHOOK_SECRET", "two words", "WEBHOOK_SECRET must be 1 to 256 of A-Z a-z 0-9 _ -."),
        ("REDIS_URL", "redis://h:port/0", "REDIS_URL is not an address that starts with redis://."),
        ("OWNER_IDS", "1, Vera", "OWNER_IDS has “Vera”, which is not a Telegram user id."),
        ("OWNER_IDS", "-5", "OWNER_IDS has “-5”"),
        ("OWNER_IDS", "0", "OWNER_IDS has “0”"),
        ("OWNER_IDS", str(2**63), "OWNER_IDS has “9223372036854775808”"),
        ("FSM_TTL_SECONDS", "ten", "FSM_TTL_SECONDS is not a whole number. Example: FSM_TTL_SECO"),
        ("FSM_TTL_SECONDS", "0", "FSM_TTL_SECONDS must be 1 or more."),
        ("FSM_TTL_SECONDS", "86401", "FSM_TTL_SECONDS must be 86400 or less."),
        ("CLUB_TIMEZONE", "Asia/Poona", "CLUB_TIMEZONE has “Asia/Poona”, which is not a known"),
        ("CLUB_TIMEZONE", "../etc", "CLUB_TIMEZONE has “../etc”, which is not a known time zone."),
        ("CLUB_CURRENCY", "RUPEE", "CLUB_CURRENCY has “RUPEE”, which is not a currency code"),
        ("LOG_FORMAT", "xml", "LOG_FORMAT must be 'console' or 'json'. Example: LOG_FORMAT=json"),
        ("HTTP_PORT", "65536", "HTTP_PORT must be 65535 or less. Example: HTTP_PORT=8080"),
        ("HTTP_PORT", "-1", "HTTP_PORT must be 0 or more."),
    ],
)
def test_a_wrong_setting_is_one_line_with_its_name(name, value, line, monkeypatch, capsys):
    monkeypatch.setenv(name, value)
    (said,) = lines_of(capsys)
    assert said.startswith(line)
    assert f"Example: {name}=" in said


def test_several_faults_are_told_at_once(monkeypatch, capsys):
    monkeypatch.setenv("HTTP_PORT", "x")
    monkeypatch.setenv("CLUB_CURRENCY", "??")
    assert len(lines_of(capsys)) == 2


def test_secrets_are_never_shown(monkeypatch, capsys):
    monkeypatch.setenv("BOT_TOKEN", TOKEN.replace(":", "="))
    monkeypatch.setenv("DATABASE_URL", "mysql://club:sesame@db/club")
    told = " ".join(lines_of(capsys))
    assert "secret-of-the-bot" not in told
    assert "sesame" not in told
    settings = Settings(bot_token=TOKEN, database_url="postgres://club:sesame@db/club")
    assert "secret-of-the-bot" not in repr(settings)
    assert "sesame" not in repr(settings)


def test_owner_ids_are_plain_numbers_with_commas_and_spaces(monkeypatch):
    monkeypatch.setenv("OWNER_IDS", " 1, 2 ,3,,2")
    assert load_settings().owner_ids == (1, 2, 3)


def test_the_environment_wins_over_the_file(monkeypatch, tmp_path):
    (tmp_path / ".env").write_text("HTTP_PORT=1\nCLUB_CURRENCY=eur\nUNKNOWN_KEY=x\nREDIS_URL=\n")
    monkeypatch.setenv("HTTP_PORT", "0")
    settings = load_settings()
    assert (settings.http_port, settings.club_currency, settings.redis_url) == (0, "EUR", "")


def test_a_blank_value_in_the_environment_means_the_default(monkeypatch, tmp_path):
    (tmp_path / ".env").write_text("DATABASE_URL=postgresql://h/d\nHTTP_PORT=9\n")
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setenv("HTTP_PORT", "")
    settings = load_settings()
    assert (settings.database_url, settings.http_port) == ("", 8080)


def test_a_file_that_is_no_text_is_one_line(tmp_path, capsys):
    (tmp_path / ".env").write_bytes(b"BOT_TOKEN=\xff\xfe\x00")
    (said,) = lines_of(capsys)
    assert said.startswith("Cannot read .env: ")


def test_only_what_needs_the_token_asks_for_it(capsys):
    with pytest.raises(SystemExit) as ended:
        load_settings().require_token()
    assert ended.value.code == 2
    assert capsys.readouterr().err.startswith("BOT_TOKEN is not set. Ask @BotFather")
    assert Settings(bot_token=TOKEN).require_token() == TOKEN


def test_serve_asks_for_its_address_and_its_secret(capsys):
    with pytest.raises(SystemExit) as ended:
        load_settings().require_webhook()
    assert ended.value.code == 2
    address, secret = capsys.readouterr().err.splitlines()
    assert address.startswith("WEBHOOK_URL is not set")
    assert secret.startswith("WEBHOOK_SECRET is not set")


def test_a_file_in_the_secrets_folder_is_used_unless_the_environment_says_otherwise(
    monkeypatch, tmp_path
):
    folder = tmp_path / "secrets"
    folder.mkdir()
    (folder / "bot_token").write_text(f"{TOKEN}\n")
    (folder / "webhook_secret").write_text("from-the-file\n")
    monkeypatch.setenv("SECRETS_DIR", str(folder))
    monkeypatch.setenv("WEBHOOK_SECRET", "from-the-environment")
    settings = load_settings()
    assert settings.require_token() == TOKEN
    assert settings.webhook_secret.get_secret_value() == "from-the-environment"


def test_a_secrets_folder_that_is_not_there_is_one_line(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("SECRETS_DIR", str(tmp_path / "nowhere"))
    (said,) = lines_of(capsys)
    assert said.startswith("SECRETS_DIR is “")


def test_settings_do_not_change():
    with pytest.raises(ValidationError):
        load_settings().http_port = 1


def test_the_example_file_shows_every_setting_with_its_default():
    example = Path(__file__).parent.parent / ".env.example"
    shown = dotenv_values(example)
    assert shown.keys() - set(NAMES) == {"COMPOSE_SECRETS", "WEBHOOK_LISTEN"}
    assert Settings(_env_file=example) == Settings()
    assert set(NAMES) <= shown.keys()
