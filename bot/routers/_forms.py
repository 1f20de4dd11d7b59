"""Moving through a form: the only module that writes FSM state."""

from collections.abc import Iterator
from contextlib import contextmanager
from secrets import token_hex
from typing import Any, Final, NamedTuple

from aiogram.filters.callback_data import CallbackData
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State, StatesGroup
from aiogram.types import Message

from bot.errors import ButtonExpected, FormExpired, Refusal
from bot.keyboards.activations import FindPurchase, OpenPurchases
from bot.keyboards.approvals import OpenApprovals
from bot.keyboards.birthdays import OpenBirthday
from bot.keyboards.broadcasts import OpenBroadcasts
from bot.keyboards.business import OpenBusiness, OpenTaxRates
from bot.keyboards.claims import OpenDues
from bot.keyboards.club import BeginSetup
from bot.keyboards.common import OpenAdmin, OpenInvoices, OpenSettings, OpenSubscriptions
from bot.keyboards.drafts import BeginInvoice, ResumeDraft
from bot.keyboards.exports import OpenExports
from bot.keyboards.follow_ups import OpenFollowUps
from bot.keyboards.items import AddItem, FindItem, OpenItems, OpenItemUpload
from bot.keyboards.members import OpenMembers
from bot.keyboards.notifications import OpenChoices
from bot.keyboards.plans import AddPlan, OpenPlans
from bot.keyboards.promos import AddPromo, OpenPromos
from bot.keyboards.purchases import OpenShelf
from bot.keyboards.receivables import BeginReceipt, OpenReceivables
from bot.keyboards.registrations import OpenRegistration
from bot.keyboards.schedules import OpenSchedules
from bot.keyboards.subscriptions import FindSubscriber, OpenRules
from bot.keyboards.team import OpenStaff
from bot.keyboards.verifications import OpenClaims
from bot.replies import Reply
from bot.states.activations import ActivationForm, PurchaseSearchForm, RejectPurchaseForm
from bot.states.approvals import RejectRegistrationForm
from bot.states.bans import BanForm
from bot.states.birthdays import BirthdayForm
from bot.states.broadcasts import BroadcastForm
from bot.states.bulk_changes import BulkExtendForm
from bot.states.business import BusinessForm, TaxRateForm
from bot.states.claims import PayForm, RejectInvoiceForm, SubscribeForm
from bot.states.club import SettingForm, SetupForm
from bot.states.credit_notes import CreditNoteForm
from bot.states.drafts import BuyerForm, DraftForm
from bot.states.exports import ExportForm
from bot.states.follow_ups import FollowUpForm
from bot.states.item_uploads import ItemUploadForm
from bot.states.items import ItemEditForm, ItemForm, ItemSearchForm
from bot.states.members import MembersForm, MessageForm
from bot.states.notifications import QuietHoursForm
from bot.states.payment_requests import PaymentRequestForm
from bot.states.payments import RefundForm, ReversalForm
from bot.states.plans import PlanEditForm, PlanForm
from bot.states.promos import PromoEditForm, PromoForm
from bot.states.receivables import ReceiptForm
from bot.states.registrations import RegistrationForm
from bot.states.schedules import ScheduleForm
from bot.states.subscriptions import (
    CancelSubscriptionForm,
    ExtendForm,
    FreezeForm,
    RuleForm,
    SubscriberSearchForm,
    TransferForm,
)
from bot.states.team import TeamForm
from bot.states.verifications import PartlyForm, RejectClaimForm
from bot.states.visits import MarkAnywayForm
from bot.texts import (
    activations,
    approvals,
    birthdays,
    broadcasts,
    bulk_changes,
    business,
    claims,
    credit_notes,
    drafts,
    exports,
    follow_ups,
    item_uploads,
    items,
    notifications,
    payment_cards,
    payment_requests,
    plans,
    promos,
    purchases,
    recording,
    registrations,
    subscription_changes,
    subscription_lists,
    subscription_moves,
    subscription_rules,
    verifications,
    visits,
)

FLOW: Final = "flow"  # tells one run of a form from the next


class Form(NamedTuple):
    """A form as people know it: its name, what starts it again, the panel it was opened from."""

    group: type[StatesGroup]
    title: str
    again: CallbackData
    under: CallbackData | None = None


