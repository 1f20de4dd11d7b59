"""Every service, over one database and one cache."""

from bot.cache import RedisCache
from bot.db.database import Database
from bot.services import Services
from bot.services.activations import ActivationService
from bot.services.approvals import ApprovalService
from bot.services.audit import AuditService
from bot.services.bans import BanService
from bot.services.birthdays import BirthdayService
from bot.services.broadcasts import BroadcastService
from bot.services.business import BusinessService
from bot.services.claims import ClaimService
from bot.services.club import ClubService
from bot.services.credit_notes import CreditNoteService
from bot.services.drafts import DraftService
from bot.services.expiry import ExpiryService
from bot.services.follow_ups import FollowUpService
from bot.services.invoices import InvoiceService
from bot.services.item_uploads import ItemUploadService
from bot.services.items import ItemService
from bot.services.jobs import JobService
from bot.services.maintenance import MaintenanceService
from bot.services.members import MemberService
from bot.services.my_subscription import MySubscriptionService
from bot.services.notices import NoticeService
from bot.services.notifications import NotificationService
from bot.services.payment_requests import PaymentRequestService
from bot.services.payments import PaymentService
from bot.services.people import PeopleService
from bot.services.plans import PlanService
from bot.services.privacy import PrivacyService
from bot.services.purchases import PurchaseService
from bot.services.quarantine import QuarantineService
from bot.services.recipients import RecipientService
from bot.services.registrations import RegistrationService
from bot.services.rejections import RejectionService
from bot.services.schedules import ScheduleService
from bot.services.subscriptions import SubscriptionService
from bot.services.team import TeamService
from bot.services.visits import VisitService


def build_services(db: Database, cache: RedisCache) -> Services:
    return Services(
        people=PeopleService(db, cache),
        club=ClubService(db),
        members=MemberService(db),
        bans=BanService(db, cache),
        privacy=PrivacyService(db, cache),
        registrations=RegistrationService(db, cache),
        approvals=ApprovalService(db, cache),
        notices=NoticeService(db),
        notifications=NotificationService(db),
        team=TeamService(db, cache),
        audit=AuditService(db),
        quarantine=QuarantineService(db),
        jobs=JobService(db),
        schedules=ScheduleService(db),
        business=BusinessService(db),
        broadcasts=BroadcastService(db),
        recipients=RecipientService(db),
        visits=VisitService(db),
        follow_ups=FollowUpService(db),
        birthdays=BirthdayService(db),
        expiry=ExpiryService(db),
        items=ItemService(db),
        item_uploads=ItemUploadService(db),
        drafts=DraftService(db),
        invoices=InvoiceService(db),
        activations=ActivationService(db),
        plans=PlanService(db),
        purchases=PurchaseService(db),
        subscriptions=SubscriptionService(db),
        my_subscription=MySubscriptionService(db),
        claims=ClaimService(db),
        credit_notes=CreditNoteService(db),
        payment_requests=PaymentRequestService(db),
        payments=PaymentService(db),
        rejections=RejectionService(db),
        maintenance=MaintenanceService(db),
    )
