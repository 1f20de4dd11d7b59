"""What the club does, per feature. No Telegram, no SQL."""

from dataclasses import dataclass

from bot.services.activations import ActivationService
from bot.services.approvals import ApprovalService
from bot.services.attempts import AttemptService
from bot.services.audit import AuditService
from bot.services.bans import BanService
from bot.services.birthdays import BirthdayService
from bot.services.broadcasts import BroadcastService
from bot.services.bulk_changes import BulkChangeService
from bot.services.business import BusinessService
from bot.services.cancellations import CancellationService
from bot.services.claims import ClaimService
from bot.services.club import ClubService
from bot.services.credit_notes import CreditNoteService
from bot.services.documents import DocumentService
from bot.services.drafts import DraftService
from bot.services.dues import DueService
from bot.services.dues_reminders import DuesReminderService
from bot.services.expiry import ExpiryService
from bot.services.exports import ExportService
from bot.services.follow_ups import FollowUpService
from bot.services.invoices import InvoiceService
from bot.services.item_uploads import ItemUploadService
from bot.services.items import ItemService
from bot.services.jobs import JobService
from bot.services.maintenance import MaintenanceService
from bot.services.members import MemberService
from bot.services.menu import MenuService
from bot.services.my_subscription import MySubscriptionService
from bot.services.notices import NoticeService
from bot.services.notifications import NotificationService
from bot.services.payment_requests import PaymentRequestService
from bot.services.payments import PaymentService
from bot.services.people import PeopleService
from bot.services.plan_sales import PlanSalesService
from bot.services.plans import PlanService
from bot.services.privacy import PrivacyService
from bot.services.promos import PromoService
from bot.services.purchases import PurchaseService
from bot.services.quarantine import QuarantineService
from bot.services.receivables import ReceivableService
from bot.services.recipients import RecipientService
from bot.services.referrals import ReferralService
from bot.services.registrations import RegistrationService
from bot.services.rejections import RejectionService
from bot.services.schedules import ScheduleService
from bot.services.subscribers import SubscriberService
from bot.services.subscription_rules import SubscriptionRuleService
from bot.services.subscriptions import SubscriptionService
from bot.services.team import TeamService
from bot.services.transfers import TransferService
from bot.services.trials import TrialService
from bot.services.visits import VisitService


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """All of them, by the names handlers ask for."""

    people: PeopleService
    club: ClubService
    business: BusinessService
    members: MemberService
    bans: BanService
    privacy: PrivacyService
    registrations: RegistrationService
    approvals: ApprovalService
    notices: NoticeService
    notifications: NotificationService
    team: TeamService
    audit: AuditService
    items: ItemService
    item_uploads: ItemUploadService
    quarantine: QuarantineService
    jobs: JobService
    schedules: ScheduleService
    broadcasts: BroadcastService
    recipients: RecipientService
    documents: DocumentService
    drafts: DraftService
    invoices: InvoiceService
    activations: ActivationService
    plan_sales: PlanSalesService
    plans: PlanService
    promos: PromoService
    trials: TrialService
    purchases: PurchaseService
    bulk_changes: BulkChangeService
    subscribers: SubscriberService
    subscription_rules: SubscriptionRuleService
    subscriptions: SubscriptionService
    cancellations: CancellationService
    transfers: TransferService
    menu: MenuService
    my_subscription: MySubscriptionService
    referrals: ReferralService
    attempts: AttemptService
    claims: ClaimService
    exports: ExportService
    credit_notes: CreditNoteService
    dues: DueService
    payment_requests: PaymentRequestService
    payments: PaymentService
    rejections: RejectionService
    receivables: ReceivableService
    dues_reminders: DuesReminderService
    maintenance: MaintenanceService
    visits: VisitService
    follow_ups: FollowUpService
    birthdays: BirthdayService
    expiry: ExpiryService

    def by_name(self) -> dict[str, object]:
        return {name: getattr(self, name) for name in Services.__slots__}
