"""Messages that are not replies: facts to be told to someone later."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.models.people import Office


class NoticeKind(StrEnum):
    REGISTRATION_CARD = "registration-card"  # to admins; subject: the registration
    REGISTRATION_DECIDED = "registration-decided"  # to the applicant; subject: the registration
    BANNED = "banned"  # to the person; payload: reason
    UNBANNED = "unbanned"
    OFFICE_CHANGED = "office-changed"  # to the person; payload: office or null
    COMMANDS = "commands"  # no message: the command menu of their role is due
    JOB_DEAD = "job-dead"  # to owners; subject: the job
    ROWS_BROKEN = "rows-broken"  # to owners; subject: the job that looked; payload: sentences
    FROM_THE_CLUB = "from-the-club"  # an admin's words; payload: text
    BROADCAST = "broadcast"  # to a segment; subject: the broadcast
    BROADCAST_PROGRESS = "broadcast-progress"  # to who started it; subject: the broadcast
    INVOICE = "invoice"  # to the member, with its file; subject: the invoice
    PAYMENT_BOOKED = "payment-booked"  # to the member; subject: the payment
    REFUNDED = "refunded"  # to the member; subject: the refund, or a payment booked back
    CREDIT_NOTE = "credit-note"  # to the member; subject: the credit note
    REWARD_GIVEN = "reward-given"  # to who invited; subject: the reward, a payment
    REWARD_TAKEN_BACK = "reward-taken-back"  # to who invited; subject: the refund
    CLAIM_CARD = "claim-card"  # to admins; subject: the claim
    CLAIM_REJECTED = "claim-rejected"  # to the member; subject: the claim
    PAYMENT_REQUESTED = "payment-requested"  # to the person; subject: the request
    INVOICE_REJECTED = "invoice-rejected"  # to admins; subject: the rejection
    REJECTION_SETTLED = "rejection-settled"  # to the member: it stands; subject: the rejection
    PURCHASE_CARD = "purchase-card"  # to admins; subject: the purchase
    PURCHASE_REJECTED = "purchase-rejected"  # to the member; subject: the purchase
    SUBSCRIPTION_BEGUN = "subscription-begun"  # to the member; subject: the subscription
    SUBSCRIPTION_CHANGED = "subscription-changed"  # as the last; payload: kind, reason
    TRIAL_BEGUN = "trial-begun"  # to admins; subject: the subscription
    DUES_REMINDER = "dues-reminder"  # to who owes; payload: day, invoices
    EXPIRY_REMINDER = "expiry-reminder"  # to a member; payload: day, and what it says
    LOCKED_LIST = "locked-list"  # to admins; subject: the day; payload: day, people, count
    RENEWAL_ASKED = "renewal-asked"  # to a member who came; payload: day, is_in: let in, in grace
    FOLLOW_UP = "follow-up"  # to a member; subject: the step's days; payload: day, since
    BIRTHDAY = "birthday"  # to the person; payload: day


class Audience(StrEnum):
    """The one place where «who hears of this» is named."""

    OWNERS = "owners"
    ADMINS = "admins"  # with the owners
    MODERATORS = "moderators"  # with staff, admins and owners

    @property
    def offices(self) -> tuple[Office, ...]:
        return {
            Audience.OWNERS: (Office.OWNER,),
            Audience.ADMINS: (Office.OWNER, Office.ADMIN),
            Audience.MODERATORS: (Office.OWNER, Office.ADMIN, Office.STAFF),
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """``message_id`` is set once sent: from then on only a refresh (an edit) is due."""

    id: int
    kind: NoticeKind
    recipient_id: int
    chat_id: int
    subject_id: int | None
    payload: dict[str, Any]
    attempts: int
    message_id: int | None
    refresh: int  # how many refreshes were asked for when it was claimed
