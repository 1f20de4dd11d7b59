"""Random operations on money, as many admins and members would have them in one second."""

import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from uuid import UUID

from bot.models.claims import NewClaim
from bot.models.payments import Account, Method, PaymentLine, Receipt
from bot.models.people import Person
from tests.stories.invoicing import billed

References = [f"4123456789{number:02}" for number in range(40)]  # few: they are to meet


@dataclass
class Hand:
    """Who is there, and what there is to work on."""

    rng: random.Random
    at: object  # the services
    desk: object
    admins: list[Person]
    members: list[Person]
    bills: dict[int, int] = field(default_factory=dict)  # invoice -> account
    payments: list[int] = field(default_factory=list)
    claims: dict[int, Person] = field(default_factory=dict)
    requests: dict[int, Person] = field(default_factory=dict)
    meant: dict[UUID, list[int] | None] = field(default_factory=dict)  # what a receipt settles

    @property
    def admin(self) -> Person:
        return self.rng.choice(self.admins)

    @property
    def member(self) -> Person:
        return self.rng.choice(self.members)

    def uuid(self) -> UUID:
        return UUID(int=self.rng.getrandbits(128), version=4)

    def paise(self) -> int:
        return self.rng.choice([1, 50, 99_99, 100_00, 1_575_00, self.rng.randint(1, 4_000_00)])

    def lines(self, total: int, *, most: int = 3) -> tuple[PaymentLine, ...]:
        """Split over methods; some with a reference that somebody else may have."""
        cuts = sorted(self.rng.sample(range(1, total), min(self.rng.randrange(most), total - 1)))
        parts = [b - a for a, b in zip([0, *cuts], [*cuts, total], strict=True)]
        return tuple(self._line(part) for part in parts)

    def _line(self, paise: int) -> PaymentLine:
        method = self.rng.choice(list(Method))
        has_one = method.has_unique_reference and self.rng.random() < 0.7
        reference = self.rng.choice(References) if has_one else None
        return PaymentLine(method=method, amount_paise=paise, reference=reference)

    def bill_of(self, person: Person) -> int | None:
        mine = [each for each, account in self.bills.items() if account == person.id]
        return self.rng.choice(mine) if mine else None


Made = Callable[[], Awaitable[object]]


async def issue(hand: Hand, buyer: Person | str) -> list[int]:
    line = {"rupees": hand.rng.randint(100, 300_000) / 100, "quantity": hand.rng.randint(1, 3)}
    return [entry.id for entry in await billed(hand.desk, hand.admin, buyer, **line)]


def record(hand: Hand) -> Made:
    bill_id = hand.rng.choice(list(hand.bills))
    account, chosen = hand.bills[bill_id], hand.rng.random()
    whose = Account(person_id=account) if account > 0 else Account(walk_in_id=-account)
    bills = [bill_id] if chosen < 0.5 or account < 0 else None if chosen < 0.8 else []
    receipt = Receipt(
        account=whose,
        lines=hand.lines(hand.paise()),
        invoices=None if bills is None else tuple(bills),
        seen_due_paise=hand.paise() if hand.rng.random() < 0.1 else None,
    )
    operation_id, by = hand.uuid(), hand.admin
    hand.meant[operation_id] = bills
    return lambda: hand.at.payments.record(receipt, by=by, operation_id=operation_id)


def use_credit(hand: Hand) -> Made:
    bill_id = hand.rng.choice(list(hand.bills))
    owners = [each for each in hand.members if each.id == hand.bills[bill_id]]
    by = hand.rng.choice([*owners, hand.admin, hand.member])
    return lambda: hand.at.payments.use_credit(bill_id, by=by)


def cancel(hand: Hand) -> Made:
    bill_id, by, operation_id = hand.rng.choice(list(hand.bills)), hand.admin, hand.uuid()
    how = {"reason": "wrong", "by": by, "operation_id": operation_id}
    return lambda: hand.at.notes.cancel(bill_id, **how)


