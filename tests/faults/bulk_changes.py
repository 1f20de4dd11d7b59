"""A whole list that is given days while workers die."""

from bot.keyboards.bulk_changes import AskExtendAll
from bot.models.subscriptions import SubscriptionList
from tests.faults.invoices import pressed
from tests.stories.memberships import subscribed


class ExtendingAll:
    """Everybody on the list gets a day with each press that is seen through: once, told once."""

    of = "bulk-extend-yes"

    async def prepare(self, stage, names) -> None:
        self.pressed = 0
        for name in names:
            await subscribed(stage.db, await stage.club.member(name), ends_in=0)
        await stage.says("Asha", "/start")

    async def before(self, stage, name) -> None:
        ask = AskExtendAll(which=SubscriptionList.EXPIRING)
        await stage.engine.handled(pressed(stage, ask))
        await stage.plays("Asha", "1", "closed")

    def act(self, stage, name) -> int:
        self.pressed += 1
        (label,) = [each for each in stage.chat.buttons("Asha") if each.startswith("✅ Yes")]
        return stage.chat.act("Asha", f"[{label}]")

    async def check(self, stage, name) -> None:
        member = await stage.person(name)
        async with stage.db.reading() as repos:
            (bought,) = await repos.subscriptions.list_of(member.id)
            told = await repos.privacy.list_told(member.id)
            log = [entry.action for entry in await repos.audit.list_about(member.id)]
        assert [change.days for change in bought.changes] == [1] * self.pressed
        assert [each.kind for each in told] == ["subscription-changed"] * self.pressed
        assert log == ["subscription changed"] * self.pressed
