"""Why an admin's request for money stays as it is."""

from bot.errors import Refusal


class RequestPaid(Refusal):
    """It has been paid meanwhile."""


class RequestReported(Refusal):
    """Its member says they have paid, and nobody has decided on that."""
