"""What an invoice costs, written in chat, and an approval; and what it costs to draw one.

Admins write invoices for walk-in customers all at once, and wait for each other at the numbers of
the series; then they approve payments that members have reported, each a payment of its own.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from statistics import median
from time import process_time
from uuid import uuid4

from bot import embedded
from bot.assembly import build_services
from bot.db.database import Database, open_pool
from bot.documents.invoices import invoice_pdf
from bot.keyboards.verifications import ApproveClaim
from bot.models.claims import NewClaim
from bot.models.payments import Method, PaymentLine
from bot.models.people import Office, TelegramUser
from tests.bench.crowd import Crowd
from tests.bench.form import Figures, Load, medians, one_round
from tests.bench.people import Person, Step
from tests.bench.worker import POLLING, Road, running
from tests.club import enrolled
from tests.documents.samples import E04
from tests.postgres import connected

_FIRST = 100_000  # beyond those who filled in the form: the bot remembers these as visitors
_FIRST_MEMBER = 800_000
_HELLO = (Step("/menu", "☰"),)
_INVOICE = (
    Step("/admin", "🛠 Admin panel"),
    Step("[🧾 Invoices]", "🧾 Invoices"),
    Step("[➕ New invoice]", "🧾 New invoice"),
    Step("[🚶 Walk-in customer]", "🚶 Walk-in customer"),
    Step("{name}", "🧾 Draft for {name}"),
    Step("[✍️ Custom item]", "✍️ Custom item"),
    Step("Month", "✍️ Month"),
    Step("1500", "✍️ Month"),
    Step("[🏋️ Service at the club]", "🔢 Month"),
    Step("[1]", "🏷 Month"),
    Step("[0 %]", "✅ Added Month"),
    Step("[➡️ Finish items]", "🚚 Shipping"),
    Step("[⏭ No shipping]", "🧾 Invoice for {name}"),
    Step("[📤 Send invoice]", "📤 Sent as"),
)
_APPROVAL = (Step("[approve]", "💳 Payment approved"),)
_DRAWINGS = 9


class Admin(Person):
    """Presses ``approve`` on the card of ``claim_id``, wherever that card may be."""

    claim_id = 0

    def _press(self, label: str) -> None:
        if label == "approve":
            data = ApproveClaim(claim_id=self.claim_id, queued=False).pack()
            key = {"text": label, "callback_data": data}
            self._screen["reply_markup"] = {"inline_keyboard": [[key]]}
        super()._press(label)


async def measure(
    urls: embedded.Urls, admins: int, rounds: int, road: Road = POLLING
) -> dict[str, Figures]:
    """The first round is left out."""
    crowd, turns = Crowd(0), rounds + 1
    people = [Admin(_FIRST + number, crowd) for number in range(admins)]
    crowd.people = {each.id: each for each in people}
    found: list[tuple[Figures, Figures]] = []
    async with (
        running(crowd.telegram, urls, road) as bots,
        _club(urls.database_url, crowd, turns) as claims,
    ):
        await one_round(crowd, bots, Load(admins, turns, script=_HELLO))
        for _ in range(turns):
            invoices = await one_round(crowd, bots, Load(admins, turns, script=_INVOICE))
            for admin in crowd.people.values():
                admin.claim_id = next(claims)
            approvals = await one_round(crowd, bots, Load(admins, turns, script=_APPROVAL))
            found.append((invoices, approvals))
    invoices, approvals = (medians(each) for each in zip(*found[1:], strict=True))
    return {"an invoice": invoices, "an approval": approvals}


def pdf_ms() -> float:
    """CPU of one; the first, which reads the typefaces, does not count."""
    return median(_drawing_seconds() for _ in range(_DRAWINGS)) * 1000


def _drawing_seconds() -> float:
    started = process_time()
    invoice_pdf(E04)
    return process_time() - started


@asynccontextmanager
async def _club(database_url: str, crowd: Crowd, turns: int) -> AsyncIterator[Iterator[int]]:
    """The crowd as admins, and for each of them a claim at each turn; nobody hears of these."""
    count = len(crowd.people) * turns
    async with open_pool(database_url, size=2) as pool:
        db = Database(pool)
        await _appoint(db, crowd)
        await enrolled(db, _FIRST_MEMBER, count)
        claims = [await _claim(db, _FIRST_MEMBER + number) for number in range(count)]
        async with connected(database_url) as conn:
            await conn.execute("DELETE FROM notices")
            await conn.execute("UPDATE people SET is_reachable = false WHERE office IS NULL")
        yield iter(claims)


async def _appoint(db: Database, crowd: Crowd) -> None:
    """Before they say hello, for who they are is remembered for a while."""
    async with db.transaction() as tx:
        for each in crowd.people.values():
            user = TelegramUser(
                telegram_id=each.id, username=None, display_name=each.name, language_code=None
            )
            await tx.people.set_office(await tx.people.remember(user), Office.ADMIN)


async def _claim(db: Database, telegram_id: int) -> int:
    async with db.reading() as repos:
        member = await repos.people.find_by_telegram_id(telegram_id)
    line = PaymentLine(method=Method.CASH, amount_paise=500_00)
    new = NewClaim(lines=(line,), purpose="Locker")
    claim = await build_services(db, None).claims.submit(new, me=member, operation_id=uuid4())
    return claim.id
