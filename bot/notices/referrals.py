"""What a member is told of the credit for a friend."""

from bot.models.notices import Notice
from bot.replies import Reply, say
from bot.services import Services
from bot.texts import referrals as texts


async def given(notice: Notice, services: Services) -> Reply | None:
    reward = await services.referrals.reward_of_notice(notice)
    return say(texts.given(reward)) if reward else None


async def taken_back(notice: Notice, services: Services) -> Reply | None:
    refund = await services.referrals.taken_back_of_notice(notice)
    return say(texts.taken_back(refund)) if refund else None
