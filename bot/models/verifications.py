"""What waits for an admin's decision."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """``payments``: reported by members; ``invoices``: those that members do not accept."""

    registrations: int
    payments: int
    invoices: int

    @property
    def total(self) -> int:
        return self.registrations + self.payments + self.invoices
