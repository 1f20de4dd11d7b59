"""Who answers first: read from the top, the first router that matches wins."""

from collections.abc import Callable
from enum import IntEnum
from typing import Final, NamedTuple

from aiogram import Router

from bot.routers import (
    activations,
    approvals,
    audit,
    bans,
    birthdays,
    broadcasts,
    bulk_changes,
    business,
    cancel,
    claims,
    club,
    credit_notes,
    drafts,
    exports,
    fallback,
    follow_ups,
    invoices,
    item_uploads,
    items,
    jobs,
    members,
    menu,
    my_subscription,
    notifications,
    payment_requests,
    payments,
    plan_sales,
    plans,
    privacy,
    promos,
    purchases,
    receivables,
    referrals,
    refusals,
    registrations,
    schedules,
    subscriptions,
    team,
    trials,
    verifications,
    visits,
)


class Tier(IntEnum):
    ESCAPE = 10  # works inside every open form
    FEATURE = 50  # one feature: its commands, its form, its buttons
    FALLBACK = 90  # the only place where a handler may have no filter


class Seat(NamedTuple):
    tier: Tier
    build: Callable[[], Router]
    purpose: str


ORDER: Final = (
    Seat(Tier.ESCAPE, refusals.build_router, "turns every refusal into its sentence"),
    Seat(Tier.ESCAPE, cancel.build_router, "leaves any open form"),
    Seat(Tier.FEATURE, club.build_router, "first set-up, begun by an owner's /start; settings"),
    Seat(Tier.FEATURE, referrals.build_router, "one's own link for friends; who comes by one"),
    Seat(Tier.FEATURE, menu.build_router, "welcome, menus, help, who-am-I, panels"),
    Seat(Tier.FEATURE, members.build_router, "finds people, shows cards, writes to them, deletes"),
    Seat(Tier.FEATURE, bans.build_router, "keeps people out and lets them in again"),
    Seat(Tier.FEATURE, visits.build_router, "marks who came in today, on the card"),
    Seat(Tier.FEATURE, privacy.build_router, "a person's own data: download, deletion"),
    Seat(Tier.FEATURE, notifications.build_router, "what the club told them; quiet hours"),
    Seat(Tier.FEATURE, registrations.build_router, "the registration form, edit, withdraw"),
    Seat(Tier.FEATURE, approvals.build_router, "who waits: approve, reject with a reason"),
    Seat(Tier.FEATURE, verifications.build_router, "what members report: approve, partly, reject"),
    Seat(Tier.FEATURE, activations.build_router, "subscriptions asked for: approve, reject"),
    Seat(Tier.FEATURE, payment_requests.build_router, "asks members for money, and no longer"),
    Seat(Tier.FEATURE, broadcasts.build_router, "tells many at once: drafts, sending, progress"),
    Seat(Tier.FEATURE, team.build_router, "admins, owners and staff"),
    Seat(Tier.FEATURE, business.build_router, "the business profile, GST, tax rates by date"),
    Seat(Tier.FEATURE, items.build_router, "the store's items: list, search, add, change"),
    Seat(Tier.FEATURE, item_uploads.build_router, "the store's items as a file: check, apply"),
    Seat(Tier.FEATURE, drafts.build_router, "an invoice in the making: buyer, lines, review, send"),
    Seat(Tier.FEATURE, invoices.build_router, "issued invoices: list, card, file; one's own"),
    Seat(Tier.FEATURE, claims.build_router, "what I owe: pay, report it, reject an invoice"),
    Seat(Tier.FEATURE, purchases.build_router, "buys a subscription: plans, summary, withdrawal"),
    Seat(Tier.FEATURE, credit_notes.build_router, "an invoice reduced or cancelled; its file"),
    Seat(Tier.FEATURE, payments.build_router, "a payment's card; booked back, credit given back"),
    Seat(Tier.FEATURE, receivables.build_router, "what is owed; payments booked; statements"),
    Seat(Tier.FEATURE, plans.build_router, "what members subscribe to: list, add, change"),
    Seat(Tier.FEATURE, bulk_changes.build_router, "everybody on a list: reminded, or given days"),
    Seat(Tier.FEATURE, plan_sales.build_router, "what plans have brought, month by month"),
    Seat(Tier.FEATURE, promos.build_router, "discount codes: list, add, change, who used them"),
    Seat(Tier.FEATURE, trials.build_router, "a member's free trial"),
    Seat(Tier.FEATURE, subscriptions.build_router, "subscribers: lists, cards, changes, rules"),
    Seat(Tier.FEATURE, my_subscription.build_router, "a member's own subscription; the plans"),
    Seat(Tier.FEATURE, exports.build_router, "money as Excel files, for owners"),
    Seat(Tier.FEATURE, audit.build_router, "the audit log"),
    Seat(Tier.FEATURE, jobs.build_router, "failed jobs: tried again, or forgotten"),
    Seat(Tier.FEATURE, schedules.build_router, "recurring jobs: their hours, on and off"),
    Seat(Tier.FEATURE, follow_ups.build_router, "what members who stay away are told"),
    Seat(Tier.FEATURE, birthdays.build_router, "a person's own birthday"),
    Seat(Tier.FALLBACK, fallback.build_router, "answers what nobody took"),
)
