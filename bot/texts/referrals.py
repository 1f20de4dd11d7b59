"""Every sentence about inviting friends."""

from typing import Final

from bot.models.club import Club
from bot.models.menu import Menu
from bot.models.payments import Payment, Refund
from bot.models.people import Person
from bot.models.referrals import Arrival, Invitations
from bot.texts import menu
from bot.texts.amounts import rupees
from bot.texts.format import esc

INVITE: Final = "🤝 Invite a friend"
SHARE: Final = "📨 Send to a friend"
COPY: Final = "📋 Copy the link"
_HEAD: Final = "🤝 <b>Invite a friend</b>"
_ARRIVALS: Final = {
    Arrival.COUNTED: "🤝 A member has invited you: good to have you here.",
    Arrival.OWN: "🤝 This is your own link. Send it to friends who are no members yet: /invite",
    Arrival.NOT_COUNTED: "",
}


def screen(shown: Invitations, link: str) -> str:
    offer = (
        "Send your link to friends who are no members yet. When the first payment of one of them "
        f"is in, you get <b>{rupees(shown.reward_paise)}</b> as credit."
    )
    return "\n".join([_HEAD, offer, "", f"<code>{esc(link)}</code>", "", *_so_far(shown)])


def no_reward(shown: Invitations) -> str:
    """While the club gives none, also what there was."""
    told = ["", *_so_far(shown)] if shown.came else []
    return "\n".join([_HEAD, "The club gives no reward for friends at the moment.", *told])


def words_to_share(club: Club) -> str:
    """Bare text, no HTML: the member sends it as their own."""
    return f"Come and train with me at {club.name}!"


def welcome(shown: Menu, me: Person, arrival: Arrival) -> str:
    said = _ARRIVALS[arrival]
    return f"{said}\n\n{menu.welcome(shown, me)}" if said else menu.welcome(shown, me)


def given(reward: Payment) -> str:
    return (
        f"🤝 <b>{rupees(reward.total_paise)} for you</b>: the first payment of a friend you "
        "invited is in. Thank you! It is credit: use it for what is due, see /pay."
    )


def taken_back(refund: Refund) -> str:
    return (
        f"↩️ <b>{rupees(refund.total_paise)} of your credit was taken back</b>: the payment of the "
        "friend you invited has gone back. See /invite."
    )


def _so_far(shown: Invitations) -> list[str]:
    if not shown.came:
        return ["Nobody has come by it yet."]
    return [
        f"Friends who came: {shown.came}",
        f"Rewarded: {shown.rewarded}",
        f"Earned: {rupees(shown.earned_paise)}",
    ]
