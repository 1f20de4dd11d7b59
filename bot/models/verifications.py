"""What waits for an admin's decision."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How much of each kind.

    ``payments``: reported by members; ``subscriptions``: asked for; ``invoices``: those that
    members do not accept.
    """

    registrations: int
    payments: int
    subscriptions: int
    invoices: int

    @property
    def total(self) -> int:
        return self.registrations + self.payments + self.subscriptions + self.invoices
