"""What is done with reported payments while workers die."""

from uuid import uuid4

from bot.keyboards.verifications import ApproveClaim, LetStand
from bot.models.claims import NewClaim
from bot.models.payments import Method, PaymentLine
from bot.services.claims import ClaimService
from bot.services.rejections import RejectionService
from tests.faults.invoices import Services, pressed
from tests.stories.invoicing import billed


class Verifying:
    """A payment of ₹100 on an invoice: one receipt, one decision, one word to the member."""

    of = "ver-approve"

    async def prepare(self, stage, names) -> None:
        asha, self.ids = await stage.person("Asha"), {}
        for name in names:
            member = await stage.club.member(name)
            (invoice,) = await billed(Services(stage.db), asha, member)
            line = PaymentLine(method=Method.CASH, amount_paise=100_00)
            new = NewClaim(lines=(line,), invoice_id=invoice.id)
            claim = await ClaimService(stage.db).submit(new, me=member, operation_id=uuid4())
            self.ids[name] = claim.id, invoice.total_paise
        await stage.says("Asha", "/start")

    def act(self, stage, name) -> int:
        claim_id, due_paise = self.ids[name]
        return pressed(stage, ApproveClaim(claim_id=claim_id, queued=True, due_paise=due_paise))

    async def check(self, stage, name) -> None:
        member, (claim_id, due_paise) = await stage.person(name), self.ids[name]
        async with stage.db.reading() as repos:
            claim = await repos.claims.find(claim_id)
            log = [entry.action for entry in await repos.audit.list_about(member.id)]
            told = await repos.privacy.list_told(member.id)
            assert await repos.invoices.due(claim.invoice_id) == due_paise - 100_00
        assert log == ["invoice issued", "payment recorded", "payment claim approved"]
        assert [notice.kind for notice in told] == ["invoice", "payment-booked"]


class LettingStand:
    """An invoice that its member does not accept."""

    of = "ver-stands"

    async def prepare(self, stage, names) -> None:
        asha, self.ids = await stage.person("Asha"), {}
        for name in names:
            member = await stage.club.member(name)
            (invoice,) = await billed(Services(stage.db), asha, member)
            rejections = RejectionService(stage.db)
            made = await rejections.reject(invoice.id, reason="Too much", me=member)
            self.ids[name] = made.id
        await stage.says("Asha", "/start")

    def act(self, stage, name) -> int:
        return pressed(stage, LetStand(rejection_id=self.ids[name], queued=True))

    async def check(self, stage, name) -> None:
        member = await stage.person(name)
        async with stage.db.reading() as repos:
            log = [entry.action for entry in await repos.audit.list_about(member.id)]
            told = await repos.privacy.list_told(member.id)
        assert log == ["invoice issued", "invoice let stand"]
        assert [notice.kind for notice in told] == ["invoice", "rejection-settled"]


class Asking:
    """A member is asked for money that no invoice asks for."""

    of = "preq-send"
    steps = ("/admin", "[👥 Members]", "@{}", "[💳 Ask for payment]", "500", "Locker")

    async def prepare(self, stage, names) -> None:
        for name in names:
            await stage.club.member(name)
        await stage.says("Asha", "/start")

    async def before(self, stage, name) -> None:
        for step in self.steps:
            await stage.says("Asha", step.format(name.lower()))

    def act(self, stage, name) -> int:
        return stage.chat.act("Asha", "[📤 Ask for it]")

    async def check(self, stage, name) -> None:
        member = await stage.person(name)
        async with stage.db.reading() as repos:
            asked = await repos.payment_requests.list_open(person_id=member.id)
            log = [entry.action for entry in await repos.audit.list_about(member.id)]
            told = await repos.privacy.list_told(member.id)
        assert [request.purpose for request in asked] == ["Locker"]
        assert log == ["payment asked for"]
        assert [notice.kind for notice in told] == ["payment-requested"]
