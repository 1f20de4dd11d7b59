"""Refusals: every way the club may say "no" to a person.

Services and parsers raise them, ``routers/refusals.py`` turns them into a reply.
Anything else that escapes a handler is a bug, or trouble with a server, and is logged as one.
"""


class Refusal(Exception):
    """A request we understood and decline; the sentence lives in ``texts/refusals.py``.

    A refused step leaves the form as it was. Arguments are kept as attributes for the sentence.
    """

    closes_form: bool = False

    def __init__(self, **details: object) -> None:
        super().__init__(*details.values())
        self.details = details


class NotAllowed(Refusal):
    """Needs ``role``."""


class FormExpired(Refusal):
    """An answer the form relies on is gone."""

    closes_form = True


# What people type


class NotAName(Refusal):
    pass


class NotAPhone(Refusal):
    pass


class NotYourContact(Refusal):
    """A shared contact that is someone else's proves nothing about the sender."""


class NotAnAge(Refusal):
    pass


class NotAGender(Refusal):
    pass


class NotAWeight(Refusal):
    pass


class NotAPhoto(Refusal):
    pass


class PhotoAsFile(Refusal):
    """A picture, but sent as a document."""


class NotAnId(Refusal):
    """Needs ``typed``."""


class NotAnAccount(Refusal):
    """Neither an id nor a username, a contact or a forwarded message."""


class ContactWithoutAccount(Refusal):
    """A contact from a phone book: Telegram does not say whose account it is."""


class HiddenForward(Refusal):
    """Forwarded from someone who hides their account."""


class SearchTooShort(Refusal):
    pass


class NothingToSearch(Refusal):
    """A photo, a sticker and the like in a search box."""


class HiddenSender(Refusal):
    """A forwarded message whose writer does not let Telegram name them."""


class TextTooLong(Refusal):
    """Needs ``limit``, in characters."""


class TextExpected(Refusal):
    pass


class ButtonExpected(Refusal):
    pass


class OldButton(Refusal):
    """Of a screen that no longer holds."""


class StaleButton(Refusal):
    """A button of an earlier question, pressed while a later one is open."""


# Registrations


class AlreadyMember(Refusal):
    pass


class AlreadyPending(Refusal):
    pass


class RegistrationNotFound(Refusal):
    pass


class ApplicantBanned(Refusal):
    """A banned person cannot be approved."""


# People


class MemberNotFound(Refusal):
    """Needs ``typed``: what was searched for."""


class PersonGone(Refusal):
    """Deleted in the meantime."""


class NobodyTouchesOwners(Refusal):
    pass


class NotYourself(Refusal):
    pass


class AboveYou(Refusal):
    """An admin may not act on someone in office; an owner may."""


class AlreadyBanned(Refusal):
    pass


class NotBanned(Refusal):
    pass


class LastOwner(Refusal):
    pass


class OwnerFromEnvironment(Refusal):
    pass


class StillInOffice(Refusal):
    """Who wants to leave must be relieved of their post first."""


class AlreadyErased(Refusal):
    """A button of a person who has deleted themselves; whoever pressed it is new to us."""


class AlreadyInOffice(Refusal):
    """Needs ``office``."""


class NotInOffice(Refusal):
    pass


class HasNotStarted(Refusal):
    """Nobody to give an office to: they never wrote to the bot. Needs ``bot``, its username."""


class BannedFromOffice(Refusal):
    """Nobody in office is banned, so the ban goes first."""


class OfficeChanged(Refusal):
    """Someone else changed the person's office while this was being confirmed."""

    closes_form = True


class Unreachable(Refusal):
    """The person blocked the bot or never started it."""


# Notifications


class NotificationGone(Refusal):
    """Deleted, never there, or somebody else's: all sound the same."""


class AlwaysTold(Refusal):
    """What changes a person's standing is told whether they like it or not."""


class NotHours(Refusal):
    """Not two different times of day. Needs ``typed``."""


# Club settings


class NotAZone(Refusal):
    """Needs ``typed``."""


class NotACurrency(Refusal):
    """Needs ``typed``."""


class AlreadySetUp(Refusal):
    """Another owner was first."""

    closes_form = True


# Work in the background


class NotAnHour(Refusal):
    """Needs ``typed``."""


class JobGone(Refusal):
    """Somebody has had it tried again, or forgotten it."""


# Not a refusal


class JobTaken(Exception):
    """Another worker has begun this job since, or has done it: nothing of ours may take effect."""


class Unavailable(Exception):
    """A server (PostgreSQL, Redis, Telegram) did not answer; the update may be tried again.

    ``retry_after``: seconds that it asked to be left alone.
    """

    def __init__(self, what: str, *, retry_after: float = 0) -> None:
        super().__init__(what)
        self.retry_after = retry_after
