"""Every sentence about a person's own data, and about deleting anyone's."""

from datetime import date

from bot.models.privacy import Holdings, Loss
from bot.texts.format import calendar_day

DOWNLOAD = "📄 Download"
DELETE_MINE = "🗑 Delete my data"
YES_DELETE = "🗑 Yes, delete"

FILE_NAME = "my-data.json"
FILE_CAPTION = "📄 Everything the club holds about you. Each field is explained at the end."

MY_DATA = (
    "🔐 <b>My data</b>\nDownload everything the club holds about you, or have it deleted. "
    "Only you can do this here."
)


def ask_delete(loss: Loss) -> str:
    until = loss.subscribed_until
    return (
        f"🗑 Delete everything about you? This cannot be undone.\n\n{going(loss.holdings)}\n"
        f"{_ends(until) if until else ''}"
        "If you write to me again, you start as a new visitor."
    )


def _ends(until: date) -> str:
    return (
        f"💳 Your subscription until <b>{calendar_day(until)}</b> ends with it. If money is to "
        "come back to you, talk to the club first.\n"
    )


def farewell(holdings: Holdings) -> str:
    return (
        f"🗑 Your data is deleted.\n\n{going(holdings, done=True)}\n"
        "Thank you for having been with us. 👋"
    )


def going(holdings: Holdings, *, done: bool = False) -> str:
    """What goes and what stays, kind by kind."""
    goes, stays = ("Gone", "Kept") if done else ("What goes", "What stays")
    counts = [
        (holdings.profiles, "profile", "profiles"),
        (holdings.photos, "photo", "photos"),
        (holdings.registrations, "registration", "registrations"),
        (holdings.notices, "message", "messages"),
    ]
    rows = [f"• {_count(*kind)}" for kind in counts]
    rows += _about_claims(holdings)
    rows += [f"• {_count(holdings.visits, 'visit', 'visits')}"] if holdings.visits else []
    entries = _count(holdings.audit_entries, "audit entry", "audit entries")
    return "\n".join(
        [
            f"<b>{goes}</b>",
            "• name, username and Telegram id",
            *rows,
            *(["• the birthday"] if holdings.birthdays else []),
            *(["• your choices about notifications"] if holdings.preferences else []),
            f"<b>{stays}</b>, without the name",
            f"• {entries}{', with the reasons in them' if holdings.audit_entries else ''}",
            *_about_subscriptions(holdings),
            *_about_invitations(holdings),
            *_about_documents(holdings),
            *_about_photos(holdings),
        ]
    )


def _about_claims(holdings: Holdings) -> list[str]:
    """What was written and sent with them goes; what was booked of them is a receipt."""
    told = [
        (holdings.claims, "reported payment", "reported payments"),
        (holdings.requests, "request for money", "requests for money"),
        (holdings.rejections, "objection to an invoice", "objections to invoices"),
        (holdings.purchases, "request for a subscription", "requests for a subscription"),
    ]
    return [f"• what was said and sent with {_count(*each)}" for each in told if each[0]]


def _about_subscriptions(holdings: Holdings) -> list[str]:
    bought = _count(holdings.subscriptions, "subscription", "subscriptions")
    return [f"• {bought}, with what changed and why"] if holdings.subscriptions else []


def _about_invitations(holdings: Holdings) -> list[str]:
    if not holdings.referrals:
        return []
    return [f"• {_count(holdings.referrals, 'invitation', 'invitations')} of or by a friend"]


def _about_documents(holdings: Holdings) -> list[str]:
    kinds = [
        (holdings.invoices, "invoice", "invoices"),
        (holdings.credit_notes, "credit note", "credit notes"),
        (holdings.receipts, "receipt", "receipts"),
        (holdings.refunds, "refund", "refunds"),
    ]
    named = [_count(*each) for each in kinds if each[0]]
    if not named:
        return []
    what = f"<b>{', '.join(named)}</b>"
    return [f"{what} stay as they were issued, with the name: tax law wants them kept."]


def _about_photos(holdings: Holdings) -> list[str]:
    if not holdings.photos:
        return []
    where = (
        "A photo itself lies with Telegram, not with the club: the club forgets where, and who "
        "sent it can delete it in this chat."
    )
    return [where]


def _count(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
