"""Chats and their members, pins and reactions."""

from bot.simulator.errors import bad_request
from bot.simulator.methods.registry import Request, method
from bot.simulator.methods.targets import find_message, find_user, readable_chat
from bot.simulator.models import Chat, JsonDict
from bot.simulator.views import chat_view, member_status, member_view

_GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


@method("getChat")
def get_chat(request: Request) -> JsonDict:
    chat = readable_chat(request)
    if chat.is_private and not chat.started:
        raise bad_request("chat not found")
    return chat_view(chat) | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": dict.fromkeys(_GIFTS, False),
    }


@method("getChatMember")
def get_chat_member(request: Request) -> JsonDict:
    return member_view(readable_chat(request), find_user(request))


@method("getChatAdministrators")
def get_chat_administrators(request: Request) -> list[JsonDict]:
    chat = _group(request, "there are no administrators in the private chat")
    members = [member for member in chat.members.values() if member.id in chat.admins]
    return [member_view(chat, member) for member in members]


@method("getChatMemberCount")
def get_chat_member_count(request: Request) -> int:
    chat = readable_chat(request)
    return 2 if chat.is_private else len(chat.members)


@method("getUserProfilePhotos")
def get_user_profile_photos(request: Request) -> JsonDict:
    find_user(request)
    return {"total_count": 0, "photos": []}


@method("setMessageReaction")
def set_message_reaction(request: Request) -> bool:
    message = find_message(request, readable_chat(request), "react")
    reactions = request.params.json("reaction", "can't parse reaction types JSON array") or []
    if len(reactions) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    message.reactions = reactions
    return True


@method("pinChatMessage", "unpinChatMessage")
def pin_chat_message(request: Request) -> bool:
    chat = readable_chat(request)
    if request.params.has("message_id"):
        find_message(request, chat, "pin")
    return True


@method("unpinAllChatMessages", "unbanChatMember", "restrictChatMember")
def accept(request: Request) -> bool:
    readable_chat(request)
    return True


@method("leaveChat")
def leave_chat(request: Request) -> bool:
    chat = _group(request, "chat member status can't be changed in private chats")
    old = member_status(chat, request.bot)
    request.engine.drop_member(chat, request.bot, "left")
    request.engine.tell_membership(chat, request.bot, request.bot, old, "left")
    return True


@method("banChatMember")
def ban_chat_member(request: Request) -> bool:
    chat = _group(request, "can't ban members in private chats")
    user = find_user(request)
    if request.bot.id not in chat.admins:
        raise bad_request("not enough rights to restrict/unrestrict chat member")
    old = member_status(chat, user)
    request.engine.drop_member(chat, user, "kicked")
    request.engine.tell_membership(chat, request.bot, user, old, "kicked")
    return True


def _group(request: Request, problem: str) -> Chat:
    chat = readable_chat(request)
    if chat.is_private:
        raise bad_request(problem)
    return chat
