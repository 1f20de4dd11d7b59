"""A person's money in the file of their own data: explained, and nobody else named."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, Final

from bot.models.privacy import MoneyData, Subscribed
from bot.models.subscription_cards import RecordedChange

MEANING: Final = {
    "payments": "Money the club received from you, by receipt number. lines: how it came, with the "
    "bank's reference; settled: what each invoice got of it; unused_paise: your credit; advance: "
    "what was taxed when it came; vouchers: by which that went back. is_reward: no money, but "
    "credit the club gave you for a friend you invited.",
    "refunds": "Money given back to you; kind reversal: a payment booked back, as it never came; "
    "taken-back: credit for a friend, whose payment went back.",
    "credit_notes": "What was taken back of your invoices, and why. position: the invoice's line.",
    "payment_claims": "Payments you reported, and what was decided. proof: the address of your "
    "screenshot at Telegram, and the SHA-256 of its bytes.",
    "payment_requests": "What the club asked you for without an invoice.",
    "invoice_rejections": "Invoices you did not accept, why, and when that was settled.",
    "subscription_requests": "What you asked to subscribe to, and what was decided. starts: today, "
    "or after the one before.",
    "subscriptions": "What you bought, with its first and last day, of the club's calendar; "
    "runs_until: the last day by now. changes: what the club did, and why; on: from that day; "
    "takes_back: which of the changes, counted from 1.",
}
_OF_OTHERS: Final = {"id", "account", "recorded_by", "person_id", "decided_by", "raised_by"}
_OURS: Final = {
    "settled_by", "name", "payment_id", "request_id", "invoice_id", "payer_name", "plan_id",
    "claim_id", "moved_by", "upgrades_id", "operation_id", "for_subscription",
}  # fmt: skip


def as_json(data: MoneyData) -> dict[str, Any]:
    return {
        "payments": [_own(asdict(each)) for each in data.payments],
        "refunds": [_own(asdict(each)) for each in data.refunds],
        "credit_notes": [
            {
                "number": each.number,
                "invoice": each.invoice.number,
                "reason": each.reason,
                "issued_at": _time(each.issued_at),
                "lines": [asdict(line) for line in each.lines],
                "total_paise": each.totals.total_paise,
            }
            for each in data.credit_notes
        ],
        "payment_claims": [_own(asdict(each)) for each in data.claims],
        "payment_requests": [_own(asdict(each)) for each in data.requests],
        "invoice_rejections": [_own(asdict(each)) for each in data.rejections],
        "subscription_requests": [_own(asdict(each)) for each in data.purchases],
        "subscriptions": [_subscribed(each) for each in data.subscriptions],
    }


def _subscribed(one: Subscribed) -> dict[str, Any]:
    numbers = {each.change.id: number for number, each in enumerate(one.changes, 1)}
    term = one.subscription.term
    return {
        **_own(asdict(one.subscription)),
        "runs_until": term.last_day,
        "changes": [_change(each, numbers) for each in one.changes],
    }


def _change(one: RecordedChange, numbers: dict[int, int]) -> dict[str, Any]:
    change = one.change
    return {
        "kind": change.kind,
        "days": change.days,
        "on": change.on,
        "takes_back": change.undoes_id and numbers[change.undoes_id],
        "reason": one.reason,
        "changed_at": _time(one.at),
    }


def _own(whole: dict[str, Any]) -> dict[str, Any]:
    """Without the club's own ids, and without anybody else."""
    return {
        key: _time(value) if isinstance(value, datetime) else value
        for key, value in whole.items()
        if key not in _OF_OTHERS | _OURS
    }


def _time(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
