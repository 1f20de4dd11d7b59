"""The message of a bill changes in place as what is due on it comes to nothing, or comes back."""

from uuid import uuid4

from tests.stories.claiming import last
from tests.stories.correcting import anna_s_bill, files, paid
from tests.stories.invoicing import billed
from tests.stories.reporting import told_all


async def below(chat) -> tuple[list[str], int]:
    """The buttons below Anna's newest bill, and how often any bill was drawn anew."""
    await told_all(chat)
    messages = chat.engine.chat_messages(chat.club.people["Anna"].id)
    bills = [m for m in messages if m.document and m.document.name.startswith("GYM-")]
    labels = [button["text"] for row in bills[-1].buttons for button in row]
    return labels, sum(c.method.lower() == "editmessagecaption" for c in chat.engine.calls)


async def test_the_buttons_below_a_bill_go_and_come_with_what_is_due(chat, club, db):
    asha, anna, bill = await anna_s_bill(chat, club, db)
    services, both = chat.app.services, ["💳 Pay", "❌ Reject"]
    await told_all(chat)
    await paid(chat, asha, anna, 500_00)
    assert await below(chat) == (both, 0)
    rest = await paid(chat, asha, anna, 1_075_00)
    assert await below(chat) == ([], 1)
    await services.payments.reverse(rest.id, reason="bounced", by=asha, operation_id=uuid4())
    assert await below(chat) == (both, 2)
    await paid(chat, asha, anna, 2_000_00, on=())
    await services.payments.use_credit(bill.id, by=anna)
    assert await below(chat) == ([], 3)
    await services.credit_notes.cancel(bill.id, reason="oh", by=asha, operation_id=uuid4())
    assert await below(chat) == ([], 3)
    (other,) = await billed(services, asha, anna)
    assert await below(chat) == (both, 3)
    await services.credit_notes.cancel(other.id, reason="oh", by=asha, operation_id=uuid4())
    assert await below(chat) == ([], 4)


async def test_a_bill_that_its_member_has_deleted_is_not_sent_again(chat, club, db):
    asha, anna, _ = await anna_s_bill(chat, club, db)
    await told_all(chat)
    chat.engine.delete_message(club.people["Anna"], anna.telegram_id, last(chat).id)
    await paid(chat, asha, anna, 1_575_00)
    await told_all(chat)
    assert files(chat, "Anna", "GYM-") == []
    assert len(files(chat, "Anna", "RC-")) == 1
