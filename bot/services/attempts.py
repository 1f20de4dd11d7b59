"""What comes of an attempt at paying: a payment to verify, or a subscription to approve."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from bot.db.database import Database
from bot.errors.claims import ClaimGone
from bot.models.claims import NewClaim
from bot.models.dues import OwnClaim
from bot.models.people import Person
from bot.models.purchases import NewPurchase, Purchase
from bot.services._clock import utc_now
from bot.services.claims import ClaimService
from bot.services.purchases import PurchaseService


class AttemptService:
    """An attempt's id is the operation under which its outcome is made."""

    def __init__(self, db: Database, now: Callable[[], datetime] = utc_now) -> None:
        self._db = db
        self._claims = ClaimService(db, now)
        self._purchases = PurchaseService(db, now)

    async def find(self, attempt: UUID, *, me: Person) -> OwnClaim | Purchase | None:
        """What came of it; ``None``: the club was told nothing. Somebody else's is not there."""
        async with self._db.reading() as repos:
            purchase = await repos.purchases.find_made_by(attempt)
            if purchase is not None:
                return purchase if purchase.person_id == me.id else None
            return await repos.dues.find_reported(attempt, person_id=me.id)

    async def submit(
        self, new: NewClaim | NewPurchase, *, me: Person, attempt: UUID
    ) -> OwnClaim | Purchase:
        """Tell the club; once per attempt.

        Raises: as ``ClaimService.submit`` or ``PurchaseService.submit``.
        """
        if isinstance(new, NewPurchase):
            return await self._purchases.submit(new, me=me, operation_id=attempt)
        await self._claims.submit(new, me=me, operation_id=attempt)
        if made := await self.find(attempt, me=me):
            return made
        raise ClaimGone
