"""What each kind of notice says, drawn from the rows as they are when it is sent."""

from collections.abc import Awaitable, Callable
from typing import Final

from bot.models.notices import Notice, NoticeKind
from bot.notices import (
    activations,
    bans,
    broadcasts,
    claims,
    expiry,
    follow_ups,
    invoices,
    jobs,
    members,
    payments,
    receivables,
    referrals,
    registrations,
    subscriptions,
    team,
    trials,
    verifications,
    visits,
)
from bot.replies import Reply
from bot.services import Services

# ``None``: there is nothing to say any more.
Renderer = Callable[[Notice, Services], Awaitable[Reply | None]]

RENDERERS: Final[dict[NoticeKind, Renderer]] = {
    NoticeKind.BANNED: bans.banned,
    NoticeKind.UNBANNED: bans.unbanned,
    NoticeKind.BROADCAST: broadcasts.letter,
    NoticeKind.BROADCAST_PROGRESS: broadcasts.progress,
    NoticeKind.FROM_THE_CLUB: members.from_the_club,
    NoticeKind.FOLLOW_UP: follow_ups.follow_up,
    NoticeKind.BIRTHDAY: follow_ups.birthday,
    NoticeKind.INVOICE: invoices.issued,
    NoticeKind.PAYMENT_BOOKED: payments.booked,
    NoticeKind.REFUNDED: payments.given_back,
    NoticeKind.CREDIT_NOTE: payments.credited,
    NoticeKind.REWARD_GIVEN: referrals.given,
    NoticeKind.REWARD_TAKEN_BACK: referrals.taken_back,
    NoticeKind.CLAIM_CARD: verifications.card,
    NoticeKind.CLAIM_REJECTED: claims.rejected,
    NoticeKind.PAYMENT_REQUESTED: claims.asked,
    NoticeKind.INVOICE_REJECTED: verifications.not_accepted,
    NoticeKind.REJECTION_SETTLED: claims.stands,
    NoticeKind.PURCHASE_CARD: activations.card,
    NoticeKind.PURCHASE_REJECTED: subscriptions.rejected,
    NoticeKind.SUBSCRIPTION_BEGUN: subscriptions.begun,
    NoticeKind.SUBSCRIPTION_CHANGED: subscriptions.changed,
    NoticeKind.TRIAL_BEGUN: trials.begun,
    NoticeKind.DUES_REMINDER: receivables.due,
    NoticeKind.EXPIRY_REMINDER: expiry.reminder,
    NoticeKind.LOCKED_LIST: expiry.locked,
    NoticeKind.RENEWAL_ASKED: visits.renewal,
    NoticeKind.JOB_DEAD: jobs.dead,
    NoticeKind.ROWS_BROKEN: jobs.rows_broken,
    NoticeKind.REGISTRATION_CARD: registrations.card,
    NoticeKind.REGISTRATION_DECIDED: registrations.decided,
    NoticeKind.OFFICE_CHANGED: team.office_changed,
}

# What was sent, drawn anew in place. A file stays the one it is: what stands below it is drawn.
REDRAWERS: Final[dict[NoticeKind, Renderer]] = {
    **RENDERERS,
    NoticeKind.INVOICE: invoices.redrawn,
}


class Drawing:
    """Draws notices for the screens that show one again; nothing is sent by it."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def of(self, notice: Notice) -> Reply | None:
        """``None``: there is nothing to say any more."""
        render = RENDERERS.get(notice.kind)
        return await render(notice, self._services) if render else None


# After these the person's slash commands are set anew.
CHANGE_ROLES: Final = {
    NoticeKind.COMMANDS,
    NoticeKind.REGISTRATION_DECIDED,
    NoticeKind.BANNED,
    NoticeKind.UNBANNED,
    NoticeKind.OFFICE_CHANGED,
}
