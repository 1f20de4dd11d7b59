"""The menus of each role. Features add their entry here and nowhere else."""

from aiogram.filters.callback_data import CallbackData
from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from bot.keyboards.audit import OpenAudit
from bot.keyboards.birthdays import OpenBirthday
from bot.keyboards.broadcasts import OpenBroadcasts
from bot.keyboards.business import OpenBusiness
from bot.keyboards.claims import OpenDues
from bot.keyboards.common import (
    OpenAdmin,
    OpenInvoices,
    OpenMenu,
    OpenOwner,
    OpenSettings,
    OpenSubscriptions,
    OpenWaiting,
    Panel,
    back,
    button,
    keyboard,
)
from bot.keyboards.exports import OpenExports
from bot.keyboards.invoices import OpenDocuments
from bot.keyboards.items import OpenItems
from bot.keyboards.jobs import OpenDeadJobs
from bot.keyboards.members import OpenMembers
from bot.keyboards.my_subscription import OpenMySubscription
from bot.keyboards.notifications import OpenNotifications
from bot.keyboards.privacy import OpenMyData
from bot.keyboards.purchases import OpenShelf
from bot.keyboards.receivables import OpenReceivables
from bot.keyboards.registrations import OpenRegistration
from bot.keyboards.team import OpenLeaders, OpenStaff
from bot.models.menu import Menu
from bot.models.people import Person, Role
from bot.texts import menu as texts


class OpenHelp(CallbackData, prefix="help-open"):
    """Show the help."""


def menu(me: Person, shown: Menu) -> InlineKeyboardMarkup:
    sees_documents = shown.has_documents or me.role >= Role.MEMBER
    notifications = button(texts.notifications(shown.unread), OpenNotifications())
    return keyboard(
        _registration(me),
        _offices(me),
        [button(texts.MY_SUBSCRIPTION, OpenMySubscription())] if me.role >= Role.MEMBER else [],
        [notifications] if me.role >= Role.PENDING else [],
        [button(texts.SUBSCRIBE, OpenShelf())] if me.is_member else [],
        [button(texts.DUES, OpenDues())] if sees_documents else [],
        [button(texts.DOCUMENTS, OpenDocuments())] if sees_documents else [],
        [button(texts.BIRTHDAY, OpenBirthday())] if me.role >= Role.MEMBER else [],
        [button(texts.MY_DATA, OpenMyData())] if me.role >= Role.PENDING else [],
        [button(texts.HELP, OpenHelp())],
    )


def help_page() -> InlineKeyboardMarkup:
    return keyboard([back(OpenMenu())])


def admin_panel(*, pending: int) -> InlineKeyboardMarkup:
    return keyboard(
        [button(texts.MEMBERS, OpenMembers()), button(texts.approvals(pending), OpenWaiting())],
        [button(texts.INVOICES, OpenInvoices()), button(texts.RECEIVABLES, OpenReceivables())],
        [button(texts.SUBSCRIPTIONS, OpenSubscriptions()), button(texts.STORE, OpenItems())],
        [button(texts.GST, OpenBusiness()), button(texts.BROADCAST, OpenBroadcasts())],
        [button(texts.STAFF, OpenStaff()), button(texts.SETTINGS, OpenSettings())],
        [back(OpenMenu())],
    )


def owner_panel(*, dead_jobs: int) -> InlineKeyboardMarkup:
    return keyboard(
        [button(texts.ADMINS, OpenLeaders())],
        [button(texts.STAFF, OpenStaff(panel=Panel.OWNER))],
        [button(texts.SETTINGS, OpenSettings(panel=Panel.OWNER))],
        [button(texts.EXPORTS, OpenExports())],
        [button(texts.AUDIT, OpenAudit())],
        [button(texts.dead_jobs(dead_jobs), OpenDeadJobs())],
        [back(OpenMenu())],
    )


def _registration(me: Person) -> list[InlineKeyboardButton]:
    labels = {Role.VISITOR: texts.REGISTER, Role.PENDING: texts.MY_REGISTRATION}
    label = labels.get(me.role)
    return [button(label, OpenRegistration())] if label else []


def _offices(me: Person) -> list[InlineKeyboardButton]:
    panels = [button(texts.ADMIN, OpenAdmin())] if me.role >= Role.ADMIN else []
    if me.role >= Role.OWNER:
        panels.append(button(texts.OWNER, OpenOwner()))
    return panels
