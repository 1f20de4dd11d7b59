"""However much somebody owes, Telegram takes the screen that says so."""

from datetime import UTC, date, datetime

import pytest

from bot.keyboards import claims as keyboards
from bot.models.claims import ClaimStatus, PaymentRequest, RequestStatus
from bot.models.dues import Means, Owed, OwnClaim, Payable, PayableKind
from bot.models.money import MAX_PAISE
from bot.models.payments import Account, Due
from bot.models.receivables import OpenInvoice, Reminder
from bot.models.templates import CAPTION_UNITS, MESSAGE_UNITS, units
from bot.models.upi import attempt_of
from bot.texts import claims as texts
from bot.texts import receivables as receivable_texts
from bot.texts.format import plain

LONG = "<&>💪" * 50  # a purpose has at most 200 characters
AT = datetime(2026, 11, 24, 9, tzinfo=UTC)
MEANS = Means(upi_id=f"{'a' * 64}@{'b' * 64}", payee_name="Gym & " * 16, bank_details=LONG * 2)


def owing(many) -> Owed:
    return Owed(
        today=date(2026, 11, 24),
        dues=[
            Due(
                invoice_id=number + 1,
                number=f"GYM/26-27/{number:06}",
                due_on=date(2026, 11, 23),
                due_paise=MAX_PAISE,
            )
            for number in range(many)
        ],
        requests=[
            PaymentRequest(
                id=number + 1,
                person_id=1,
                amount_paise=MAX_PAISE,
                purpose=LONG,
                raised_by=2,
                raised_at=AT,
                status=RequestStatus.OPEN,
            )
            for number in range(many)
        ],
        waiting=[
            OwnClaim(
                id=number + 1,
                name=LONG,
                amount_paise=MAX_PAISE,
                claimed_at=AT,
                status=ClaimStatus.WAITING,
                invoice_id=None,
                request_id=None,
            )
            for number in range(many)
        ],
        credit_paise=MAX_PAISE,
        may_report=True,
    )


@pytest.mark.parametrize("many", [10, 11, 60])
def test_the_list_fits_a_message_and_sums_all_of_it(many):
    shown = owing(many)
    said = plain(texts.owed(shown))
    assert units(said) <= MESSAGE_UNITS
    assert shown.total_paise == 2 * many * MAX_PAISE
    assert said.count(f"… and {many - 10} more") == (2 if many > 10 else 0)
    buttons = [button for row in keyboards.owed(shown).inline_keyboard for button in row]
    assert len(buttons) <= 100
    assert all(len(button.callback_data.encode()) <= 64 for button in buttons)


def test_a_reminder_of_many_bills_fits_a_message():
    bills = [
        OpenInvoice(
            invoice_id=number + 1,
            number=f"GYM/26-27/{number:06}",
            account=Account(person_id=1),
            name="Anna",
            due_on=date(2026, 11, 23),
            days=1,
            due_paise=MAX_PAISE,
        )
        for number in range(100)
    ]
    said = plain(receivable_texts.due(Reminder(day=date(2026, 11, 24), invoices=bills)))
    assert units(said) <= MESSAGE_UNITS
    assert "… and 80 more" in said
    assert "₹99,99,99,999.00 to pay" in said


def test_what_is_said_with_a_code_fits_below_it():
    request = MEANS.upi_request(
        50 * MAX_PAISE, reference=attempt_of("GYM/26-27/000001"), note="Inv GYM/26-27/000001"
    )
    assert units(plain(texts.pay_by_upi(request, MAX_PAISE))) <= CAPTION_UNITS


def test_the_ways_to_pay_fit_a_message():
    payable = Payable(
        kind=PayableKind.REQUEST,
        id=1,
        name=LONG,
        due_paise=MAX_PAISE,
        usable_credit_paise=MAX_PAISE,
        waiting=None,
        means=MEANS,
    )
    for said in (texts.ways, texts.pay_by_bank, texts.confirm_cash, texts.ask_part):
        assert units(plain(said(payable))) <= MESSAGE_UNITS
