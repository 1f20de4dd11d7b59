"""``python -m bot quarantine``: updates that kept failing, looked at and tried again."""

import sys
from typing import Final

import orjson

from bot.app import App
from bot.config import Settings
from bot.errors import Unavailable
from bot.models.quarantine import FailedUpdate
from bot.terminal import opened

NOTHING: Final = "The quarantine is empty."


async def show_all(settings: Settings) -> int:
    """One line each, oldest first."""
    async with opened(settings) as app:
        found = await app.services.quarantine.set_aside(app.bot.id)
        _say("\n".join(map(_line, found)) or NOTHING)
    return 0


async def show(settings: Settings, update_id: int) -> int:
    """The whole update, and the fault that it met."""
    async with opened(settings) as app:
        failed = await _find(app, update_id)
        if failed is None:
            return _unknown(update_id)
        update = orjson.dumps(failed.payload, option=orjson.OPT_INDENT_2).decode()
        _say(f"{_line(failed)}\n\n{update}\n\n{failed.error}")
    return 0


async def replay(settings: Settings, update_id: int | None) -> int:
    """Handle one again, or all of them in order; who fails again stays where it is."""
    async with opened(settings) as app:
        if update_id is None:
            found = await app.services.quarantine.set_aside(app.bot.id)
        elif failed := await _find(app, update_id):
            found = [failed]
        else:
            return _unknown(update_id)
        done = [await _replay(app, failed) for failed in found]
    _say(f"{sum(done)} of {len(done)} replayed.")
    return 0 if all(done) else 1


async def drop(settings: Settings, update_id: int) -> int:
    """Forget one."""
    async with opened(settings) as app:
        if not await app.services.quarantine.let_go(update_id, bot_id=app.bot.id):
            return _unknown(update_id)
    _say(f"{update_id} dropped.")
    return 0


async def _replay(app: App, failed: FailedUpdate) -> bool:
    try:
        await app.intake.take(failed.payload)
    except Unavailable as trouble:
        _say(f"{failed.update_id}: a server is away ({trouble}); it stays.")
        return False
    again = await _find(app, failed.update_id)
    if again and again.attempts > failed.attempts:
        _say(f"{failed.update_id}: failed again; see `quarantine show {failed.update_id}`.")
        return False
    await app.services.quarantine.let_go(failed.update_id, bot_id=app.bot.id)
    return True


async def _find(app: App, update_id: int) -> FailedUpdate | None:
    return await app.services.quarantine.find(update_id, bot_id=app.bot.id)


def _line(failed: FailedUpdate) -> str:
    fault = failed.error.strip().splitlines()[-1][:100]
    at = f"{failed.quarantined_at:%Y-%m-%d %H:%M:%S} UTC"
    return f"{failed.update_id}  {at}  {failed.attempts} tries  {fault}"


def _unknown(update_id: int) -> int:
    sys.stderr.write(f"No update {update_id} in quarantine. See `python -m bot quarantine list`.\n")
    return 1


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
