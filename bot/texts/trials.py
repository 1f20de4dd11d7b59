"""Every sentence about the free trial."""

from typing import Final

from bot.errors import Refusal
from bot.errors.trials import TrialChanged, TrialGone, TrialUsed
from bot.models.subscriptions import Subscription
from bot.models.trials import Trial, TrialNews
from bot.texts.format import calendar_day, counted, esc

BEGIN: Final = "✅ Begin it now"
REFUSALS: Final[dict[type[Refusal], str]] = {
    TrialGone: "The club gives no free trial now. See the plans with /subscribe.",
    TrialUsed: "The free trial is for who is new, and once. See the plans with /subscribe.",
    TrialChanged: "The free trial is another one by now. Look at it again with /subscribe.",
}


def trial(days: int) -> str:
    """A button's label."""
    return f"🎁 Free trial · {counted(days, 'day')}"


def offered(days: int) -> str:
    """A line above the plans."""
    return f"🎁 New here? Come for {counted(days, 'day')} for free."


def offer(shown: Trial) -> str:
    return (
        f"🎁 <b>Free trial · {counted(shown.days, 'day')}</b>\n"
        f"From today until {calendar_day(shown.last_day)}, for free. It begins at once, and there "
        "is one for each member."
    )


def begun(trial: Subscription) -> str:
    """To whoever has begun it."""
    return (
        f"🎉 <b>Your free trial runs</b> until {calendar_day(trial.term.last_day)}. Come in!\n"
        "How it stands: /my_subscription. A plan follows on with /subscribe."
    )


def news(shown: TrialNews) -> str:
    """To admins."""
    term = shown.subscription.term
    days = f"{calendar_day(term.first_day)} to {calendar_day(term.last_day)}"
    return f"🎁 <b>{esc(shown.person.name)}</b> has begun the free trial: {days}."
