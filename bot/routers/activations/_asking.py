"""A question about a purchase that waits: below its card, or in place of the draft."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from aiogram.fsm.context import FSMContext

from bot.keyboards.activations import ApprovePurchase, ChangeLastDay, ChangePrice
from bot.models.purchases import PurchaseCard, PurchaseStatus
from bot.replies import Reply
from bot.routers.activations._draft import Kept, close, opened
from bot.routers.activations.screens import too_late
from bot.services.club import ClubService
from bot.services.purchases import PurchaseService


async def ask(
    pressed: ApprovePurchase | ChangePrice | ChangeLastDay,
    question: Callable[[FSMContext, PurchaseCard, Kept], Awaitable[Reply]],
    state: FSMContext,
    purchases: PurchaseService,
    club: ClubService,
) -> Reply:
    """Below the card, so that Cancel leaves the card as it is; who comes too late is told."""
    found = await purchases.card_to_approve(pressed.purchase_id)
    if found.purchase.status is not PurchaseStatus.WAITING:
        await close(state, found.purchase.id)
        return too_late(found, (await club.get()).zone)
    was = await opened(state, found.purchase.id, drafting=pressed.drafting)
    return replace(await question(state, found, was), fresh=not pressed.drafting)
