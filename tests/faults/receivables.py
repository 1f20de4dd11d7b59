"""What is done with what people owe while workers die."""

from uuid import uuid4

from bot.keyboards.receivables import RecordFor, SpendCredit
from bot.models.payments import Account, Method, PaymentLine, Receipt
from bot.services.payments import PaymentService
from tests.faults.invoices import Services, pressed
from tests.stories.invoicing import billed


class Recording:
    """A payment that the form has asked for: one receipt, one notice."""

    of = "rcv-save"

    async def prepare(self, stage, names) -> None:
        asha = await stage.person("Asha")
        self.ids: dict[str, int] = {}
        for name in names:
            member = await stage.club.member(name)
            await billed(Services(stage.db), asha, member)
            self.ids[name] = member.id
        await stage.says("Asha", "/start")

    async def before(self, stage, name) -> None:
        begun = pressed(stage, RecordFor(ref=f"p{self.ids[name]}"))
        await stage.engine.handled(begun)
        for step in ("[Oldest first]", "[💵 Cash]", "100"):
            await stage.says("Asha", step)

    def act(self, stage, name) -> int:
        return stage.chat.act("Asha", "[✅ Save]")

    async def check(self, stage, name) -> None:
        account = Account(person_id=self.ids[name])
        async with stage.db.reading() as repos:
            paid = await repos.receivables.list_payments(account, limit=9)
            log = [entry.action for entry in await repos.audit.list_about(self.ids[name])]
            told = await repos.privacy.list_told(self.ids[name])
        assert [each.total_paise for each in paid] == [100_00]
        assert log == ["invoice issued", "payment recorded"]
        assert [notice.kind for notice in told] == ["invoice", "payment-booked"]


class UsingCredit(Recording):
    """Credit spent on a bill: all of it, once."""

    of = "rcv-credit"

    async def prepare(self, stage, names) -> None:
        await super().prepare(stage, names)
        asha = await stage.person("Asha")
        for member_id in self.ids.values():
            advance = Receipt(
                account=Account(person_id=member_id),
                lines=(PaymentLine(method=Method.CASH, amount_paise=100_00),),
                invoices=(),
            )
            await PaymentService(stage.db).record(advance, by=asha, operation_id=uuid4())

    async def before(self, stage, name) -> None:
        """Nothing is asked."""

    def act(self, stage, name) -> int:
        return pressed(stage, SpendCredit(ref=f"p{self.ids[name]}", paise=100_00))

    async def check(self, stage, name) -> None:
        account = Account(person_id=self.ids[name])
        async with stage.db.reading() as repos:
            log = [entry.action for entry in await repos.audit.list_about(self.ids[name])]
            assert await repos.payments.unused(account) == []
        assert log == ["invoice issued", "payment recorded", "credit used"]
