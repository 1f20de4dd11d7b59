"""Every sentence an applicant reads: the form, its review, and what the club decided."""

from typing import Final

from bot.models.club import Club
from bot.models.registrations import (
    ADULT_YEARS,
    Answer,
    Applicant,
    Consent,
    Gender,
    Registration,
    RegistrationStatus,
)
from bot.texts.format import esc, kilograms, moment

TITLE: Final = "registration"
SHARE_NUMBER: Final = "📱 Share my number"
AGREE: Final = "✅ I agree"
SUBMIT: Final = "✅ Submit"
EDIT: Final = "✏️ Edit"
WITHDRAW: Final = "↩️ Withdraw"
PHONE_EXAMPLE: Final = "+91 98765 43210"

GENDERS: Final = {Gender.FEMALE: "Female", Gender.MALE: "Male", Gender.OTHER: "Other"}

_QUESTIONS: Final = {
    Answer.FULL_NAME: "📝 What is your full name?",
    Answer.PHONE: "📱 What is your phone number?\nTap the button below to share it, or type it.",
    Answer.AGE: "🎂 How old are you, in years?",
    Answer.GENDER: "🙂 What is your gender?",
    Answer.WEIGHT: "⚖️ What do you weigh, in kilograms? For example 72.5.",
    Answer.PHOTO: "📷 Send a photo of yourself, so that the team knows you at the door.",
}
_STEPS: Final = len(_QUESTIONS) + 2  # consent and review
_NAMES: Final = {
    Answer.FULL_NAME: "name",
    Answer.PHONE: "phone",
    Answer.AGE: "age",
    Answer.GENDER: "gender",
    Answer.WEIGHT: "weight",
    Answer.PHOTO: "photo",
}
_NOTICE: Final = (
    "🤝 To have you as a member the club keeps your name, phone, age, gender and weight, your "
    "photo if you sent one, and your Telegram name and id. It is used to know who trains here, to "
    "reach you and to follow your progress. Only the people who run the club see it.\n"
    "/my_data shows or deletes it at any time."
)
_GUARDIAN: Final = (
    "\n\n👪 You are under 18, so a parent or guardian must agree too. "
    "Please let them read this, and tap only if they do."
)


def question(answer: Answer, *, changing: bool) -> str:
    """``changing``: they come from the review, so there is no progress to show."""
    if changing:
        return _QUESTIONS[answer]
    return f"{_QUESTIONS[answer]} {_progress(list(_QUESTIONS).index(answer) + 1)}"


def consent(needed: Consent) -> str:
    guardian = _GUARDIAN if needed is Consent.GUARDIAN else ""
    return f"{_NOTICE}{guardian}\n\nDo you agree? {_progress(_STEPS - 1)}"


def review(applicant: Applicant) -> str:
    return f"👀 <b>Is everything right?</b> {_progress(_STEPS)}\n\n{answers(applicant)}"


def answers(applicant: Applicant) -> str:
    """What they said of themselves, one line each."""
    young = f" (under {ADULT_YEARS})" if applicant.age < ADULT_YEARS else ""
    return "\n".join(
        (
            f"Name: <b>{esc(applicant.full_name)}</b>",
            f"Phone: {phone(applicant)}",
            f"Age: {applicant.age}{young}",
            f"Gender: {GENDERS[applicant.gender]}",
            f"Weight: {kilograms(applicant.weight_grams)}",
            f"Photo: {'yes' if applicant.photo_file_id else 'none'}",
        )
    )


def phone(applicant: Applicant) -> str:
    mark = "✔ verified" if applicant.phone_verified else "⚠️ unverified"
    return f"{esc(applicant.phone)} ({mark})"


def change(answer: Answer) -> str:
    return f"✏️ Change {_NAMES[answer]}"


def submitted(registration: Registration, club: Club) -> str:
    """The answer to Submit, drawn again for a second tap."""
    if registration.status is RegistrationStatus.PENDING:
        return f"📨 <b>Sent.</b> {_state(registration, club)}"
    if registration.status is RegistrationStatus.APPROVED:
        return welcome(club)
    return SUPERSEDED


def waiting(registration: Registration, club: Club) -> str:
    return f"⏳ <b>Waiting for approval.</b> {_state(registration, club)}"


def welcome(club: Club) -> str:
    return f"🎉 <b>Welcome to {esc(club.name)}!</b>\nYou are a member now. Open the menu to begin."


def rejected(registration: Registration, club: Club) -> str:
    return (
        f"🙏 Thank you for your interest in {esc(club.name)}. "
        "The club could not accept your registration this time.\n"
        f"Reason: {esc(registration.reason)}\n\nYou are welcome to register again."
    )


SUPERSEDED: Final = "This registration is not with the club any more."
WITHDRAWN: Final = "↩️ Withdrawn. The club will not decide on it. You can register again any time."


def _progress(step: int) -> str:
    return f"({step}/{_STEPS})"


def _state(registration: Registration, club: Club) -> str:
    sent = moment(registration.submitted_at, club.zone)
    return (
        "It is with the club, and you will hear from us here.\n\n"
        f"{answers(registration.applicant)}\nSent: {sent}"
    )
