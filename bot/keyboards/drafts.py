"""Buttons of an invoice that is being written."""

from collections.abc import Sequence
from typing import Annotated, Final

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup
from pydantic import Field

from bot.keyboards.common import OpenInvoices, Page, RowId, back, button, cancel, keyboard, leaf
from bot.models.drafts import Draft, DraftEntry, DraftLine, Review
from bot.models.gstin import STATES
from bot.models.items import Item, ItemKind
from bot.models.people import Person
from bot.texts import business as business_texts
from bot.texts import drafts as texts
from bot.texts import items as item_texts
from bot.texts import members as member_texts
from bot.texts.amounts import percent

COMMON_QUANTITIES: Final = (1, 2, 3)
COMMON_DISCOUNTS: Final = (0, 5, 10, 20)  # percent
_STATES_SHOWN: Final = 12
_LINES_SHOWN: Final = 20  # on a page


class BeginInvoice(CallbackData, prefix="inv-new"):
    """Ask for whom a new one is."""


class AskBuyerAgain(CallbackData, prefix="inv-whom"):
    """Go back to the question for whom it is."""


class AskWalkIn(CallbackData, prefix="inv-walk-in"):
    """Ask the name of a customer who is no member."""


class PickBuyer(CallbackData, prefix="inv-buyer"):
    """Begin a draft for this person."""

    person_id: RowId


class OpenDraft(CallbackData, prefix="inv-draft"):
    """Show it as it is, an open question about it left unanswered."""

    draft_id: RowId


class ResumeDraft(CallbackData, prefix="inv-resume"):
    """Show one's open draft; of several, ask which."""


class AddLine(CallbackData, prefix="inv-more"):
    """Ask what else goes on it."""

    draft_id: RowId


class AskStoreItem(CallbackData, prefix="inv-store"):
    draft_id: RowId


class PickItem(CallbackData, prefix="inv-item"):
    """Take this item, of several that were found."""

    item_id: RowId


class AskCustomItem(CallbackData, prefix="inv-custom"):
    draft_id: RowId


class PickLineKind(CallbackData, prefix="inv-kind"):
    kind: ItemKind


class PickQuantity(CallbackData, prefix="inv-qty"):
    quantity: Annotated[int, Field(ge=1, le=9_999)]


class PickDiscount(CallbackData, prefix="inv-off"):
    percent: Annotated[int, Field(ge=0, le=80)]


class AskRemove(CallbackData, prefix="inv-cut"):
    """Ask which line goes."""

    draft_id: RowId
    page: Page = 0


class RemoveLine(CallbackData, prefix="inv-cut-line"):
    draft_id: RowId
    line_id: RowId


class AskAddress(CallbackData, prefix="inv-address"):
    draft_id: RowId


class OpenBuyerStates(CallbackData, prefix="inv-states"):
    """Show a page of the States to choose from."""

    page: Page


class PickBuyerState(CallbackData, prefix="inv-state"):
    code: str


class AskBuyerGstin(CallbackData, prefix="inv-gstin"):
    draft_id: RowId


class ForgetBuyerGstin(CallbackData, prefix="inv-no-gstin"):
    draft_id: RowId


class FinishItems(CallbackData, prefix="inv-finish"):
    """Ask for shipping, then show the review."""

    draft_id: RowId


class NoShipping(CallbackData, prefix="inv-no-ship"):
    draft_id: RowId


class SendInvoice(CallbackData, prefix="inv-send"):
    """Issue what was looked at."""

    draft_id: RowId
    revision: Annotated[int, Field(ge=1, lt=2**31)]


class DropDraft(CallbackData, prefix="inv-drop"):
    draft_id: RowId


def buyer() -> InlineKeyboardMarkup:
    return keyboard([button(texts.WALK_IN, AskWalkIn())], _out_of_search())


def hits(people: Sequence[Person]) -> InlineKeyboardMarkup:
    rows = [[button(member_texts.hit(one), PickBuyer(person_id=one.id))] for one in people]
    return keyboard(*rows, [button(texts.WALK_IN, AskWalkIn())], _out_of_search())


def walk_in() -> InlineKeyboardMarkup:
    return keyboard([back(AskBuyerAgain()), cancel("BuyerForm")])


def resume(entries: Sequence[DraftEntry]) -> InlineKeyboardMarkup:
    rows = [[button(texts.entry(one), OpenDraft(draft_id=one.id))] for one in entries]
    return keyboard(*rows, [button(texts.NEW, BeginInvoice())], [back(OpenInvoices())])