FORMS: Final[tuple[Form, ...]] = (
    Form(MembersForm, "member search", OpenMembers(), under=OpenAdmin()),
    Form(BanForm, "ban", OpenMembers(), under=OpenAdmin()),
    Form(MarkAnywayForm, visits.TITLE, OpenMembers(), under=OpenAdmin()),
    Form(MessageForm, "message to a member", OpenMembers(), under=OpenAdmin()),
    Form(RegistrationForm, registrations.TITLE, OpenRegistration()),
    Form(QuietHoursForm, notifications.TITLE, OpenChoices()),
    Form(RejectRegistrationForm, approvals.TITLE, OpenApprovals(), under=OpenAdmin()),
    Form(RejectClaimForm, verifications.REJECTION_TITLE, OpenClaims(), under=OpenClaims()),
    Form(PartlyForm, verifications.PARTLY_TITLE, OpenClaims(), under=OpenClaims()),
    Form(ActivationForm, activations.TITLE, OpenPurchases(), under=OpenPurchases()),
    Form(PurchaseSearchForm, activations.SEARCH_TITLE, FindPurchase(), under=OpenPurchases()),
    Form(RejectPurchaseForm, activations.REJECTION_TITLE, OpenPurchases(), under=OpenPurchases()),
    Form(PaymentRequestForm, payment_requests.TITLE, OpenMembers(), under=OpenAdmin()),
    Form(SetupForm, "club set-up", BeginSetup()),
    Form(SettingForm, "settings change", OpenSettings(), under=OpenAdmin()),
    Form(BusinessForm, business.TITLE, OpenBusiness(), under=OpenBusiness()),
    Form(TaxRateForm, business.RATE_TITLE, OpenTaxRates(), under=OpenTaxRates()),
    Form(ScheduleForm, "hour of a recurring job", OpenSchedules(), under=OpenAdmin()),
    Form(FollowUpForm, follow_ups.TITLE, OpenFollowUps(), under=OpenAdmin()),
    Form(BirthdayForm, birthdays.TITLE, OpenBirthday()),
    Form(BroadcastForm, broadcasts.TITLE, OpenBroadcasts(), under=OpenBroadcasts()),
    Form(ItemForm, items.TITLE, AddItem(), under=OpenItems()),
    Form(ItemSearchForm, "search in the store", FindItem(), under=OpenItems()),
    Form(ItemEditForm, "change of an item", OpenItems(), under=OpenItems()),
    Form(ItemUploadForm, item_uploads.TITLE, OpenItemUpload(), under=OpenItems()),
    Form(BuyerForm, drafts.BUYER_TITLE, BeginInvoice(), under=OpenInvoices()),
    Form(DraftForm, drafts.TITLE, ResumeDraft(), under=ResumeDraft()),
    Form(PayForm, claims.TITLE, OpenDues(), under=OpenDues()),
    Form(SubscribeForm, purchases.TITLE, OpenShelf(), under=OpenShelf()),
    Form(RejectInvoiceForm, claims.REJECTION_TITLE, OpenDues(), under=OpenDues()),
    Form(CreditNoteForm, credit_notes.TITLE, OpenInvoices(), under=OpenInvoices()),
    Form(ReversalForm, payment_cards.REVERSAL_TITLE, OpenInvoices(), under=OpenInvoices()),
    Form(RefundForm, payment_cards.REFUND_TITLE, OpenInvoices(), under=OpenInvoices()),
    Form(ReceiptForm, recording.TITLE, BeginReceipt(), under=OpenReceivables()),
    Form(PlanForm, plans.TITLE, AddPlan(), under=OpenPlans()),
    Form(PlanEditForm, plans.EDIT_TITLE, OpenPlans(), under=OpenPlans()),
    Form(PromoForm, promos.TITLE, AddPromo(), under=OpenPromos()),
    Form(PromoEditForm, promos.EDIT_TITLE, OpenPromos(), under=OpenPromos()),
    Form(
        SubscriberSearchForm,
        subscription_lists.SEARCH_TITLE,
        FindSubscriber(),
        under=OpenSubscriptions(),
    ),
    *(
        Form(group, title, FindSubscriber(), under=OpenSubscriptions())
        for group, title in (
            (ExtendForm, subscription_changes.EXTEND_TITLE),
            (FreezeForm, subscription_changes.FREEZE_TITLE),
            (CancelSubscriptionForm, subscription_changes.CANCEL_TITLE),
            (TransferForm, subscription_moves.TRANSFER_TITLE),
        )
    ),
    Form(BulkExtendForm, bulk_changes.TITLE, OpenSubscriptions(), under=OpenSubscriptions()),
    Form(RuleForm, subscription_rules.TITLE, OpenRules(), under=OpenRules()),
    Form(ExportForm, exports.TITLE, OpenExports(), under=OpenExports()),
    Form(TeamForm, "team change", OpenStaff(), under=OpenAdmin()),
)
_BY_NAME: Final = {form.group.__name__: form for form in FORMS}


def form_named(name: str | None) -> Form | None:
    return _BY_NAME.get(name or "")


def title_of(name: str) -> str:
    form = form_named(name)
    return form.title if form else "form"


async def begin(state: FSMContext, first: State, **known: Any) -> None:
    """Open a form; whatever an older one left is dropped, and the person is told (``once``)."""
    await state.set_data({FLOW: token_hex(4), **known})
    await state.set_state(first)


async def advance(state: FSMContext, to: State, **answers: Any) -> None:
    """Keep the answers and wait for the next one."""
    await state.update_data(answers)
    await state.set_state(to)


async def answers(state: FSMContext, *needed: str) -> dict[str, Any]:
    """The answers so far, the form left open.

    Raises:
        FormExpired: one of ``needed`` is not there.
    """
    found = await state.get_data()
    if not found.keys() >= set(needed):
        raise FormExpired
    return found


async def finish(state: FSMContext, *needed: str) -> dict[str, Any]:
    """Close the form and hand out its answers. A refusal later in the handler reopens it.

    Raises:
        FormExpired: one of ``needed`` is not there.
    """
    found = await answers(state, *needed)
    await state.clear()
    return found


async def expect_button(_message: Message) -> Reply:
    """Answer words in a step that waits for a press."""
    raise ButtonExpected


@contextmanager
def last_step(*, unless: tuple[type[Refusal], ...] = ()) -> Iterator[None]:
    """A refusal in here ends the form: another answer would be refused just the same.

    ``unless``: refusals that another answer may cure.
    """
    try:
        yield
    except Refusal as refusal:
        refusal.closes_form = not isinstance(refusal, unless)
        raise


async def leave(state: FSMContext, *groups: type[StatesGroup]) -> None:
    """Close the open form if it is one of these; another one stays."""
    name = (await state.get_state() or "").partition(":")[0]
    if name in {group.__name__ for group in groups}:
        await state.clear()


def dropped_form(
    state_before: str | None, before: dict[str, Any], after: dict[str, Any]
) -> str | None:
    """The title of the form that a newly begun one pushed aside, if anything had been typed."""
    began = after.get(FLOW) is not None and after.get(FLOW) != before.get(FLOW)
    typed = before.keys() - {FLOW}
    if not (state_before and began and typed):
        return None
    return title_of(state_before.partition(":")[0])
