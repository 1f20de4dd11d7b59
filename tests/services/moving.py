"""What tests of moves share: the services of a later day, and what is due or credit then."""

from datetime import UTC, datetime

from bot.models.payments import Account
from bot.services.cancellations import CancellationService
from bot.services.transfers import TransferService
from tests.services.test_subscriptions import Desk

LATER = datetime(2026, 3, 14, 6, tzinfo=UTC)  # 17 of 30 days are unused
UNUSED = 1_416_67


class Moves(Desk):
    def __init__(self, db, now=LATER) -> None:
        super().__init__(db, now)
        self.cancellations = CancellationService(db, lambda: now)
        self.transfers = TransferService(db, lambda: now)


async def credit(later, person) -> int:
    return await later.payments.credit(Account(person_id=person.id))


async def due(db, person) -> list[int]:
    async with db.reading() as repos:
        return [each.due_paise for each in await repos.payments.dues(Account(person_id=person.id))]
