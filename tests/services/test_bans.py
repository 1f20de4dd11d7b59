"""Who may ban whom, and who tells them: the rules and the races."""

import asyncio
from uuid import uuid4

import pytest

from bot.errors import (
    AboveYou,
    AlreadyBanned,
    NobodyTouchesOwners,
    NotAllowed,
    NotBanned,
    NotYourself,
    PersonGone,
)
from bot.logs import handling
from bot.models.members import objection
from bot.models.people import Office, Person, Role, TelegramUser
from bot.services.bans import BanService
from bot.services.notices import NoticeService
from bot.services.privacy import PrivacyService
from tests.club import founded


@pytest.fixture
def bans(db, cache) -> BanService:
    return BanService(db, cache)


async def known(db, telegram_id, office=None) -> Person:
    async with db.transaction() as tx:
        user = TelegramUser(
            telegram_id=telegram_id, username=None, display_name="X", language_code=None
        )
        person_id = await tx.people.remember(user)
        await tx.people.set_office(person_id, office)
        return await tx.people.find(person_id)


def person(number, office=None, **changes) -> Person:
    fields = {
        "id": number,
        "telegram_id": number,
        "username": None,
        "display_name": "X",
        "full_name": None,
        "office": office,
        "from_environment": False,
        "is_banned": False,
        "is_member": False,
        "is_pending": False,
        "is_reachable": True,
    }
    return Person(**{**fields, **changes})


@pytest.mark.parametrize(
    ("by", "on", "expected"),
    [
        (person(1, Office.OWNER), person(2), None),
        (person(1, Office.OWNER), person(2, Office.STAFF), None),
        (person(1, Office.OWNER), person(2, Office.ADMIN), None),
        (person(1, Office.OWNER), person(2, Office.OWNER), NobodyTouchesOwners),
        (person(1, Office.OWNER), person(1, Office.OWNER), NotYourself),
        (person(1, Office.ADMIN), person(2), None),
        (person(1, Office.ADMIN), person(2, is_member=True), None),
        (person(1, Office.ADMIN), person(2, is_banned=True), None),
        (person(1, Office.ADMIN), person(2, Office.STAFF), AboveYou),
        (person(1, Office.ADMIN), person(2, Office.ADMIN), AboveYou),
        (person(1, Office.ADMIN), person(2, Office.OWNER), NobodyTouchesOwners),
        (person(1, Office.ADMIN), person(1, Office.ADMIN), NotYourself),
        (person(1, Office.ADMIN), person(2, telegram_id=None), PersonGone),
        (person(1, Office.STAFF), person(2), NotAllowed),
        (person(1, is_member=True), person(2), NotAllowed),
        (person(1), person(1), NotAllowed),
        (person(1, is_banned=True), person(2), NotAllowed),
    ],
)
def test_who_may_ban_and_delete_whom(by, on, expected):
    assert type(objection(by, on)) is (expected or type(None))


async def test_authority_is_checked_on_the_rows_not_on_what_the_caller_remembers(bans, db):
    admin, anna = await known(db, 1, Office.ADMIN), await known(db, 2)
    async with db.transaction() as tx:
        await tx.people.set_office(admin.id, None)
    with pytest.raises(NotAllowed):
        await bans.ban(anna.id, reason="x", by=admin)
    with pytest.raises(NotAllowed):
        await bans.unban(anna.id, by=admin)


async def test_a_target_who_became_owner_meanwhile_is_safe(bans, db):
    admin, anna = await known(db, 1, Office.ADMIN), await known(db, 2)
    await bans.check(anna.id, by=admin)
    async with db.transaction() as tx:
        await tx.people.set_office(anna.id, Office.OWNER)
    with pytest.raises(NobodyTouchesOwners):
        await bans.ban(anna.id, reason="x", by=admin)


async def test_twenty_bans_at_once_are_one(bans, db):
    admins = [await known(db, 10 + n, Office.ADMIN) for n in range(5)]
    anna = await known(db, 2)
    tries = [bans.ban(anna.id, reason="x", by=admin) for admin in admins * 4]
    results = await asyncio.gather(*tries, return_exceptions=True)
    assert [r for r in results if r is None] == [None]
    assert {type(r) for r in results if r is not None} == {AlreadyBanned}
    async with db.reading() as repos:
        assert len(await repos.privacy.list_told(anna.id)) == 1


