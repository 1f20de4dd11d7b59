"""What is done with people, from their chats and an admin's, while workers die."""

import asyncio
from uuid import uuid4

from bot.models.broadcasts import Content, NewBroadcast, Segment, SegmentKind
from tests.faults import life
from tests.postgres import connected


class Approval:
    of = "apr-approve"

    async def prepare(self, stage, names) -> None:
        self.ids = dict(zip(names, await life.applied(stage, *names), strict=True))
        self.cards = {name: await life.card(stage, "Asha", self.ids[name]) for name in names}

    def act(self, stage, name) -> int:
        return life.approve(stage, "Asha", self.cards[name], self.ids[name])

    async def check(self, stage, name) -> None:
        assert "Approved by Asha" in self.cards[name].text
        assert len([text for text in stage.heard(name) if "Welcome" in text]) == 1
        assert await effects(stage, name) == ["registration approved"]


class Rejection(Approval):
    of = "Because of"

    def act(self, stage, name) -> int:
        return stage.chat.act("Asha", f"Because of {name}")

    async def before(self, stage, name) -> None:
        asked = life.reject(stage, "Asha", self.cards[name], self.ids[name])
        await stage.engine.handled(asked)

    async def check(self, stage, name) -> None:
        assert f"Because of {name}" in self.cards[name].text
        assert len([text for text in stage.heard(name) if f"Because of {name}" in text]) == 1
        assert await effects(stage, name) == ["registration rejected"]


class Submission:
    of = "reg-submit"

    async def prepare(self, stage, names) -> None:
        for name in names:
            stage.club.visitor(name)
        await asyncio.gather(*(life.fill(stage, name) for name in names))

    def act(self, stage, name) -> int:
        return stage.chat.act(name, life.SUBMIT)

    async def check(self, stage, name) -> None:
        cards = [text for text in stage.heard("Asha") if f"{name} Rao" in text]
        assert len(cards) == 1
        assert "with the club" in stage.heard(name)[-1]  # the reply arrived
        async with stage.db.reading() as repos:
            person = await repos.people.find_by_telegram_id(stage.club.people[name].id)
            assert len(await repos.registrations.list_of(person.id)) == 1


class Deletion:
    of = "mem-del-yes"
    asked = 0

    async def prepare(self, stage, names) -> None:
        self.ids = {name: (await stage.club.member(name)).id for name in names}
        await stage.says("Asha", "/start")

    async def before(self, stage, name) -> None:
        await stage.engine.handled(life.ask_to_delete(stage, "Asha", self.ids[name]))

    def act(self, stage, name) -> int:
        self.asked += 1
        return stage.chat.act("Asha", "[🗑 Yes, delete]")

    async def check(self, stage, name) -> None:
        async with stage.db.reading() as repos:
            left = await repos.members.find_card(self.ids[name])
            entries = await repos.audit.list_about(self.ids[name])
        assert (left.person.is_deleted, left.profile) == (True, None)
        assert [entry.action for entry in entries] == ["member deleted"]
        assert len([text for text in stage.heard("Asha") if "Deleted." in text]) >= self.asked


class Broadcast:
    of = "bc-send"

    async def prepare(self, stage, names) -> None:
        if not any(worker.orders.road == "jobs" for worker in stage.workers):
            await stage.start(1, "jobs")
        asha = await stage.person("Asha")
        self.numbers = {}
        for name in names:
            member = await stage.club.member(name)
            segment = Segment(kind=SegmentKind.PICKED, people=(member.id,))
            content = Content(html="Closed on Sunday")
            new = NewBroadcast(operation_id=uuid4(), segment=segment, content=content)
            async with stage.db.transaction() as tx:
                self.numbers[name] = await tx.broadcasts.add(new, by=asha.id)
        await stage.says("Asha", "/start")

    def act(self, stage, name) -> int:
        return life.send_broadcast(stage, "Asha", self.numbers[name])

    async def check(self, stage, name) -> None:
        number = self.numbers[name]
        async with connected(stage.database_url) as conn:
            sql = "SELECT count(*) FROM audit_log WHERE action = 'broadcast sent'"
            assert await conn.fetchval(f"{sql} AND after ->> 'broadcast' = $1", str(number)) == 1
        assert stage.heard(name) == ["Closed on Sunday"]


async def effects(stage, name) -> list[str]:
    person = await stage.person(name)
    async with stage.db.reading() as repos:
        return [entry.action for entry in await repos.audit.list_about(person.id)]
