"""Writing an invoice: for whom, its lines, their address, and what makes of it a document."""

from aiogram import Router
from aiogram.filters import StateFilter

from bot.keyboards import drafts as keyboards
from bot.models.people import Role
from bot.routers._filters import May, Step
from bot.routers._forms import expect_button
from bot.routers.drafts import address, begin, lines, screens, sending
from bot.states.drafts import BuyerForm, DraftForm


def build_router() -> Router:
    router = Router(name="drafts")
    _register_begin(router)
    _register_lines(router)
    _register_address(router)
    _register_sending(router)
    return router


def _register_begin(router: Router) -> None:
    admin, press, take = May(Role.ADMIN), router.callback_query.register, router.message.register
    in_form = StateFilter(BuyerForm)
    press(begin.ask_buyer, keyboards.BeginInvoice.filter(), admin)
    press(begin.ask_buyer_again, in_form, keyboards.AskBuyerAgain.filter(), admin)
    take(begin.take_search, Step(BuyerForm.search), admin)
    press(begin.pick_buyer, in_form, keyboards.PickBuyer.filter(), admin)
    press(begin.ask_walk_in, in_form, keyboards.AskWalkIn.filter(), admin)
    take(begin.take_walk_in, Step(BuyerForm.name), admin)
    press(screens.show_draft, keyboards.OpenDraft.filter(), admin)
    press(screens.resume, keyboards.ResumeDraft.filter(), admin)
    press(screens.show_sources, keyboards.AddLine.filter(), admin)


def _register_lines(router: Router) -> None:
    admin, press, take = May(Role.ADMIN), router.callback_query.register, router.message.register
    at_item, at_kind = StateFilter(DraftForm.item), StateFilter(DraftForm.kind)
    at_quantity, at_discount = StateFilter(DraftForm.quantity), StateFilter(DraftForm.discount)
    press(lines.ask_store_item, keyboards.AskStoreItem.filter(), admin)
    take(lines.take_item, Step(DraftForm.item), admin)
    press(lines.pick_item, at_item, keyboards.PickItem.filter(), admin)
    press(lines.ask_custom_item, keyboards.AskCustomItem.filter(), admin)
    take(lines.take_name, Step(DraftForm.name), admin)
    take(lines.take_price, Step(DraftForm.price), admin)
    take(expect_button, Step(DraftForm.kind), admin)
    press(lines.pick_kind, at_kind, keyboards.PickLineKind.filter(), admin)
    take(lines.take_quantity, Step(DraftForm.quantity), admin)
    press(lines.pick_quantity, at_quantity, keyboards.PickQuantity.filter(), admin)
    take(lines.take_discount, Step(DraftForm.discount), admin)
    press(lines.pick_discount, at_discount, keyboards.PickDiscount.filter(), admin)
    press(lines.ask_remove, keyboards.AskRemove.filter(), admin)
    press(lines.remove, keyboards.RemoveLine.filter(), admin)


def _register_address(router: Router) -> None:
    admin, press, take = May(Role.ADMIN), router.callback_query.register, router.message.register
    at_state = StateFilter(DraftForm.state)
    press(address.ask_address, keyboards.AskAddress.filter(), admin)
    take(address.take_address, Step(DraftForm.address), admin)
    press(address.show_states, at_state, keyboards.OpenBuyerStates.filter(), admin)
    take(address.take_state, Step(DraftForm.state), admin)
    press(address.pick_state, at_state, keyboards.PickBuyerState.filter(), admin)
    press(address.ask_gstin, keyboards.AskBuyerGstin.filter(), admin)
    take(address.take_gstin, Step(DraftForm.gstin), admin)
    press(address.forget_gstin, keyboards.ForgetBuyerGstin.filter(), admin)


def _register_sending(router: Router) -> None:
    admin, press, take = May(Role.ADMIN), router.callback_query.register, router.message.register
    press(sending.ask_shipping, keyboards.FinishItems.filter(), admin)
    take(sending.take_shipping, Step(DraftForm.shipping), admin)
    press(sending.no_shipping, keyboards.NoShipping.filter(), admin)
    press(sending.send, keyboards.SendInvoice.filter(), admin)
    press(sending.drop, keyboards.DropDraft.filter(), admin)
