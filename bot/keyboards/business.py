"""Buttons of the business profile, the GST settings and the rates by date."""

from collections.abc import Sequence
from typing import Final, Literal

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.keyboards.common import OpenAdmin, Page, back, button, cancel, keyboard, leaf, pager
from bot.models.business import EMPTY, Business, BusinessSetting, GstScheme, TaxRatePage
from bot.models.gstin import STATES
from bot.texts import business as texts

_STATES_SHOWN: Final = 12
Switched = Literal[
    BusinessSetting.IS_GST_ON,
    BusinessSetting.PRICES_INCLUSIVE,
    BusinessSetting.TAXES_SHIPPING,
    BusinessSetting.IS_ROUNDED,
    BusinessSetting.CREDITS_OVERPAYMENT,
    BusinessSetting.ADVANCES_ARE_FITNESS,
]
Asked = Literal[
    BusinessSetting.LEGAL_NAME,
    BusinessSetting.TRADE_NAME,
    BusinessSetting.ADDRESS,
    BusinessSetting.STATE_CODE,
    BusinessSetting.GSTIN,
    BusinessSetting.DEFAULT_RATE_BPS,
    BusinessSetting.SERVICE_SAC,
    BusinessSetting.UPI_ID,
    BusinessSetting.BANK_DETAILS,
    BusinessSetting.LOGO_FILE_ID,
    BusinessSetting.INVOICE_PREFIX,
    BusinessSetting.TERMS,
    BusinessSetting.DUE_DAYS,
]
Removable = Literal[
    BusinessSetting.ADDRESS,
    BusinessSetting.GSTIN,
    BusinessSetting.UPI_ID,
    BusinessSetting.BANK_DETAILS,
    BusinessSetting.LOGO_FILE_ID,
    BusinessSetting.TERMS,
]


class OpenBusiness(CallbackData, prefix="biz-open"):
    """Show what is set, an open question about it left unanswered."""


class ChooseScheme(CallbackData, prefix="biz-scheme"):
    """Stand so to GST, whatever it is now."""

    scheme: GstScheme


class SwitchBusiness(CallbackData, prefix="biz-switch"):
    """Switch one on or off, whatever it is now."""

    setting: Switched
    on: bool


class EditBusiness(CallbackData, prefix="biz-edit"):
    """Ask for a new value."""

    setting: Asked


class EmptyBusiness(CallbackData, prefix="biz-empty"):
    """Leave it out."""

    setting: Removable


class OpenStates(CallbackData, prefix="biz-states"):
    """Show a page of the States to choose from."""

    page: Page


class PickState(CallbackData, prefix="biz-state"):
    """Take a State."""

    code: str


class OpenTaxRates(CallbackData, prefix="rate-list"):
    """Show a page of the rates by date, an open question about one left unanswered."""

    page: Page = 0


class AddTaxRate(CallbackData, prefix="rate-add"):
    """Ask for a rate with its date."""


def settings(business: Business) -> InlineKeyboardMarkup:
    edits = [
        button(label, EditBusiness(setting=setting))
        for setting, label in texts.EDIT.items()
        if setting is not BusinessSetting.STATE_CODE or not business.gstin
    ]
    return keyboard(
        [_scheme(each, business) for each in GstScheme],
        *_pairs([_switch(business, setting) for setting in texts.SWITCHES]),
        *_pairs(edits),
        [button(texts.RATES, OpenTaxRates())],
        [back(OpenAdmin())],
    )


def question(business: Business, setting: BusinessSetting, page: int = 0) -> InlineKeyboardMarkup:
    """``page``: of the States, where one is asked for."""
    empty = setting in EMPTY and getattr(business, setting) != EMPTY[setting]
    return keyboard(
        *(_states(page) if setting is BusinessSetting.STATE_CODE else []),
        [button(texts.REMOVE, EmptyBusiness(setting=setting))] if empty else [],
        [back(OpenBusiness()), cancel("BusinessForm")],
    )


def rates(shown: TaxRatePage) -> InlineKeyboardMarkup:
    return keyboard(
        [button(texts.ADD_RATE, AddTaxRate())],
        pager(shown.number, shown.pages, lambda number: OpenTaxRates(page=number)),
        [back(OpenBusiness())],
    )


def rate_question() -> InlineKeyboardMarkup:
    return keyboard([back(OpenTaxRates()), cancel("TaxRateForm")])


def _scheme(scheme: GstScheme, business: Business) -> InlineKeyboardButton:
    label = texts.scheme(scheme, is_chosen=scheme is business.scheme)
    return button(label, ChooseScheme(scheme=scheme))


def _switch(business: Business, setting: BusinessSetting) -> InlineKeyboardButton:
    on = bool(getattr(business, setting))
    return button(texts.switch(setting, on=on), SwitchBusiness(setting=setting, on=not on))


def _states(page: int) -> list[list[InlineKeyboardButton]]:
    shown, turn = leaf(list(STATES), page, _STATES_SHOWN, lambda number: OpenStates(page=number))
    choices = [button(texts.state(code), PickState(code=code)) for code in shown]
    return [*_pairs(choices), turn]


def _pairs(buttons: Sequence[InlineKeyboardButton]) -> list[list[InlineKeyboardButton]]:
    return [list(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]
