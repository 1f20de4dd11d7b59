"""What people of a club do about subscriptions, by buttons that stand in their chats."""

import random

from bot.keyboards.activations import ApprovePurchase, ConfirmPurchase, PickCame, RejectPurchase
from bot.keyboards.common import ShowSubscriber
from bot.keyboards.subscriptions import ListSubscribers
from bot.models.subscriptions import SubscriptionList
from tests.faults import life

SECONDS = 120
_NEWEST = -6  # messages to look at: cards come in between


async def asks(stage, who: str, rng: random.Random) -> None:
    """For 30 days, paid in cash or by UPI; some take it back, some want it twice."""
    for _ in range(rng.choice([1, 1, 2])):
        await stage.says(who, "/subscribe", SECONDS)
        if rng.random() < 0.5:
            await _presses(stage, who, "30 Days", "💵 Cash", "✅ Yes")
        elif await _presses(stage, who, "30 Days", "📱 UPI"):
            await stage.says(who, f"Utr{who}x{rng.randrange(10**6):06}", SECONDS)
    if rng.random() < 0.2:
        await _presses(stage, who, "↩️ Withdraw")


async def decides(stage, admin: str, rng: random.Random) -> None:
    """On the oldest card: most are approved, whatever has come in for them."""
    if rng.random() < 0.2:
        if await _follows(stage, admin, RejectPurchase, among=0):
            await stage.says(admin, "Not this time.", SECONDS)
    elif await _follows(stage, admin, ApprovePurchase, among=0):
        for _ in ("by UPI", "in cash"):
            await _follows(stage, admin, PickCame, rng=rng)
        await _follows(stage, admin, ConfirmPurchase)


async def freezes(stage, admin: str, rng: random.Random) -> None:
    """Somebody who is in the list of those whose subscription runs."""
    shown = ListSubscribers(which=SubscriptionList.ACTIVE)
    await stage.engine.handled(life.forge(stage, admin, shown), timeout=SECONDS)
    if await _follows(stage, admin, ShowSubscriber, rng=rng) and await _presses(
        stage, admin, "❄️ Freeze", "📅 Today"
    ):
        await stage.says(admin, str(rng.randint(1, 9)), SECONDS)
        await stage.says(admin, "Away", SECONDS)
        await _presses(stage, admin, "✅ Yes, freeze it")


async def _presses(stage, who: str, *labels: str) -> bool:
    """One after the other, each on the newest message that has it; ``False``: one is not there."""
    for label in labels:
        found = [door for door in _doors(stage, who) if door[1].startswith(label)]
        if not found:
            return False
        await _press(stage, who, found[-1])
    return True


async def _follows(stage, who: str, button, *, rng=None, among: int = _NEWEST) -> bool:
    """A button of this meaning, the oldest or any, on one of the last messages, or on all (0)."""
    found = [
        door for door in _doors(stage, who, among) if door[2].partition(":")[0] == button.__prefix__
    ]
    if found:
        await _press(stage, who, rng.choice(found) if rng else found[0])
    return bool(found)


async def _press(stage, who: str, door: tuple[int, str, str]) -> None:
    user = stage.club.people[who]
    pressed = stage.engine.press(user, user.id, door[0], door[2])
    await stage.engine.handled(pressed, timeout=SECONDS)


def _doors(stage, who: str, among: int = _NEWEST) -> list[tuple[int, str, str]]:
    """Message, label and data of each button, the oldest first."""
    return [
        (message.id, one["text"], one["callback_data"])
        for message in stage.engine.chat_messages(stage.club.people[who].id)[among:]
        for row in message.buttons or []
        for one in row
        if "callback_data" in one
    ]
