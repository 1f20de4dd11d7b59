"""The store's items as admins see them: list, search, card; one added, one changed."""

from aiogram import Router
from aiogram.filters import StateFilter

from bot.keyboards import items as keyboards
from bot.models.people import Role
from bot.routers._filters import May, Step
from bot.routers._forms import expect_button
from bot.routers.items import add, browse, edit
from bot.states.items import ItemEditForm, ItemForm, ItemSearchForm


def build_router() -> Router:
    router = Router(name="items")
    _register_browse(router)
    _register_add(router)
    _register_edit(router)
    return router


def _register_browse(router: Router) -> None:
    admin, press = May(Role.ADMIN), router.callback_query.register
    press(browse.show_page, keyboards.OpenItems.filter(), admin)
    press(browse.ask_search, keyboards.FindItem.filter(), admin)
    router.message.register(browse.take_search, Step(ItemSearchForm.part), admin)
    press(browse.show_card, keyboards.ShowItem.filter(), admin)
    press(browse.export, keyboards.ExportItems.filter(), admin)


def _register_add(router: Router) -> None:
    admin, press = May(Role.ADMIN), router.callback_query.register
    in_form, at_review = StateFilter(ItemForm), StateFilter(ItemForm.review)
    press(add.begin_item, keyboards.AddItem.filter(), admin)
    router.message.register(add.take_answer, Step(*add.QUESTIONS.steps), admin)
    press(add.take_common, keyboards.AnswerItem.filter(), in_form, admin)
    router.message.register(expect_button, Step(ItemForm.review), admin)
    press(add.pick_kind, keyboards.PickItemKind.filter(), at_review, admin)
    press(add.save, keyboards.SaveItem.filter(), at_review, admin)


def _register_edit(router: Router) -> None:
    admin, press = May(Role.ADMIN), router.callback_query.register
    press(edit.ask_value, keyboards.EditItem.filter(), admin)
    router.message.register(edit.take_value, Step(ItemEditForm.value), admin)
    press(edit.set_value, keyboards.SetItem.filter(), admin)
    press(edit.set_kind, keyboards.SetItemKind.filter(), admin)
    press(edit.switch, keyboards.SwitchItem.filter(), admin)
