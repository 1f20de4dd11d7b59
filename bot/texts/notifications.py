"""Every sentence about a person's notifications and what they wish to hear."""

from typing import Final
from zoneinfo import ZoneInfo

from bot.models.notices import NoticeKind
from bot.models.notifications import (
    Delivery,
    Inbox,
    Notification,
    Opened,
    Preferences,
    QuietHours,
    Topic,
)
from bot.texts.format import esc, moment, shorten

TITLE: Final = "quiet hours"
READ_ALL = "✔️ Mark all read"
DELETE = "🗑 Delete"
DELETE_READ = "🗑 Delete all read"
CHOICES = "⚙️ What reaches me"

DELETED = "Deleted from your list."
OVER = "This is settled by now; there is nothing left to say about it."
_HEAD: Final = "🔔 <b>Notifications</b>"
_WORDS: Final = 24  # characters of a message on its button
_NEW: Final = "🔵"
_ALWAYS: Final = (
    "<b>Decisions about me</b>: always, at once. What becomes of your registration or your post in "
    "the club, and bans, cannot be turned off."
)

SUBJECTS: Final = {
    NoticeKind.REGISTRATION_CARD: "Registration to review",
    NoticeKind.REGISTRATION_DECIDED: "Your registration",
    NoticeKind.BANNED: "You were banned",
    NoticeKind.UNBANNED: "You were let in again",
    NoticeKind.OFFICE_CHANGED: "Your post in the club",
    NoticeKind.FROM_THE_CLUB: "Message from the club",
    NoticeKind.INVOICE: "Your invoice",
    NoticeKind.PAYMENT_BOOKED: "Your payment",
    NoticeKind.REFUNDED: "Your refund",
    NoticeKind.CREDIT_NOTE: "Your credit note",
    NoticeKind.REWARD_GIVEN: "Your reward",
    NoticeKind.REWARD_TAKEN_BACK: "Your reward",
    NoticeKind.CLAIM_CARD: "Payment to verify",
    NoticeKind.CLAIM_REJECTED: "Your payment",
    NoticeKind.PAYMENT_REQUESTED: "A payment is asked for",
    NoticeKind.INVOICE_REJECTED: "Invoice not accepted",
    NoticeKind.REJECTION_SETTLED: "Your invoice",
    NoticeKind.PURCHASE_CARD: "Subscription to approve",
    NoticeKind.PURCHASE_REJECTED: "Your subscription",
    NoticeKind.SUBSCRIPTION_BEGUN: "Your subscription",
    NoticeKind.SUBSCRIPTION_CHANGED: "Your subscription",
    NoticeKind.TRIAL_BEGUN: "Free trial begun",
    NoticeKind.EXPIRY_REMINDER: "Your subscription ends",
    NoticeKind.LOCKED_LIST: "Locked in the night",
    NoticeKind.RENEWAL_ASKED: "Your subscription",
    NoticeKind.BROADCAST: "News from the club",
    NoticeKind.DUES_REMINDER: "What is due",
    NoticeKind.FOLLOW_UP: "We have missed you",
    NoticeKind.BIRTHDAY: "Happy birthday",
    NoticeKind.JOB_DEAD: "Failed job",
    NoticeKind.ROWS_BROKEN: "Nightly check",
}
TOPICS: Final = {
    Topic.DECISIONS: "Decisions about me",
    Topic.MESSAGES: "Messages from the club",
    Topic.DOCUMENTS: "Invoices and payments",
    Topic.NEWS: "News from the club",
    Topic.REGISTRATIONS: "Registrations to review",
    Topic.PAYMENTS: "Payments to verify",
    Topic.REMINDERS: "Reminders",
    Topic.GREETINGS: "Greetings and follow-ups",
    Topic.ALARMS: "Alarms",
}
_DELIVERIES: Final = {
    Delivery.AT_ONCE: ("🔔", "at once"),
    Delivery.AFTER_QUIET_HOURS: ("🌙", "after quiet hours"),
    Delivery.OFF: ("🔕", "no message"),
}


def inbox(shown: Inbox) -> str:
    if not shown.total:
        return f"{_HEAD}\nNothing here: what the club tells you will stand here."
    page = f", page {shown.number + 1} of {shown.pages}" if shown.pages > 1 else ""
    unread = f"{shown.unread} unread of {shown.total}" if shown.unread else "All read"
    return f"{_HEAD}{page}\n{unread}. Tap one to read it."


def entry(one: Notification, zone: ZoneInfo) -> str:
    """A button's label: bare text, no HTML."""
    mark = "" if one.is_read else f"{_NEW} "
    words = " ".join((one.words or "").split())
    what = f"“{shorten(words, _WORDS)}”" if words else SUBJECTS[one.kind]
    return f"{mark}{what} · {moment(one.created_at, zone)}"


def opened(found: Opened, zone: ZoneInfo) -> str:
    """Said above the notice itself."""
    return f"🔔 {SUBJECTS[found.notice.kind]}, {moment(found.created_at, zone)}"


def deleted(many: int) -> str:
    return f"{many} deleted from your list." if many else "There was nothing to delete."


def choices(wishes: Preferences, topics: list[Topic], timezone: str) -> str:
    chosen = [
        f"<b>{TOPICS[topic]}</b>: {_DELIVERIES[wishes.delivery(topic)][1]}"
        for topic in topics
        if not topic.is_fixed
    ]
    quiet = f"on, {hours(wishes.quiet_hours)}" if wishes.is_quiet else "off"
    return "\n".join(
        [
            f"<b>{CHOICES}</b>",
            "All of it stands in your notifications. Tap to choose what also comes as a message.",
            "",
            _ALWAYS,
            *chosen,
            f"<b>Quiet hours</b>: {quiet}, in the club’s time ({esc(timezone)})",
        ]
    )


def choice(topic: Topic, delivery: Delivery) -> str:
    mark, words = _DELIVERIES[delivery]
    return f"{mark} {TOPICS[topic]}: {words}"


def switch(*, is_quiet: bool) -> str:
    return f"🌙 Quiet hours: {'on' if is_quiet else 'off'}"


def edit_hours(kept: QuietHours) -> str:
    return f"✏️ {hours(kept)}"


def ask_hours(kept: QuietHours) -> str:
    return (
        f"🌙 <b>From when until when is it to be quiet?</b>\nNow: {hours(kept)}\n"
        "Tap one, or send from and to, like 22:00-06:30."
    )


def hours(kept: QuietHours) -> str:
    return f"{kept.starts:%H:%M}–{kept.ends:%H:%M}"
