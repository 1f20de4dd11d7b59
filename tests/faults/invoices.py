"""What is done with invoices while workers die."""

from uuid import UUID, uuid4

from aiogram.filters.callback_data import CallbackData

from bot.keyboards.drafts import SendInvoice
from bot.keyboards.invoices import SendInvoiceAgain
from bot.services.drafts import DraftService
from bot.services.invoices import InvoiceService
from tests.stories.invoicing import billed, drafted


class Services:
    def __init__(self, db) -> None:
        self.drafts, self.invoices = DraftService(db), InvoiceService(db)


class Issuing:
    """A draft with one line: one number, one document, one notice."""

    of = "inv-send"

    async def prepare(self, stage, names) -> None:
        asha = await stage.person("Asha")
        self.ids: dict[str, int] = {}
        for name in names:
            member = await stage.club.member(name)
            self.ids[name] = await drafted(Services(stage.db), asha, member)
        await stage.says("Asha", "/start")

    def act(self, stage, name) -> int:
        return pressed(stage, SendInvoice(draft_id=self.ids[name], revision=2))

    async def check(self, stage, name) -> None:
        member = await stage.person(name)
        async with stage.db.reading() as repos:
            assert len(await repos.invoices.list_of_draft(self.ids[name])) == 1
            log = [entry.action for entry in await repos.audit.list_about(member.id)]
            told = await repos.privacy.list_told(member.id)
        assert log == ["invoice issued"]
        assert [notice.kind for notice in told] == ["invoice"]


class SendingAgain:
    """An invoice that its member has, sent once more."""

    of = "inv-again"

    async def prepare(self, stage, names) -> None:
        asha = await stage.person("Asha")
        self.ids: dict[str, tuple[int, UUID]] = {}
        for name in names:
            member = await stage.club.member(name)
            (entry,) = await billed(Services(stage.db), asha, member)
            self.ids[name] = entry.id, uuid4()
        await stage.says("Asha", "/start")

    def act(self, stage, name) -> int:
        invoice_id, operation_id = self.ids[name]
        again = SendInvoiceAgain(invoice_id=invoice_id, operation_id=operation_id)
        return pressed(stage, again)

    async def check(self, stage, name) -> None:
        member = await stage.person(name)
        async with stage.db.reading() as repos:
            log = [entry.action for entry in await repos.audit.list_about(member.id)]
            told = await repos.privacy.list_told(member.id)
        assert log == ["invoice issued", "invoice sent again"]
        assert [notice.kind for notice in told] == ["invoice", "invoice"]


def pressed(stage, data: CallbackData) -> int:
    """By Asha, on her newest message, whatever that is."""
    asha = stage.club.people["Asha"]
    screen = stage.engine.chat_messages(asha.id)[-1]
    return stage.engine.press(asha, asha.id, screen.id, data.pack())
