"""What is done with money from chats while workers die: one booking, one entry, one notice."""

from types import SimpleNamespace
from uuid import uuid4

from bot.keyboards.claims import UseCredit
from bot.models.payments import Account, Receipt
from tests.faults.invoices import Services
from tests.services.booking import cash, tills
from tests.stories.invoicing import billed, registered

BILL = 1_575_00


class Booking:
    """Of members who have one bill of ₹1,575 each; ``log``: what is written about each of them."""

    log: tuple[str, ...] = ()
    told: tuple[str, ...] = ()

    async def prepare(self, stage, names) -> None:
        await registered(stage.db)
        self.asha, self.at = await stage.person("Asha"), tills(stage.db)
        self.bills: dict[str, int] = {}
        for number, name in enumerate(names):
            member = await stage.club.member(name)
            (entry,) = await billed(Services(stage.db), self.asha, member)
            self.bills[name] = entry.id
            await self.begin(SimpleNamespace(member=member, bill=entry.id, name=name))
            if number == 0:
                await stage.says("Asha", "/start")

    async def begin(self, one) -> None:
        """What must be there before."""

    async def check(self, stage, name) -> None:
        member = await stage.person(name)
        async with stage.db.reading() as repos:
            log = [entry.action for entry in await repos.audit.list_about(member.id)]
            told = [notice.kind for notice in await repos.privacy.list_told(member.id)]
            assert await repos.invoices.due(self.bills[name]) == 0
        assert sorted(log) == sorted(["invoice issued", *self.log])
        assert sorted(told) == sorted(["invoice", *self.told])


class SpendingCredit(Booking):
    """By the member, whose advance is a little more than the bill."""

    of = "pay-credit"
    log = ("payment recorded", "credit used")
    told = ("payment-booked",)

    async def begin(self, one) -> None:
        account = Account(person_id=one.member.id)
        receipt = Receipt(account=account, lines=(cash(BILL + 25_00),), invoices=())
        await self.at.payments.record(receipt, by=self.asha, operation_id=uuid4())

    async def before(self, stage, name) -> None:
        await stage.says(name, "/start")

    def act(self, stage, name) -> int:
        member = stage.club.people[name]
        screen = stage.engine.chat_messages(member.id)[-1]
        data = UseCredit(invoice_id=self.bills[name], seen_paise=BILL)
        return stage.engine.press(member, member.id, screen.id, data.pack())
