"""What is done with the store's items while workers die."""

from tests.workbooks import workbook


class Saving:
    """An item that the form has asked for, question by question."""

    of = "item-save"
    steps = ("[🛒 Store]", "[➕ Add item]", "{}", "[⏭ No code]", "500", "[18 %]", "[⏭ Not counted]")

    async def prepare(self, stage, names) -> None:
        await stage.says("Asha", "/start")

    async def before(self, stage, name) -> None:
        for step in ("/admin", *self.steps):
            await stage.says("Asha", step.format(name))

    def act(self, stage, name) -> int:
        return stage.chat.act("Asha", "[✅ Save]")

    async def check(self, stage, name) -> None:
        async with stage.db.reading() as repos:
            named = [item for item in await repos.items.list_all() if item.name == name]
        assert len(named) == 1
        assert await added_in_the_log(stage, named[0].serial) == 1


class Applying(Saving):
    """A file of one item."""

    of = "item-up-apply"

    async def before(self, stage, name) -> None:
        for step in ("/admin", "[🛒 Store]", "[📥 Upload Excel]"):
            await stage.says("Asha", step)
        asha, file = stage.club.people["Asha"], workbook(("", name, "", 500, 18))
        await stage.engine.handled(stage.engine.send_document(asha, "items.xlsx", file))

    def act(self, stage, name) -> int:
        return stage.chat.act("Asha", "[✅ Apply]")

    async def check(self, stage, name) -> None:
        async with stage.db.reading() as repos:
            names = [item.name for item in await repos.items.list_all()]
            entries = await repos.audit.list_latest(limit=1000)
        assert names.count(name) == 1
        assert [entry.after["added"] for entry in entries] == [1] * len(names)


async def added_in_the_log(stage, serial) -> int:
    async with stage.db.reading() as repos:
        entries = await repos.audit.list_latest(limit=1000)
    return len([entry for entry in entries if entry.after.get("serial") == serial])
