"""Changes of who runs the club."""

from dataclasses import dataclass

from bot.models.people import Office, Person, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeChange:
    """``person`` is as they were before it; ``to`` is ``None`` for no office at all."""

    person: Person
    to: Office | None

    @property
    def is_promotion(self) -> bool:
        return rank(self.to) > rank(self.person.office)


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffPage:
    """A page of the ``of`` people who are staff; numbered from 0."""

    number: int
    pages: int
    people: list[Person]
    of: int


def rank(office: Office | None) -> Role:
    """How far up an office stands; without one a person stands below all of them."""
    return office.role if office else Role.VISITOR


def one_below(office: Office | None) -> Office | None:
    """What is left to offer somebody who is to step down one stair."""
    return {Office.OWNER: Office.ADMIN, Office.ADMIN: Office.STAFF}.get(office) if office else None