async def test_two_admins_banning_each_other_do_not_block_each_other(bans, db):
    owners = [await known(db, 1, Office.OWNER), await known(db, 2, Office.OWNER)]
    staff = [await known(db, 3, Office.STAFF), await known(db, 4, Office.STAFF)]
    tries = [
        bans.ban(on.id, reason="x", by=by) for by, on in zip(owners * 2, staff * 2, strict=True)
    ] + [bans.ban(owners[0].id, reason="x", by=owners[1]) for _ in range(3)]
    results = await asyncio.gather(*tries, return_exceptions=True)
    assert [r for r in results if r is None] == [None, None]
    assert {type(r) for r in results if r} == {AlreadyBanned, NobodyTouchesOwners}


async def test_the_same_update_run_again_is_no_failure(bans, db):
    admin, anna = await known(db, 1, Office.ADMIN), await known(db, 2)
    with handling(77):
        await bans.ban(anna.id, reason="x", by=admin)
        await bans.ban(anna.id, reason="x", by=admin)
    with handling(78):
        with pytest.raises(AlreadyBanned):
            await bans.ban(anna.id, reason="x", by=admin)
        await bans.unban(anna.id, by=admin)
        await bans.unban(anna.id, by=admin)
    with handling(79), pytest.raises(NotBanned):
        await bans.unban(anna.id, by=admin)


async def test_one_teller_tells_and_may_repeat_itself(bans, db):
    admin, anna = await known(db, 1, Office.ADMIN), await known(db, 2)
    await bans.ban(anna.id, reason="Rude", by=admin)
    told = await asyncio.gather(
        *(bans.claim_ban_notice(anna.id, teller=f"update:{n}") for n in range(6))
    )
    assert sorted(filter(None, told)) == ["Rude"]
    winner = f"update:{told.index('Rude')}"
    assert await bans.claim_ban_notice(anna.id, teller=winner) == "Rude"
    assert await bans.claim_ban_notice(anna.id, teller="notice:1") is None


async def test_a_notice_that_telegram_refused_has_told_nobody(bans, db):
    await founded(db)
    notices = NoticeService(db)
    admin, anna = await known(db, 1, Office.ADMIN), await known(db, 2)
    await bans.ban(anna.id, reason="Rude", by=admin)
    (notice,) = await notices.claim(limit=9)
    assert await bans.claim_ban_notice(anna.id, teller=f"notice:{notice.id}") == "Rude"
    assert await bans.claim_ban_notice(anna.id, teller="update:5") is None
    await notices.refused(notice, "blocked")
    assert await bans.claim_ban_notice(anna.id, teller="update:6") == "Rude"


async def test_nobody_is_told_of_a_ban_that_ended(bans, db):
    admin, anna = await known(db, 1, Office.ADMIN), await known(db, 2)
    await bans.ban(anna.id, reason="Rude", by=admin)
    await bans.unban(anna.id, by=admin)
    assert await bans.claim_ban_notice(anna.id, teller="update:5") is None


async def test_a_deleted_person_can_be_neither_banned_nor_unbanned(bans, db, cache):
    admin, anna = await known(db, 1, Office.ADMIN), await known(db, 2)
    await PrivacyService(db, cache).delete(anna.id, by=admin, operation_id=uuid4())
    for attempt in (bans.ban(anna.id, reason="x", by=admin), bans.unban(anna.id, by=admin)):
        with pytest.raises(PersonGone):
            await attempt


async def test_an_office_is_taken_with_the_ban_or_not_at_all(bans, db):
    owner, admin = await known(db, 1, Office.OWNER), await known(db, 2, Office.ADMIN)
    assert admin.role is Role.ADMIN
    await bans.ban(admin.id, reason="x", by=owner)
    async with db.reading() as repos:
        after = await repos.people.find(admin.id)
        entries = await repos.audit.list_about(admin.id)
    assert (after.office, after.is_banned) == (None, True)
    assert [(e.action, e.before) for e in entries] == [
        ("office taken", {"office": "admin"}),
        ("member banned", {"banned": False}),
    ]
