"""The people of the demo club: who has a chat in the simulator, and who is only in the books."""

from typing import Final, NamedTuple

from bot.models.birthdays import Birthday
from bot.models.people import Office
from bot.models.registrations import Applicant, Gender


class Actor(NamedTuple):
    """Somebody with a chat on the page."""

    telegram_id: int
    first_name: str
    last_name: str
    username: str
    phone: str
    office: Office | None = None
    profile: Applicant | None = None


def _profile(name: str, phone: str, age: int, gender: Gender, kilograms: int) -> Applicant:
    return Applicant(
        full_name=name,
        phone=phone,
        phone_verified=True,
        age=age,
        gender=gender,
        weight_grams=kilograms * 1000,
        photo_file_id=None,
    )


VERA: Final = Actor(424837855, "Vera", "Kulkarni", "vera_runs_it", "+919820011223", Office.OWNER)
ACTORS: Final = (
    VERA,
    Actor(
        515203344,
        "Anna",
        "D’Souza",
        "anna_dsz",
        "+919820044556",
        profile=_profile("Anna D’Souza", "+919820044556", 29, Gender.FEMALE, 61),
    ),
    Actor(689112007, "Ravi", "Patil", "ravi_p", "+919820077889"),
    Actor(733450921, "Asha", "Nair", "asha_frontdesk", "+919820099001", Office.ADMIN),
)

MEMBERS: Final = {
    900100101: _profile("Meera Joshi", "+919820100101", 34, Gender.FEMALE, 58),
    900100102: _profile("Arjun Mehta", "+919820100102", 41, Gender.MALE, 82),
    900100103: _profile("Sunita Rao", "+919820100103", 25, Gender.FEMALE, 55),
    900100104: _profile("José Fernandes", "+919820100104", 38, Gender.MALE, 77),
    900100105: _profile("प्रिया शर्मा", "+919820100105", 31, Gender.FEMALE, 64),
    900100106: _profile("Kabir Khan", "+919820100106", 22, Gender.MALE, 70),
    900100107: _profile("Anna Fernandes", "+919820100107", 47, Gender.FEMALE, 68),
    900100108: _profile("Rohan Deshpande", "+919820100108", 19, Gender.MALE, 66),
    900100109: _profile("Vikram Shetty", "+919820100109", 27, Gender.MALE, 91),
}


class Rhythm(NamedTuple):
    """How somebody trains: ``last`` came in so many days ago, and ``every`` so many before that."""

    last: int
    every: int


WEEKS: Final = 6  # that the book of visits goes back
RHYTHMS: Final = {
    515203344: Rhythm(last=1, every=2),
    900100101: Rhythm(last=0, every=3),
    900100102: Rhythm(last=2, every=4),
    900100103: Rhythm(last=8, every=2),
    900100104: Rhythm(last=16, every=5),
    900100105: Rhythm(last=33, every=1),
    900100107: Rhythm(last=0, every=7),
    900100108: Rhythm(last=5, every=5),
}
BIRTHDAYS: Final = {
    515203344: Birthday(day=24, month=11, year=1997),
    900100101: Birthday(day=29, month=2, year=1992),
    900100106: Birthday(day=12, month=3, year=None),
}
