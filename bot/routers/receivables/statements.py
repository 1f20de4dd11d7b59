"""Statements of an account: read in the chat, or sent as a file; one's own, or any for admins."""

import asyncio

from aiogram.types import CallbackQuery

from bot.documents.statements import statement_pdf
from bot.keyboards import receivables as keyboards
from bot.keyboards.invoices import OwnStatement
from bot.keyboards.receivables import SendOwnStatement, SendStatement, ShowStatement
from bot.models.payments import Account
from bot.models.people import Person
from bot.models.receivables import account_at
from bot.models.statements import Statement
from bot.replies import Reply, document, show
from bot.services.receivables import ReceivableService
from bot.texts import statements as texts


async def show_one(
    _query: CallbackQuery, callback_data: ShowStatement, me: Person, receivables: ReceivableService
) -> Reply:
    account = account_at(callback_data.ref)
    shown = await receivables.statement(account, callback_data.period, me=me)
    return show(texts.summary(shown), keyboards.statement(shown))


async def send_one(
    _query: CallbackQuery, callback_data: SendStatement, me: Person, receivables: ReceivableService
) -> Reply:
    account = account_at(callback_data.ref)
    return await _as_file(await receivables.statement(account, callback_data.period, me=me))


async def show_own(
    _query: CallbackQuery, callback_data: OwnStatement, me: Person, receivables: ReceivableService
) -> Reply:
    account = Account(person_id=me.id)
    shown = await receivables.statement(account, callback_data.period, me=me)
    return show(texts.summary(shown), keyboards.own_statement(shown))


async def send_own(
    _query: CallbackQuery,
    callback_data: SendOwnStatement,
    me: Person,
    receivables: ReceivableService,
) -> Reply:
    account = Account(person_id=me.id)
    return await _as_file(await receivables.statement(account, callback_data.period, me=me))


async def _as_file(shown: Statement) -> Reply:
    """The same bytes for the same rows."""
    content = await asyncio.to_thread(statement_pdf, shown)
    return document(texts.file_name(shown), content, texts.caption(shown))
