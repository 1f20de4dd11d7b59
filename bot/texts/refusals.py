"""One sentence per refusal. A refusal without a sentence stops the start."""

from typing import Final

from bot import errors
from bot.texts.format import esc

SENTENCES: Final[dict[type[errors.Refusal], str]] = {
    errors.NotAllowed: "This is for {role}s of the club only.",
    errors.FormExpired: "This form is no longer complete. Please start it again.",
    errors.NotAName: "Please send your first and last name in letters, like Anna Rao.",
    errors.NotAPhone: "Please send a phone number like +91 98765 43210, or use the button.",
    errors.NotYourContact: "That is someone else's contact. Share your own with the button.",
    errors.NotAnAge: "Please send your age in years, a number from 10 to 100, like 28.",
    errors.NotAGender: "Please tap one of the buttons above.",
    errors.NotAWeight: "Please send your weight in kilograms, 20 to 300, like 72.5.",
    errors.NotAPhoto: "Please send a photo, or tap ⏭ Skip.",
    errors.NotAnId: "“{typed}” is not a Telegram id. Send digits only, like 424837855.",
    errors.NotAnAccount: "Please send an id like 424837855, an @username, a contact, or "
    "forward one of their messages.",
    errors.ContactWithoutAccount: "Telegram does not say whose account this contact is. Send their "
    "id or @username instead.",
    errors.HiddenForward: "They hide their account when forwarded. Send their id or @username "
    "instead; they see the id with /whoami.",
    errors.SearchTooShort: "Please send at least 2 letters of the name, like An.",
    errors.TextTooLong: "That is too long: at most {limit} characters, please.",
    errors.TextExpected: "Please answer with a text message.",
    errors.ButtonExpected: "Please tap one of the buttons above.",
    errors.StaleButton: "This button belongs to an earlier question. Use the newest one.",
    errors.AlreadyMember: "You are a member already. See /menu.",
    errors.AlreadyPending: "Your registration is with the club already. See /register.",
    errors.RegistrationNotFound: "This registration is not there any more.",
    errors.RegistrationAlreadyDecided: "{by} already {status} this at {at}.",
    errors.MemberNotFound: "Nobody found for “{typed}”. Send an id like 424837855, an @username, a "
    "phone like +91 98765 43210, or at least 2 letters of the name.",
    errors.PersonGone: "This person has been deleted.",
    errors.NobodyTouchesOwners: "Owners cannot be banned or deleted.",
    errors.NotYourself: "You cannot do this to yourself.",
    errors.AboveYou: "Only an owner can do this to an admin.",
    errors.AlreadyBanned: "They are banned already.",
    errors.NotBanned: "They are not banned.",
    errors.LastOwner: "The club needs at least one owner.",
    errors.OwnerFromEnvironment: "This owner is named in OWNER_IDS and can only be removed there.",
    errors.AlreadyInOffice: "This person already has the role: {office}.",
    errors.NotInOffice: "They hold no such post any more.",
    errors.HasNotStarted: "I do not know this person yet, so I cannot reach them. Ask them to open "
    "https://t.me/{bot} and tap Start, then send this again.",
    errors.BannedFromOffice: "This person is banned. Unban them first: /admin, then 👥 Members.",
    errors.OfficeChanged: "Someone has just changed this person’s role. Please look again.",
    errors.Unreachable: "They cannot be reached: they blocked the bot or never started it.",
    errors.NotAZone: "“{typed}” is not a time zone. Send one like Asia/Kolkata.",
    errors.NotACurrency: "“{typed}” is not a currency. Send a code like INR.",
    errors.AlreadySetUp: "Another owner has just set up the club. You can change it in ⚙️ Settings.",
}


def sentence(refusal: errors.Refusal) -> str:
    values = {name: esc(value) for name, value in refusal.details.items()}
    return SENTENCES[type(refusal)].format(**values)
