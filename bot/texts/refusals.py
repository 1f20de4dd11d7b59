"""One sentence per refusal. A refusal without a sentence stops the start."""

from datetime import date
from typing import Final

from bot import errors
from bot.texts import (
    activations,
    birthdays,
    broadcasts,
    bulk_changes,
    business,
    claims,
    credit_notes,
    exports,
    files,
    follow_ups,
    invoices,
    item_uploads,
    items,
    payment_requests,
    payments,
    plans,
    promos,
    purchases,
    receivables,
    subscriptions,
    templates,
    trials,
    verifications,
    visits,
)
from bot.texts.amounts import rupees
from bot.texts.common import OLD_BUTTON
from bot.texts.format import calendar_day, esc, shorten

_QUOTED: Final = 100  # characters of what somebody typed
SENTENCES: Final[dict[type[errors.Refusal], str]] = {
    errors.NotAllowed: "This is for {role}s of the club only.",
    errors.FormExpired: "This form is no longer complete. Please start it again.",
    errors.NotAName: "Please send your name in letters, 2 to 64 of them, like Anna Rao.",
    errors.NotAPhone: "Please send a phone number like +91 98765 43210, or use the button.",
    errors.NotYourContact: "That is someone else's contact. Share your own with the button.",
    errors.NotAnAge: "Please send your age in years, a number from 10 to 100, like 28.",
    errors.NotAGender: "Please tap Female, Male or Other, or send the word.",
    errors.NotAWeight: "Please send your weight in kilograms, 20 to 300, like 72.5.",
    errors.NotAPhoto: "Please send a photo, or tap ⏭ Skip.",
    errors.PhotoAsFile: "That came as a file. Please send it as a photo, or tap ⏭ Skip.",
    errors.NotAnId: "“{typed}” is not a Telegram id. Send digits only, like 424837855.",
    errors.NotAnAccount: "Please send an id like 424837855, an @username, a contact, or "
    "forward one of their messages.",
    errors.ContactWithoutAccount: "Telegram does not say whose account this contact is. Send their "
    "id or @username instead.",
    errors.HiddenForward: "They hide their account when forwarded. Send their id or @username "
    "instead; they see the id with /whoami.",
    errors.SearchTooShort: "Please send at least 2 letters of the name, like An.",
    errors.NothingToSearch: "Send an id like 424837855, an @username, a phone like "
    "+91 98765 43210, or at least 2 letters of the name, a forwarded message or a contact.",
    errors.HiddenSender: "Telegram does not tell me who wrote that. Send their id, @username, "
    "phone or at least 2 letters of the name.",
    errors.TextTooLong: "That is too long: at most {limit} characters, please.",
    errors.TextExpected: "Please answer with a text message.",
    errors.ButtonExpected: "Please tap one of the buttons above.",
    errors.OldButton: OLD_BUTTON,
    errors.StaleButton: "This button belongs to an earlier question. Use the newest one.",
    errors.AlreadyMember: "You are a member already. See /menu.",
    errors.AlreadyPending: "Your registration is with the club already. See /register.",
    errors.RegistrationNotFound: "This registration is not there any more.",
    errors.ApplicantBanned: "They are banned. Unban them first, or reject the registration.",
    errors.MemberNotFound: "Nobody found for “{typed}”. Send an id like 424837855, an @username, a "
    "phone like +91 98765 43210, or at least 2 letters of the name.",
    errors.PersonGone: "This person has been deleted.",
    errors.NobodyTouchesOwners: "Owners cannot be banned or deleted.",
    errors.NotYourself: "You cannot do this to yourself.",
    errors.AboveYou: "Only an owner can do this to someone with a post in the club.",
    errors.AlreadyBanned: "They are banned already.",
    errors.NotBanned: "They are not banned.",
    errors.LastOwner: "The club needs at least one owner.",
    errors.OwnerFromEnvironment: "This owner is named in OWNER_IDS and can only be removed there.",
    errors.StillInOffice: "You hold a post in the club. Ask an owner to relieve you of it first.",
    errors.AlreadyErased: "Your data has been deleted already.",
    errors.AlreadyInOffice: "This person already has the role: {office}.",
    errors.NotInOffice: "They hold no such post any more.",
    errors.HasNotStarted: "I do not know this person yet, so I cannot reach them. Ask them to open "
    "https://t.me/{bot} and tap Start, then send this again.",
    errors.BannedFromOffice: "This person is banned. Unban them first: /admin, then 👥 Members.",
    errors.OfficeChanged: "Someone has just changed this person’s role. Please look again.",
    errors.Unreachable: "They cannot be reached: they blocked the bot or never started it.",
    errors.NotificationGone: "This notification is not there any more.",
    errors.AlwaysTold: "Decisions about you always reach you, at once.",
    errors.NotHours: "“{typed}” is not a time of quiet. Send from and to, like 22:00-06:30.",
    errors.NotAZone: "“{typed}” is not a time zone. Send one like Asia/Kolkata.",
    errors.NotACurrency: "“{typed}” is not a currency. Send a code like INR.",
    errors.NotAnHour: "“{typed}” is not a time of day. Send hours and minutes like 07:30.",
    errors.JobGone: "This job is not among the failed ones any more.",
    errors.AlreadySetUp: "Another owner has just set up the club. You can change it in ⚙️ Settings.",
    **broadcasts.REFUSALS,
    **templates.REFUSALS,
    **invoices.REFUSALS,
    **payments.REFUSALS,
    **receivables.REFUSALS,
    **credit_notes.REFUSALS,
    **claims.REFUSALS,
    **plans.REFUSALS,
    **promos.REFUSALS,
    **trials.REFUSALS,
    **purchases.REFUSALS,
    **subscriptions.REFUSALS,
    **bulk_changes.REFUSALS,
    **activations.REFUSALS,
    **verifications.REFUSALS,
    **payment_requests.REFUSALS,
    **exports.REFUSALS,
    **visits.REFUSALS,
    **follow_ups.REFUSALS,
    **birthdays.REFUSALS,
    **business.REFUSALS,
    **files.REFUSALS,
    **items.REFUSALS,
    **item_uploads.REFUSALS,
}


def sentence(refusal: errors.Refusal) -> str:
    values = {name: _told(name, value) for name, value in refusal.details.items()}
    return SENTENCES[type(refusal)].format(**values)


def _told(name: str, value: object) -> str:
    """Amounts are kept in paise and said in rupees; days as people write them."""
    if name.endswith("_paise") and isinstance(value, int):
        return rupees(value)
    if isinstance(value, date):
        return calendar_day(value)
    return esc(shorten(str(value), _QUOTED))
