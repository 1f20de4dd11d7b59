"""The file of a person's own data: everything, with every field explained."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, Final

import orjson

from bot.models.invoices import Invoice
from bot.models.members import MemberCard
from bot.models.notifications import Preferences
from bot.models.privacy import PastBan, PersonalData, Told, Trace
from bot.models.registrations import Applicant, Registration
from bot.texts import privacy_money as money
from bot.texts.menu import role_name

MEANING: Final = {
    "times": "All times are ISO 8601 in UTC.",
    "taken_at": "When this file was made; it is complete as of that moment.",
    "person": "What Telegram says of you, and who you are to the club. first_seen_at: your first "
    "message here. reachable: whether you let this bot write to you.",
    "profile": "What you registered with, since the club approved it; null if you are no member. "
    "phone is in international form; phone_verified: shared with Telegram's button, not typed. "
    "weight_grams is in grams. photo_file_id: the address of your photo at Telegram; the club "
    "keeps no copy.",
    "registrations": "Every registration you sent, what became of it, and the reason given.",
    "bans": "Every ban, when it was lifted (null: not), and its reason.",
    "audit": "What the club wrote down about you or what you did in office. Other people are named "
    "by their role only. before and after: what changed about you.",
    "notices": "Messages owed to you: when written, and when sent or refused by Telegram. payload "
    "is what they were about. withheld: done with, without a message, as you had turned its kind "
    "off. read_at, hidden_at: when you opened it, and took it off your list.",
    "notification_choices": "How you want to hear of each kind, where you chose: now, waits (until "
    "after quiet hours) or off; your quiet hours, on the clock of the club. null: you never chose.",
    "visits": "The days on which you came in, of the club's calendar, and when that was marked.",
    "birthday": "The day you told us, to be congratulated on, the year if you gave it; null: none. "
    "That a greeting or a follow-up was sent is noted, so that none comes twice: see notices.",
    "invoices": "What the club billed you, as it was issued; the law wants it kept for years, also "
    "when you have your data deleted. Amounts are in paise; rate_bps and discount_bps are in "
    "hundredths of a percent. place_of_supply: a State's code.",
    **money.MEANING,
    "referrals": "When you came by another member's invitation (null: you did not), and how many "
    "friends came by yours. Nobody else is named.",
    "not_in_this_file": "The chat itself lies with Telegram. A half-filled form is kept for "
    "minutes only. A message that failed by a fault of ours may be kept aside for 30 days, to be "
    "tried again. Technical logs hold no names and no texts.",
}


def as_file(data: PersonalData) -> bytes:
    """Machine-readable JSON, indented for people."""
    content = {
        "taken_at": _time(data.taken_at),
        "person": _person(data.card),
        "profile": _profile(data.card),
        "registrations": [_registration(one) for one in data.registrations],
        "bans": [_ban(one) for one in data.bans],
        "audit": [_trace(one) for one in data.traces],
        "notices": [_notice(one) for one in data.notices],
        "notification_choices": _preferences(data.preferences),
        "visits": [{"day": one.day, "marked_at": _time(one.at)} for one in data.visits],
        "birthday": data.birthday and asdict(data.birthday),
        "invoices": [_invoice(one) for one in data.invoices],
        **money.as_json(data.money),
        "referrals": {
            "came_at": _time(data.referrals.came_at),
            "invited": data.referrals.invited,
        },
        "meaning": MEANING,
    }
    return orjson.dumps(content, option=orjson.OPT_INDENT_2)


def _person(card: MemberCard) -> dict[str, Any]:
    person = card.person
    return {
        "telegram_id": person.telegram_id,
        "username": person.username,
        "display_name": person.display_name,
        "language_code": card.language_code,
        "role": role_name(person.role),
        "office": person.office,
        "reachable": person.is_reachable,
        "first_seen_at": _time(card.first_seen_at),
    }


def _profile(card: MemberCard) -> dict[str, Any] | None:
    if card.profile is None:
        return None
    return {**_applicant(card.profile), "joined_at": _time(card.joined_at)}


def _registration(one: Registration) -> dict[str, Any]:
    return {
        **_applicant(one.applicant),
        "status": one.status,
        "submitted_at": _time(one.submitted_at),
        "decided_at": _time(one.decided_at),
        "reason": one.reason,
    }


def _applicant(said: Applicant) -> dict[str, Any]:
    return {name: getattr(said, name) for name in Applicant.__slots__}


def _ban(one: PastBan) -> dict[str, Any]:
    return {
        "banned_at": _time(one.banned_at),
        "lifted_at": _time(one.lifted_at),
        "reason": one.reason,
    }


def _trace(one: Trace) -> dict[str, Any]:
    return {
        "at": _time(one.at),
        "action": one.action,
        "by": "you" if one.by_you else one.actor_role,
        "about": "you" if one.about_you else "somebody else, or the club",
        "before": one.before,
        "after": one.after,
    }


def _notice(one: Told) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "payload": one.payload,
        "written_at": _time(one.created_at),
        "sent_at": _time(one.sent_at),
        "refused_at": _time(one.refused_at),
        "withheld": one.withheld,
        "read_at": _time(one.read_at),
        "hidden_at": _time(one.hidden_at),
    }


def _invoice(one: Invoice) -> dict[str, Any]:
    whole = asdict(one)
    own = {key: whole[key] for key in whole if key not in {"id", "person_id"}}
    return {**own, "issued_at": _time(one.issued_at), "total_paise": one.totals.total_paise}


def _preferences(wishes: Preferences | None) -> dict[str, Any] | None:
    if wishes is None:
        return None
    hours = wishes.quiet_hours
    return {
        "choices": {topic.value: delivery.value for topic, delivery in wishes.choices.items()},
        "quiet_hours_on": wishes.is_quiet,
        "quiet_hours": {"from": f"{hours.starts:%H:%M}", "to": f"{hours.ends:%H:%M}"},
    }


def _time(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
