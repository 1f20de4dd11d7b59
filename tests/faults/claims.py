"""What members report to have paid while workers die."""

from urllib.parse import parse_qs, urlsplit

from bot.models.claims import Claim
from tests.documents.reading import code_in
from tests.faults.invoices import Services
from tests.stories.invoicing import billed, registered


class Reporting:
    """A bank's reference, typed: one report, one notice to the admin, and an answer."""

    of = "UtrMk"
    steps = ("📱 UPI",)

    async def prepare(self, stage, names) -> None:
        await registered(stage.db)
        asha = await stage.person("Asha")
        for name in names:
            await billed(Services(stage.db), asha, await stage.club.member(name))

    async def before(self, stage, name) -> None:
        await stage.says(name, "/pay")
        for step in ("💳 Pay GYM", *self.steps):
            label = next(each for each in stage.chat.buttons(name) if each.startswith(step))
            await stage.says(name, f"[{label}]")

    def act(self, stage, name) -> int:
        return stage.chat.act(name, reference(name))

    async def check(self, stage, name) -> None:
        claim = await reported(stage, name)
        assert claim.lines[0].reference == reference(name)
        assert len([text for text in stage.heard("Asha") if reference(name) in text]) == 1
        assert "You have reported" in stage.heard(name)[-1]


class Splitting(Reporting):
    """How much of it by UPI, typed: a code, and the form waits for what pays that very code."""

    of = "1000.50"
    steps = ("🔀 Split",)

    def act(self, stage, name) -> int:
        return stage.chat.act(name, "1000.50")

    async def check(self, stage, name) -> None:
        codes = [m.photo for m in stage.engine.chat_messages(stage.club.people[name].id) if m.photo]
        asked = parse_qs(urlsplit(code_in(codes[-1].content)).query)
        await stage.says(name, reference(name))
        claim = await reported(stage, name)
        assert [line.amount_paise for line in claim.lines] == [1_000_50, 574_50]
        async with stage.db.reading() as repos:
            sql = "SELECT upi_reference FROM claims WHERE id = $1"
            assert await repos.claims._conn.fetchval(sql, claim.id) == asked["tr"][0]


def reference(name: str) -> str:
    return f"Utr{name}x0000"


async def reported(stage, name) -> Claim:
    member = await stage.person(name)
    async with stage.db.reading() as repos:
        (claim,) = await repos.claims.list_of(member.id, waiting=False)
    return claim
