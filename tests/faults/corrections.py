"""What is done with issued invoices and booked payments while workers die."""

from types import SimpleNamespace
from uuid import uuid4

from bot.keyboards.invoices import CancelInvoice
from bot.keyboards.payments import AskRefund, AskReversal
from bot.models.payments import Account, Method, PaymentLine, Receipt
from bot.services.drafts import DraftService
from bot.services.invoices import InvoiceService
from bot.services.payments import PaymentService
from tests.faults.invoices import pressed
from tests.stories.invoicing import billed


class Correction:
    """An invoice of ₹1,500 that has a payment of ₹2,000."""

    of: str
    label: str
    steps: tuple[str, ...]
    kinds: tuple[str, ...]

    async def prepare(self, stage, names) -> None:
        asha, payments = await stage.person("Asha"), PaymentService(stage.db)
        services = SimpleNamespace(drafts=DraftService(stage.db), invoices=InvoiceService(stage.db))
        self.ids: dict[str, tuple[int, int]] = {}
        for name in names:
            account = Account(person_id=(await stage.club.member(name)).id)
            (bill,) = await billed(services, asha, await stage.person(name))
            line = PaymentLine(method=Method.CASH, amount_paise=2_000_00)
            receipt = Receipt(account=account, lines=(line,))
            paid = await payments.record(receipt, by=asha, operation_id=uuid4())
            self.ids[name] = bill.id, paid.id
        await stage.says("Asha", "/start")

    async def before(self, stage, name) -> None:
        await stage.engine.handled(pressed(stage, self.begin(name)))
        for step in self.steps:
            await stage.says("Asha", step)

    def act(self, stage, name) -> int:
        return stage.chat.act("Asha", self.label)

    async def check(self, stage, name) -> None:
        member = await stage.person(name)
        async with stage.db.reading() as repos:
            told = await repos.privacy.list_told(member.id)
            unused = await repos.payments.unused(Account(person_id=member.id))
        assert [notice.kind for notice in told] == ["invoice", "payment-booked", *self.kinds]
        assert sum(each.unused_paise for each in unused) == self.credit


class Crediting(Correction):
    of, label, steps = "cn-issue", "[✅ Issue credit note]", ("never came",)
    kinds, credit = ("credit-note",), 2_000_00

    def begin(self, name):
        return CancelInvoice(invoice_id=self.ids[name][0])


class Reversing(Correction):
    of, label, steps = "rct-back-yes", "[↩️ Yes, book it back]", ("bounced",)
    kinds, credit = ("refunded",), 0

    def begin(self, name):
        return AskReversal(payment_id=self.ids[name][1])


class GivingBack(Correction):
    of, label = "rct-give-yes", "[✅ Yes, it is given back]"
    steps = ("200", "[💵 Cash]", "moved away")
    kinds, credit = ("refunded",), 300_00

    def begin(self, name):
        return AskRefund(payment_id=self.ids[name][1])
