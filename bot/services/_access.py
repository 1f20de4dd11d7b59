"""The one access rule, asked of the rows: nothing is stored, so nothing can be out of date.

Whoever lets somebody use something asks in the transaction of that use, with their row locked:
what is used up, bought or changed beside it then comes before or after.
"""

from collections.abc import Sequence
from datetime import date

from bot.db.database import Repos
from bot.models.people import Person, Role
from bot.models.subscriptions import Standing, Subscription, standing
from bot.models.visits import Admission, begins_on, counted_since


async def standing_of(repos: Repos, person_id: int, *, today: date) -> Standing:
    """What somebody may use today."""
    subscriptions = await repos.subscriptions.list_of(person_id)
    came = await _came(repos, person_id, subscriptions, today=today)
    return standing(subscriptions, came, today=today, rules=await repos.subscription_rules.get())


async def admission_of(repos: Repos, person: Person, *, day: date) -> Admission:
    """Whether they come in on that day; a visit of that day does not stand in its own way."""
    subscriptions = await repos.subscriptions.list_of(person.id)
    rules = await repos.subscription_rules.get()
    came = await _came(repos, person.id, subscriptions, today=day)
    before = [each for each in came if each != day]
    stands = standing(subscriptions, before, today=day, rules=rules)
    return Admission(
        person=person,
        day=day,
        standing=None if person.role >= Role.STAFF else stands,
        begins_on=begins_on(subscriptions, today=day),
        waits=await repos.purchases.find_waiting_of(person.id) is not None,
        grace_visits=rules.grace_visits,
        is_in=day in came,
    )


async def _came(
    repos: Repos, person_id: int, subscriptions: Sequence[Subscription], *, today: date
) -> list[date]:
    """Only as far back as the rule looks: members come for years."""
    return await repos.visits.list_since(person_id, counted_since(subscriptions, today=today))
