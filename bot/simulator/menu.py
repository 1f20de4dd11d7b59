"""The commands a person's menu shows: the nearest scope that has any wins."""

from bot.simulator.models import Bot, JsonDict, Person


def menu_of(bot: Bot, person: Person) -> list[JsonDict]:
    scopes = (f"chat:{person.id}", "all_private_chats", "default")
    languages = (person.language_code.partition("-")[0], "")
    keys = [(scope, language) for scope in scopes for language in languages]
    return next((bot.commands[key] for key in keys if bot.commands.get(key)), [])
