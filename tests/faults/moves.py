"""What ends a subscription early while workers die: money goes back, something better begins in

its place, or another member has the rest of it.
"""

from bot.keyboards.subscriptions import AskTransfer
from bot.models.payments import Account, Method, PaymentLine
from bot.models.purchases import Starts
from bot.models.subscriptions import ChangeKind
from bot.services.activations import ActivationService
from tests.faults.subscriptions import PRICE, Activating, Cancelling, Freezing, asked
from tests.stories.invoicing import registered

# What is written about whoever has bought one, and what they are told.
LOG = ("invoice issued", "payment recorded", "subscription approved")
TOLD = ("invoice", "payment-booked", "subscription-begun")


class Transferring(Freezing):
    """On its first day: who had it has none of it, another has all of it, and both are told."""

    of = "sub-move-yes"
    ask = AskTransfer
    steps = ("@{}000",)
    yes = "[✅ Yes, give it over]"
    made = (ChangeKind.CANCEL, 0)
    days = 0

    async def prepare(self, stage, names) -> None:
        await super().prepare(stage, names)
        self.receivers = {name: (await stage.club.member(f"{name}000")).id for name in names}

    async def check(self, stage, name) -> None:
        await super().check(stage, name)
        async with stage.db.reading() as repos:
            given = await repos.subscriptions.find(self.ids[name])
            (got,) = await repos.subscriptions.list_of(self.receivers[name])
            log = [entry.action for entry in await repos.audit.list_about(self.receivers[name])]
            told = await repos.privacy.list_told(self.receivers[name])
        assert got.moved_by == given.changes[0].id
        assert (got.first_day, (got.last_day - got.first_day).days) == (given.first_day, 29)
        assert log == ["subscription received"]
        assert [notice.kind for notice in told] == ["subscription-begun"]


class CancellingToCredit(Cancelling):
    """On its first day; it was paid for, and all of that is the member's credit now."""

    steps = ("Moved", "[💰 To their credit]")
    log: tuple[str, ...] = ("subscription changed", "credit note issued")
    told: tuple[str, ...] = ("subscription-changed", "credit-note")
    credit_paise = PRICE

    async def prepare(self, stage, names) -> None:
        await registered(stage.db)
        self.ids = {name: await paid_for(stage, await stage.club.member(name)) for name in names}
        await stage.says("Asha", "/start")

    async def check(self, stage, name) -> None:
        member = await stage.person(name)
        async with stage.db.reading() as repos:
            bought = await repos.subscriptions.find(self.ids[name])
            (invoice,) = await repos.invoices.list_of(member.id)
            assert len(await repos.credit_notes.list_of_invoice(invoice.id)) == 1
            assert await repos.invoices.due(invoice.id) == 0
        assert [(each.kind, each.days) for each in bought.changes] == [self.made]
        await written(stage, member, log=LOG + self.log, told=TOLD + self.told)
        assert await credit_of(stage, member) == self.credit_paise


class CancellingWithRefund(CancellingToCredit):
    """The same, and all of that is given back in cash."""

    apart = 16  # in the short profile
    steps = ("Moved", "[💸 Refund]", "[💵 Cash]")
    log = (*CancellingToCredit.log, "refund recorded")
    told = (*CancellingToCredit.told, "refunded")
    credit_paise = 0


class Upgrading(Activating):
    """What runs is paid for and ends: its unused days pay the new bill, with some cash."""

    apart = 28  # in the short profile: it has four times as many awaits as others
    plan_id, starts = 2, Starts.UPGRADE
    line = PaymentLine(method=Method.CASH, amount_paise=7_000_00 - PRICE)
    due_paise = 3_250_00

    async def begin(self, stage, member) -> None:
        await paid_for(stage, member)

    async def check(self, stage, name) -> None:
        member = await stage.person(name)
        async with stage.db.reading() as repos:
            ended, begun = await repos.subscriptions.list_of(member.id)
            first, second = await repos.invoices.list_of(member.id)
            assert await repos.invoices.due(first.id) == 0
            assert await repos.invoices.due(second.id) == self.due_paise
            assert len(await repos.credit_notes.list_of_invoice(first.id)) == 1
            assert len(await repos.payments.list_of_invoice(second.id)) == 2
            assert await repos.subscriptions.origin(begun.id) == (self.ids[name], second.id)
        assert [each.kind for each in ended.changes] == [ChangeKind.CANCEL]
        log = (*LOG, *CancellingToCredit.log, "credit used", *LOG)
        await written(stage, member, log=log, told=(*TOLD, *CancellingToCredit.told, *TOLD))
        assert await credit_of(stage, member) == 0


async def paid_for(stage, member) -> int:
    """30 days from today, all of it in cash; the subscription's id."""
    line = PaymentLine(method=Method.CASH, amount_paise=PRICE)
    purchase, asha = await asked(stage, member, line), await stage.person("Asha")
    made = await ActivationService(stage.db).approve(purchase.id, by=asha)
    return made.card.deal.subscription.id


async def credit_of(stage, member) -> int:
    async with stage.db.reading() as repos:
        left = await repos.payments.unused(Account(person_id=member.id))
        return sum(each.unused_paise for each in left)


async def written(stage, member, *, log, told) -> None:
    """About and to somebody, in whatever order."""
    async with stage.db.reading() as repos:
        entries = await repos.audit.list_about(member.id)
        notices = await repos.privacy.list_told(member.id)
    assert sorted(entry.action for entry in entries) == sorted(log)
    assert sorted(notice.kind for notice in notices) == sorted(told)
