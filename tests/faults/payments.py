"""What is done with money from chats while workers die: one booking, one entry, one notice."""

from types import SimpleNamespace
from uuid import uuid4

from bot.keyboards.claims import UseCredit
from bot.keyboards.invoices import ShowInvoice
from bot.keyboards.verifications import ApproveClaim
from bot.models.claims import NewClaim
from bot.models.payments import Account, Receipt
from tests.faults.invoices import Services, pressed
from tests.services.booking import cash, tills, upi
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
            assert await repos.maintenance.broken() == []
        assert sorted(log) == sorted(["invoice issued", *self.log])
        assert sorted(told) == sorted(["invoice", *self.told])


class Verifying(Booking):
    """A claim of two lines is approved as it was made."""

    of = "ver-approve"
    log = ("payment recorded", "payment claim approved")
    told = ("payment-booked",)

    async def prepare(self, stage, names) -> None:
        self.claims: dict[str, int] = {}
        await super().prepare(stage, names)

    async def begin(self, one) -> None:
        number = one.name.removeprefix("Mk")
        lines = (upi(1_000_00, f"4123{number:0>8}"), cash(BILL - 1_000_00))
        new = NewClaim(invoice_id=one.bill, lines=lines)
        claim = await self.at.claims.submit(new, me=one.member, operation_id=uuid4())
        self.claims[one.name] = claim.id

    def act(self, stage, name) -> int:
        data = ApproveClaim(claim_id=self.claims[name], queued=False, due_paise=BILL)
        return pressed(stage, data)


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


class Recording(Booking):
    """Cash at the desk, question by question."""

    of = "rcv-save"
    log = ("payment recorded",)
    told = ("payment-booked",)
    steps = ("/admin", "[💰 Receivables]", "[➕ Record payment]", "@{}", "[Oldest first]")
    steps += ("[💵 Cash]", "1575")

    async def before(self, stage, name) -> None:
        for step in self.steps:
            await stage.says("Asha", step.format(name.lower()))

    def act(self, stage, name) -> int:
        return stage.chat.act("Asha", "[✅ Save]")


class Crediting(Booking):
    """A bill is cancelled by a credit note of all of it."""

    of = "cn-issue"
    log = ("credit note issued",)
    told = ("credit-note",)

    async def before(self, stage, name) -> None:
        await stage.says("Asha", "/admin")
        await stage.engine.handled(pressed(stage, ShowInvoice(invoice_id=self.bills[name])))
        for step in ("[🚫 Cancel invoice]", f"Because of {name}"):
            await stage.says("Asha", step)

    def act(self, stage, name) -> int:
        return stage.chat.act("Asha", "[✅ Issue credit note]")


MONEY = [Verifying, SpendingCredit, Recording, Crediting]
