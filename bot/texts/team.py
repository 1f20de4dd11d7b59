"""Every sentence about admins, owners and staff."""

from typing import Final

from bot.models.people import Office, Person
from bot.models.team import OfficeChange, StaffPage
from bot.texts.format import esc, shorten

ADD_STAFF = "➕ Add staff"
ADD_ADMIN = "➕ Add admin"
ADD_OWNER = "➕ Make owner"
YES = "✅ Yes"
YES_REMOVE = "✅ Yes, remove"
YES_STEP_DOWN = "✅ Yes, step down"
STEP_DOWN = "🚪 Step down"

_A: Final = {Office.STAFF: "staff", Office.ADMIN: "an admin", Office.OWNER: "an owner"}
_MAY: Final = {
    Office.STAFF: "They will take attendance and see the queues of the day.",
    Office.ADMIN: "They will see the admin panel: members, approvals and all that follows.",
    Office.OWNER: "They will be able to do everything, you included.",
}
_NOW: Final = {
    Office.STAFF: "🧑‍🍳 You are staff of the club now. Welcome to the team!",
    Office.ADMIN: "🛡 You are an admin of the club now. Send /admin to see the panel.",
    Office.OWNER: "👑 You are an owner of the club now. /admin and /owner are open to you.",
}
_LABEL: Final = 24  # of a name on a button


def staff(page: StaffPage) -> str:
    if not page.of:
        return "🧑‍🍳 <b>Staff</b>\nNobody yet. Add the first one below."
    lines = "\n".join(f"• {known(person)}" for person in page.people)
    return f"🧑‍🍳 <b>Staff</b>: {page.of}\n{lines}"


def leaders(people: list[Person]) -> str:
    lines = "\n".join(f"{_badge(person)} {known(person)}{_source(person)}" for person in people)
    return f"🛡 <b>Admins and owners</b>\n{lines}"


def known(person: Person) -> str:
    """A person as admins tell them apart: name, username, id."""
    name = esc(person.name) if person.display_name or person.full_name else "Not here yet"
    username = f"@{esc(person.username)}, " if person.username else ""
    return f"{name} ({username}<code>{person.telegram_id}</code>)"


def ask_person(to: Office) -> str:
    return (
        f"Who becomes {_A[to]}?\nSend their Telegram id, like <code>424837855</code>, their "
        "@username or their contact, or forward one of their messages.\n"
        "They find their id with /whoami."
    )


def ask_appointment(person: Person, to: Office) -> str:
    now = f" They are {_A[person.office]} now." if person.office else ""
    return f"Make {known(person)} {_A[to]}?{now}\n{_MAY[to]}"


def ask_removal(person: Person, lesser: Office | None, *, is_self: bool) -> str:
    if is_self:
        return (
            "Step down as an owner? The owner panel closes for you at once; another owner can "
            "bring you back."
        )
    if person.office is None:
        return f"{known(person)} holds no office."
    instead = f" Or make them {_A[lesser]} instead?" if lesser else ""
    return (
        f"Remove {known(person)}? They are {_A[person.office]} now; their buttons stop at once."
        f"{instead}"
    )


def changed(change: OfficeChange, *, is_self: bool) -> str:
    if is_self:
        return f"🚪 Done. You are {_what(change.to)} now."
    name = f"<b>{esc(change.person.name)}</b>"
    if change.to:
        return f"✅ {name} is {_A[change.to]} now. I have told them."
    if change.person.office is None:
        return f"✅ {name} holds no office now."
    return f"✅ {name} is no longer {_A[change.person.office]}. I have told them."


def told(to: Office | None, was: Office | None) -> str:
    """What the person hears."""
    rising = to and (was is None or to.role > was.role)
    if to and rising:
        return _NOW[to]
    ended = f"You are no longer {_A[was]} of the club." if was else "Your role has changed."
    then = f" You are {_A[to]} now." if to else " Thank you for your work!"
    return f"ℹ️ {ended}{then}"


def remove(person: Person) -> str:
    return f"❌ Remove {shorten(person.name, _LABEL)}"


def instead(lesser: Office) -> str:
    return {Office.STAFF: "🧑‍🍳 Make staff", Office.ADMIN: "🛡 Make admin"}[lesser]


def _what(office: Office | None) -> str:
    return _A[office] if office else "no longer an owner"


def _badge(person: Person) -> str:
    return "👑" if person.office is Office.OWNER else "🛡"


def _source(person: Person) -> str:
    if person.from_environment:
        return ", owner (named in OWNER_IDS)"
    return f", {person.office}" if person.office else ""
