"""What the menu tells beside what a role may do."""

from dataclasses import dataclass

from bot.models.club import Club
from bot.models.subscriptions import Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Menu:
    """``standing``: of members. ``has_documents``: kept for whoever is a member no longer, too."""

    club: Club
    unread: int
    has_documents: bool
    standing: Standing | None
