"""Groups: founding, joining, leaving, and the move to a supergroup."""

from collections.abc import Iterable
from typing import Literal

from bot.simulator.models import Bot, Chat, Person, Sender
from bot.simulator.people import People
from bot.simulator.views import member_status, user_view


class Groups(People):
    def add_group(
        self,
        title: str,
        members: Iterable[Person] = (),
        *,
        kind: Literal["group", "supergroup"] = "supergroup",
        bot_is_admin: bool = False,
    ) -> Chat:
        """Found a group with these people and the bot; the first person owns it."""
        people = list(members)
        group = self.new_group(title, kind)
        group.members |= {person.id: person for person in people}
        group.admins |= {person.id for person in people[:1]}
        for bot in self.bots.values():
            group.members[bot.id] = bot
            if bot_is_admin:
                group.admins.add(bot.id)
            if people:
                self.tell_membership(group, people[0], bot, "left", member_status(group, bot))
        return group

    def join(self, person: Person, group: Chat) -> int:
        group.members[person.id] = person
        group.removed.pop(person.id, None)
        self.tell_membership(group, person, person, "left", "member")
        newcomers = [user_view(person)]
        return self._say(person, group, service={"new_chat_members": newcomers})

    def leave(self, person: Person, group: Chat) -> int:
        self.drop_member(group, person, "left")
        self.tell_membership(group, person, person, "member", "left")
        return self._say(person, group, service={"left_chat_member": user_view(person)})

    def remove_bot(self, group: Chat, by: Person, bot: Bot | None = None) -> int:
        bot = bot or self.bot
        old = member_status(group, bot)
        self.drop_member(group, bot, "kicked")
        return self.tell_membership(group, by, bot, old, "kicked")

    def drop_member(self, group: Chat, user: Sender, how: Literal["left", "kicked"]) -> None:
        group.members.pop(user.id, None)
        group.admins.discard(user.id)
        group.removed[user.id] = how

    def migrate(self, group: Chat, by: Person) -> Chat:
        """Upgrade a group to a supergroup: the old id stops working and names the new one."""
        successor = self.new_group(group.title or "", "supergroup")
        successor.members, successor.admins = dict(group.members), set(group.admins)
        self._say(by, group, service={"migrate_to_chat_id": successor.id})
        self._say(by, successor, service={"migrate_from_chat_id": group.id})
        group.migrated_to = successor.id
        return successor