def draft(shown: Review) -> InlineKeyboardMarkup:
    this, has_lines = {"draft_id": shown.draft.id}, bool(shown.draft.lines)
    return keyboard(
        _sources(shown.draft.id),
        [button(texts.REMOVE, AskRemove(**this))] if has_lines else [],
        [button(texts.ADDRESS, AskAddress(**this)), button(texts.GSTIN, AskBuyerGstin(**this))],
        [button(texts.FINISH, FinishItems(**this))] if has_lines else [],
        [button(texts.DROP, DropDraft(**this))],
        [back(OpenInvoices())],
    )


def more(draft_id: int) -> InlineKeyboardMarkup:
    return keyboard(_sources(draft_id), [back(OpenDraft(draft_id=draft_id))])


def added(draft_id: int) -> InlineKeyboardMarkup:
    return keyboard(
        [
            button(texts.ADD_ANOTHER, AddLine(draft_id=draft_id)),
            button(texts.FINISH, FinishItems(draft_id=draft_id)),
        ],
        [back(OpenDraft(draft_id=draft_id))],
    )


def question(draft_id: int, *rows: list[InlineKeyboardButton]) -> InlineKeyboardMarkup:
    """Under a question about a draft; ``rows`` are answers to tap."""
    return keyboard(*rows, [back(OpenDraft(draft_id=draft_id)), cancel("DraftForm")])


def items(draft_id: int, found: Sequence[Item]) -> InlineKeyboardMarkup:
    rows = [[button(item_texts.hit(one), PickItem(item_id=one.id))] for one in found]
    return question(draft_id, *rows)


def kinds(draft_id: int) -> InlineKeyboardMarkup:
    rows = [[button(label, PickLineKind(kind=kind))] for kind, label in texts.LINE_KINDS.items()]
    return question(draft_id, *rows)


def quantities(draft_id: int) -> InlineKeyboardMarkup:
    common = [button(str(each), PickQuantity(quantity=each)) for each in COMMON_QUANTITIES]
    return question(draft_id, common)


def discounts(draft_id: int) -> InlineKeyboardMarkup:
    common = [button(percent(each * 100), PickDiscount(percent=each)) for each in COMMON_DISCOUNTS]
    return question(draft_id, common)


def removal(draft_id: int, lines: Sequence[DraftLine], page: int) -> InlineKeyboardMarkup:
    shown, turn = leaf(
        lines, page, _LINES_SHOWN, lambda number: AskRemove(draft_id=draft_id, page=number)
    )
    rows = [
        [button(texts.remove(one), RemoveLine(draft_id=draft_id, line_id=one.id))] for one in shown
    ]
    return keyboard(*rows, turn, [back(OpenDraft(draft_id=draft_id))])


def states(draft_id: int, page: int = 0) -> InlineKeyboardMarkup:
    shown, turn = leaf(
        list(STATES), page, _STATES_SHOWN, lambda number: OpenBuyerStates(page=number)
    )
    choices = [button(business_texts.state(code), PickBuyerState(code=code)) for code in shown]
    pairs = (choices[at : at + 2] for at in range(0, len(choices), 2))
    return question(draft_id, *pairs, turn)


def gstin(of: Draft) -> InlineKeyboardMarkup:
    forget = [button(texts.NO_GSTIN, ForgetBuyerGstin(draft_id=of.id))] if of.buyer.gstin else []
    return question(of.id, forget)


def shipping(draft_id: int) -> InlineKeyboardMarkup:
    return question(draft_id, [button(texts.NO_SHIPPING, NoShipping(draft_id=draft_id))])


def review(of: Draft) -> InlineKeyboardMarkup:
    send = SendInvoice(draft_id=of.id, revision=of.revision)
    return keyboard([button(texts.SEND, send)], [back(OpenDraft(draft_id=of.id))])


def done() -> InlineKeyboardMarkup:
    return keyboard([button(texts.NEW, BeginInvoice())], [back(OpenInvoices())])


def _sources(draft_id: int) -> list[InlineKeyboardButton]:
    return [
        button(texts.STORE_ITEM, AskStoreItem(draft_id=draft_id)),
        button(texts.CUSTOM_ITEM, AskCustomItem(draft_id=draft_id)),
    ]


def _out_of_search() -> list[InlineKeyboardButton]:
    return [back(OpenInvoices()), cancel("BuyerForm")]
