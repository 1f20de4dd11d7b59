"""Leaving a form: /cancel, the Cancel button and the Cancel key, whatever form is open."""

from aiogram import Router
from aiogram.filters import Command
from aiogram.fsm.context import FSMContext
from aiogram.types import CallbackQuery, Message

from bot.keyboards import common, forms
from bot.keyboards.common import CancelForm
from bot.models.people import Role
from bot.replies import Reply, alert, show
from bot.routers._filters import CancelLabel, May
from bot.routers._forms import form_named
from bot.texts import common as texts


def build_router() -> Router:
    router = Router(name="cancel")
    router.message.register(cancel, Command("cancel"), May(Role.VISITOR))
    router.message.register(cancel_by_key, CancelLabel(), May(Role.VISITOR))
    router.callback_query.register(cancel_this, CancelForm.filter(), May(Role.VISITOR))
    return router


async def cancel(_message: Message, state: FSMContext, raw_state: str | None) -> Reply:
    if raw_state is None:
        return show(texts.NOTHING_TO_CANCEL, common.only_menu())
    return await _leave(state, raw_state)


cancel_by_key = cancel


async def cancel_this(
    _query: CallbackQuery, callback_data: CancelForm, state: FSMContext, raw_state: str | None
) -> Reply:
    if (raw_state or "").partition(":")[0] != callback_data.form:
        return alert(texts.OLD_BUTTON)
    return await _leave(state, callback_data.form)


async def _leave(state: FSMContext, raw_state: str) -> Reply:
    await state.clear()
    form = form_named(raw_state.partition(":")[0])
    return show(texts.CANCELLED, forms.cancelled(form.under if form else None))
