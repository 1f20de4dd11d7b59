"""People come in while workers die."""

from tests.faults import life
from tests.stories.memberships import subscribed


class Visit:
    """Of somebody in grace: one mark, one entry, one notice."""

    of = "visit-mark"
    told = ("renewal-asked",)

    async def prepare(self, stage, names) -> None:
        self.ids = {}
        for name in names:
            member = await stage.club.member(name)
            await subscribed(stage.db, member, ends_in=-1)
            self.ids[name] = member.id
        await stage.says("Asha", "/start")

    def act(self, stage, name) -> int:
        return life.mark_in(stage, "Asha", self.ids[name])

    async def check(self, stage, name) -> None:
        member = await stage.person(name)
        async with stage.db.reading() as repos:
            visits = await repos.visits.list_of(member.id)
            log = [entry.action for entry in await repos.audit.list_about(member.id)]
            told = tuple(each.kind for each in await repos.privacy.list_told(member.id))
        assert (len(visits), log, told) == (1, ["visit marked"], self.told)


class LettingIn(Visit):
    """Of somebody who has no subscription: with a reason."""

    of = "Let in"
    told = ()

    async def prepare(self, stage, names) -> None:
        self.ids = {name: (await stage.club.member(name)).id for name in names}
        await stage.says("Asha", "/start")

    async def before(self, stage, name) -> None:
        await stage.engine.handled(life.ask_why(stage, "Asha", self.ids[name]))

    def act(self, stage, name) -> int:
        return stage.chat.act("Asha", f"Let in {name}")
