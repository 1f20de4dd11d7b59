"""What the demo club has billed these months, and what it is about to."""

from datetime import datetime, timedelta
from typing import Final, NamedTuple
from uuid import uuid4

from bot.db.database import Database, Repos
from bot.demo.people import ACTORS, MEMBERS
from bot.models.billing import BillLine
from bot.models.drafts import NewLine
from bot.models.invoices import Buyer
from bot.models.items import Item
from bot.models.people import Person
from bot.services._rates import rate_of_day
from bot.services.invoices import InvoiceService

ANNA: Final = 515203344
MEERA, ARJUN, SUNITA, JOSE, PRIYA, KABIR = range(900100101, 900100107)
ANNA_F, ROHAN, VIKRAM = 900100107, 900100108, 900100109
NIKHIL: Final = Buyer(name="Nikhil Bhat")
WALK_IN: Final = Buyer(name="Walk-in customer")
FIRM: Final = Buyer(
    name="Deccan Traders",
    phone="+919845012345",
    address="4 Brigade Road\nBengaluru 560001",
    state_code="29",
    gstin="29ABCDE1234F1ZW",
)
_TRAINING: Final = "Personal training, 12 sessions"


class Sale(NamedTuple):
    """What somebody bought: items by name, with pieces. ``to``: a member, or a walk-in customer."""

    days_ago: int
    to: int | Buyer
    items: dict[str, int]
    discount_bps: int = 0


# Due a week later; bot/demo/payments.py has what became of each.
SALES: Final = (
    Sale(131, ROHAN, {"Lifting belt": 1}),
    Sale(96, ANNA, {_TRAINING: 1}),
    Sale(91, MEERA, {"Yoga mat 6 mm": 1, "Gym towel": 2}),
    Sale(84, ARJUN, {_TRAINING: 1, "Shaker bottle 700 ml": 1}, 1_000),
    Sale(70, NIKHIL, {"Day pass": 1}),
    Sale(63, FIRM, {"Resistance band set": 6, "Yoga mat 6 mm": 4}, 500),
    Sale(49, ANNA, {"Whey protein 1 kg": 1, "Club T-shirt": 2}),
    Sale(41, JOSE, {"Online diet plan, 30 days": 1}),
    Sale(33, PRIYA, {"Lifting belt": 1}),
    Sale(20, MEERA, {_TRAINING: 1}),
    Sale(12, ANNA_F, {"Whey protein 1 kg": 2, "Creatine 250 g": 1}, 750),
    Sale(5, ANNA, {_TRAINING: 1, "Gym towel": 1}),
    Sale(2, WALK_IN, {"Day pass": 2, "Electrolyte sachets, box of 10": 1}),
)
BEING_WRITTEN: Final = Sale(0, SUNITA, {"Yoga mat 6 mm": 1})
_PROFILES: Final = MEMBERS | {each.telegram_id: each.profile for each in ACTORS if each.profile}


async def issue(db: Database, sale: Sale, *, by: Person, now: datetime) -> int:
    """On its day; returns the invoice's id."""
    at = now - timedelta(days=sale.days_ago)
    async with db.transaction() as tx:
        draft_id = await _draft(tx, sale, by=by, at=at)
        draft = await tx.drafts.find(draft_id or 0)
    if draft is None:
        raise LookupError(sale)
    (entry,) = await _at(db, at).issue(draft.id, revision=draft.revision, by=by)
    return entry.id


async def begin_draft(db: Database, *, by: Person, now: datetime) -> None:
    """What Vera is about to bill."""
    async with db.transaction() as tx:
        await _draft(tx, BEING_WRITTEN, by=by, at=now)


def _at(db: Database, moment: datetime) -> InvoiceService:
    return InvoiceService(db, now=lambda: moment)


async def _draft(tx: Repos, sale: Sale, *, by: Person, at: datetime) -> int | None:
    items = {item.name: item for item in await tx.items.list_all()}
    buyer, person_id = await _buyer(tx, sale.to)
    draft_id = await tx.drafts.add(uuid4(), buyer, person_id=person_id, by=by.id)
    for name, pieces in sale.items.items():
        line = await _line(tx, items[name], pieces, sale.discount_bps, at)
        if draft_id:
            await tx.drafts.add_line(draft_id, NewLine(operation_id=uuid4(), line=line))
    return draft_id


async def _buyer(tx: Repos, to: int | Buyer) -> tuple[Buyer, int | None]:
    if isinstance(to, Buyer):
        return to, None
    person, profile = await tx.people.find_by_telegram_id(to), _PROFILES[to]
    return Buyer(name=profile.full_name, phone=profile.phone), person.id if person else None


async def _line(tx: Repos, item: Item, pieces: int, discount_bps: int, at: datetime) -> BillLine:
    day = (await tx.club.get()).day(at)
    return BillLine(
        name=item.name,
        kind=item.kind,
        code=item.hsn,
        quantity=pieces,
        price_paise=item.mrp_paise,
        rate_bps=await rate_of_day(tx, item.hsn, day, usual_bps=item.rate_bps),
        discount_bps=discount_bps,
        item_id=item.id,
    )