def reduce(hand: Hand) -> Made:
    bill_id, by, operation_id = hand.rng.choice(list(hand.bills)), hand.admin, hand.uuid()
    how = {"reason": "less", "by": by, "operation_id": operation_id, "paise": hand.paise()}
    return lambda: hand.at.notes.reduce(bill_id, position=1, **how)


def refund(hand: Hand) -> Made:
    account, line = Account(person_id=hand.member.id), hand.lines(hand.paise(), most=1)[0]
    how = {"reason": "left", "by": hand.admin, "operation_id": hand.uuid()}
    return lambda: hand.at.payments.refund(account, line, **how)


def reverse(hand: Hand) -> Made:
    payment_id = hand.rng.choice(hand.payments or [0])
    how = {"reason": "bounced", "by": hand.admin, "operation_id": hand.uuid()}
    return lambda: hand.at.payments.reverse(payment_id, **how)


def claim(hand: Hand) -> Made:
    me, about = hand.member, hand.rng.random()
    bill_id = hand.bill_of(me) if about < 0.7 else None
    asked = [each for each, whose in hand.requests.items() if whose is me]
    request_id = hand.rng.choice(asked) if asked and about > 0.85 else None
    new = NewClaim(lines=hand.lines(hand.paise()), invoice_id=bill_id, request_id=request_id)
    operation_id = hand.uuid()
    hand.meant[operation_id] = [bill_id] if bill_id else []
    return lambda: hand.at.claims.submit(new, me=me, operation_id=operation_id)


def approve(hand: Hand) -> Made:
    claim_id, by = hand.rng.choice(list(hand.claims) or [0]), hand.admin
    if hand.rng.random() < 0.7:
        return lambda: hand.at.claims.approve(claim_id, by=by)
    part = hand.rng.random()

    async def partly() -> object:
        lines = (await hand.at.claims.card(claim_id)).claim.lines
        came = [round(line.amount_paise * part) for line in lines]
        return await hand.at.claims.approve(claim_id, by=by, received=[1, *came[1:]])

    return partly


def reject(hand: Hand) -> Made:
    claim_id, by = hand.rng.choice(list(hand.claims) or [0]), hand.admin
    return lambda: hand.at.claims.reject(claim_id, reason="no", by=by)


def withdraw(hand: Hand) -> Made:
    claim_id = hand.rng.choice(list(hand.claims) or [0])
    me = hand.claims.get(claim_id, hand.member)
    return lambda: hand.at.claims.withdraw(claim_id, me=me)


def ask(hand: Hand) -> Made:
    whom, by, operation_id = hand.member, hand.admin, hand.uuid()
    how = {"amount_paise": hand.paise(), "purpose": "fee", "by": by, "operation_id": operation_id}
    return lambda: hand.at.requests.ask(whom.id, **how)


def ask_no_more(hand: Hand) -> Made:
    request_id, by = hand.rng.choice(list(hand.requests) or [0]), hand.admin
    return lambda: hand.at.requests.cancel(request_id, by=by)


def not_accept(hand: Hand) -> Made:
    me = hand.member
    bill_id = hand.bill_of(me) or 0
    return lambda: hand.at.rejections.reject(bill_id, reason="why", me=me)


def let_stand(hand: Hand) -> Made:
    bill_id, by = hand.rng.choice(list(hand.bills)), hand.admin
    return lambda: hand.at.rejections.let_stand(bill_id, by=by)


MAKERS = {
    record: 8, claim: 5, approve: 5, use_credit: 4, refund: 3, reduce: 3, reverse: 2, reject: 2,
    withdraw: 2, cancel: 1, ask: 1, ask_no_more: 1, not_accept: 1, let_stand: 1,
}  # fmt: skip


def some(hand: Hand, count: int) -> list[Made]:
    """With every fifth asked for twice: a tap that came again."""
    makers = hand.rng.choices(list(MAKERS), list(MAKERS.values()), k=count)
    made = [maker(hand) for maker in makers]
    return made + [each for each in made if hand.rng.random() < 0.2]
