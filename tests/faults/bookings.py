"""What is done with money while those who do it are cut off from the database.

Each path is prepared anew for each death, acts by a service under an operation id of its own, and
says what must be there afterwards, once, whoever finished it.
"""

from types import SimpleNamespace
from uuid import uuid4

from bot.errors.payments import NoCredit, NothingDue
from bot.models.claims import ClaimStatus, NewClaim
from bot.models.payments import Account, Receipt
from tests.services.booking import cash, tills, upi
from tests.services.test_bans import known
from tests.stories.invoicing import billed


class Path:
    """``actions``: of the audit log, about the member, of what was done."""

    actions: tuple[str, ...]

    async def prepare(self, club: SimpleNamespace, number: int) -> None:
        """A member of their own with a bill of ₹1,575."""
        self.asha, self.operation_id, self.number = club.asha, uuid4(), number
        self.member = await known(club.db, 1_000 + number)
        (self.bill,) = await billed(club.desk, club.asha, self.member)
        self.account = Account(person_id=self.member.id)
        await self.begin(tills(club.db))

    async def begin(self, at: SimpleNamespace) -> None:
        """What must be there before."""

    async def act(self, at: SimpleNamespace) -> None:
        raise NotImplementedError

    async def check(self, repos) -> None:
        """What the books have of it."""
        raise NotImplementedError

    async def check_log(self, repos) -> None:
        log = [entry.action for entry in await repos.audit.list_about(self.member.id)]
        assert sorted(log) == sorted(["invoice issued", *self.actions])

    async def advance(self, at: SimpleNamespace, paise: int) -> None:
        receipt = Receipt(account=self.account, lines=(cash(paise),), invoices=())
        await at.payments.record(receipt, by=self.asha, operation_id=uuid4())


class Recording(Path):
    """Two lines, one of them with a bank's reference, on one bill; the rest becomes credit."""

    actions = ("payment recorded",)

    async def act(self, at):
        lines = (upi(1_000_00, f"4123{self.number:08}"), cash(600_00))
        receipt = Receipt(account=self.account, lines=lines, invoices=(self.bill.id,))
        await at.payments.record(receipt, by=self.asha, operation_id=self.operation_id)

    async def check(self, repos):
        (left,) = await repos.payments.unused(self.account)
        assert (left.unused_paise, await repos.invoices.due(self.bill.id)) == (25_00, 0)


class ApprovingAClaim(Path):
    actions = ("payment recorded", "payment claim approved")

    async def begin(self, at):
        lines = (upi(1_000_00, f"4223{self.number:08}"), cash(575_00))
        new = NewClaim(invoice_id=self.bill.id, lines=lines)
        self.claim = await at.claims.submit(new, me=self.member, operation_id=uuid4())

    async def act(self, at):
        await at.claims.approve(self.claim.id, by=self.asha)

    async def check(self, repos):
        claim = await repos.claims.find(self.claim.id)
        assert claim.status is ClaimStatus.APPROVED
        assert await repos.invoices.due(self.bill.id) == 0


class IssuingACreditNote(Path):
    """Of a bill that is paid: what was paid becomes credit."""

    actions = ("payment recorded", "credit used", "credit note issued")

    async def begin(self, at):
        await self.advance(at, 1_575_00)
        await at.payments.use_credit(self.bill.id, by=self.member)

    async def act(self, at):
        how = {"reason": "wrong", "by": self.asha, "operation_id": self.operation_id}
        await at.notes.cancel(self.bill.id, **how)

    async def check(self, repos):
        assert len(await repos.credit_notes.list_of_invoice(self.bill.id)) == 1
        (left,) = await repos.payments.unused(self.account)
        assert (left.unused_paise, await repos.invoices.due(self.bill.id)) == (1_575_00, 0)


class UsingCredit(Path):
    """Of two payments; it has no operation id: a second time there is nothing due."""

    actions = ("payment recorded", "payment recorded", "credit used")

    async def begin(self, at):
        for _ in range(2):
            await self.advance(at, 1_000_00)

    async def act(self, at):
        try:
            await at.payments.use_credit(self.bill.id, by=self.member)
        except (NothingDue, NoCredit):
            return

    async def check(self, repos):
        (left,) = await repos.payments.unused(self.account)
        assert (left.unused_paise, await repos.invoices.due(self.bill.id)) == (425_00, 0)


class BookingBack(Path):
    actions = ("payment recorded", "payment booked back")

    async def begin(self, at):
        line = upi(1_575_00, f"4323{self.number:08}")
        receipt = Receipt(account=self.account, lines=(line,))
        self.paid = await at.payments.record(receipt, by=self.asha, operation_id=uuid4())

    async def act(self, at):
        how = {"reason": "bounced", "by": self.asha, "operation_id": self.operation_id}
        await at.payments.reverse(self.paid.id, **how)

    async def check(self, repos):
        assert await repos.invoices.due(self.bill.id) == 1_575_00
        assert await repos.payments.unused(self.account) == []


class Refunding(Path):
    actions = ("payment recorded", "refund recorded")

    async def begin(self, at):
        await self.advance(at, 1_000_00)

    async def act(self, at):
        how = {"reason": "left", "by": self.asha, "operation_id": self.operation_id}
        await at.payments.refund(self.account, cash(400_00), **how)

    async def check(self, repos):
        (left,) = await repos.payments.unused(self.account)
        assert left.unused_paise == 600_00


PATHS = [Recording, ApprovingAClaim, IssuingACreditNote, UsingCredit, BookingBack, Refunding]
