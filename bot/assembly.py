"""Every service, over one database and one cache."""

from typing import Any

from bot.cache import RedisCache
from bot.db.database import Database
from bot.services import Services
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


def build_services(db: Database, cache: RedisCache) -> Services:
    """One that is forgotten stops the start."""
    return Services(**_of_people(db, cache), **_of_money(db), **_of_work(db))


def _of_people(db: Database, cache: RedisCache) -> dict[str, Any]:
    """Who belongs to the club."""
    return {
        "people": PeopleService(db, cache),
        "club": ClubService(db),
        "members": MemberService(db),
        "bans": BanService(db, cache),
        "privacy": PrivacyService(db, cache),
        "registrations": RegistrationService(db, cache),
        "approvals": ApprovalService(db, cache),
        "team": TeamService(db, cache),
        "visits": VisitService(db),
        "birthdays": BirthdayService(db),
    }


def _of_money(db: Database) -> dict[str, Any]:
    """What is sold, billed and paid."""
    return {
        "business": BusinessService(db),
        "items": ItemService(db),
        "item_uploads": ItemUploadService(db),
        "documents": DocumentService(db),
        "drafts": DraftService(db),
        "invoices": InvoiceService(db),
        "attempts": AttemptService(db),
        "claims": ClaimService(db),
        "credit_notes": CreditNoteService(db),
        "dues": DueService(db),
        "payment_requests": PaymentRequestService(db),
        "payments": PaymentService(db),
        "rejections": RejectionService(db),
        "receivables": ReceivableService(db),
        "plan_sales": PlanSalesService(db),
        "plans": PlanService(db),
        "promos": PromoService(db),
        "trials": TrialService(db),
        "purchases": PurchaseService(db),
        "activations": ActivationService(db),
        "bulk_changes": BulkChangeService(db),
        "subscribers": SubscriberService(db),
        "subscription_rules": SubscriptionRuleService(db),
        "subscriptions": SubscriptionService(db),
        "cancellations": CancellationService(db),
        "transfers": TransferService(db),
        "menu": MenuService(db),
        "my_subscription": MySubscriptionService(db),
        "referrals": ReferralService(db),
        "expiry": ExpiryService(db),
        "dues_reminders": DuesReminderService(db),
        "exports": ExportService(db),
    }


def _of_work(db: Database) -> dict[str, Any]:
    """What the club says, and what goes on in the background."""
    return {
        "notices": NoticeService(db),
        "notifications": NotificationService(db),
        "audit": AuditService(db),
        "quarantine": QuarantineService(db),
        "jobs": JobService(db),
        "schedules": ScheduleService(db),
        "broadcasts": BroadcastService(db),
        "recipients": RecipientService(db),
        "follow_ups": FollowUpService(db),
        "maintenance": MaintenanceService(db),
    }
