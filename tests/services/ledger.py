"""The books once more, as a child would keep them: no SQL, nothing of the bot's."""

from dataclasses import dataclass, field


@dataclass
class Bill:
    account: int
    total: int
    credited: int = 0


@dataclass
class Coin:
    """A payment: what it brought, what invoices have of it, what went back.

    ``is_reward``: no money, so it is never given back.
    """

    account: int
    total: int
    on: dict[int, int] = field(default_factory=dict)
    back: int = 0
    is_reward: bool = False

    @property
    def unused(self) -> int:
        return self.total - sum(self.on.values()) - self.back


class Ledger:
    """Accounts by number: a person's id, or below zero a walk-in customer's invoice."""

    def __init__(self) -> None:
        self.bills: dict[int, Bill] = {}
        self.coins: dict[int, Coin] = {}
        self.refunded = 0

    def due(self, bill_id: int) -> int:
        paid = sum(coin.on.get(bill_id, 0) for coin in self.coins.values())
        return self.bills[bill_id].total - self.bills[bill_id].credited - paid

    def dues(self, account: int) -> dict[int, int]:
        """All bills are of one day, so the oldest is the one with the lowest number."""
        mine = sorted(each for each, bill in self.bills.items() if bill.account == account)
        return {each: self.due(each) for each in mine if self.due(each) > 0}

    def bill(self, bill_id: int, account: int, total: int) -> None:
        self.bills[bill_id] = Bill(account, total)

    def pay(self, coin_id: int, account: int, total: int, bills: list[int] | None) -> None:
        coin = self.coins[coin_id] = Coin(account, total)
        for bill_id in self.dues(account) if bills is None else bills:
            self._spend(coin, bill_id)

    def reward(self, coin_id: int, account: int, total: int) -> None:
        self.coins[coin_id] = Coin(account, total, is_reward=True)

    def take_back(self, coin_id: int, total: int) -> None:
        coin = self.coins[coin_id]
        assert total == coin.unused
        coin.back = total

    def use_credit(self, bill_id: int) -> int:
        """Returns how much."""
        before = self.due(bill_id)
        for _, coin in sorted(self.coins.items()):
            if coin.account == self.bills[bill_id].account:
                self._spend(coin, bill_id)
        return before - self.due(bill_id)

    def credit_note(self, bill_id: int, total: int) -> None:
        bill = self.bills[bill_id]
        bill.credited += total
        assert 0 <= bill.credited <= bill.total
        for _, coin in sorted(self.coins.items(), reverse=True):
            back = min(coin.on.get(bill_id, 0), max(0, -self.due(bill_id)))
            coin.on[bill_id] = coin.on.get(bill_id, 0) - back

    def refund(self, account: int, total: int) -> None:
        self.refunded += total
        for _, coin in sorted(self.coins.items()):
            if coin.account == account and not coin.is_reward:
                back = min(coin.unused, total)
                coin.back += back
                total -= back
        assert total == 0

    def reverse(self, coin_id: int) -> None:
        coin = self.coins[coin_id]
        assert coin.back == 0
        self.refunded += coin.total
        coin.on.clear()
        coin.back = coin.total

    def figures(self) -> dict[str, int]:
        """By the names that the bot gives them."""
        bills, coins = self.bills, self.coins.values()
        rewards = [coin for coin in coins if coin.is_reward]
        return {
            "invoiced_paise": sum(bill.total for bill in bills.values()),
            "credited_paise": sum(bill.credited for bill in bills.values()),
            "received_paise": sum(coin.total for coin in coins if not coin.is_reward),
            "refunded_paise": self.refunded,
            "rewarded_paise": sum(coin.total - coin.back for coin in rewards),
            "outstanding_paise": sum(self.due(each) for each in bills),
            "credit_paise": sum(coin.unused for coin in coins),
        }

    def _spend(self, coin: Coin, bill_id: int) -> None:
        part = min(coin.unused, max(0, self.due(bill_id)))
        coin.on[bill_id] = coin.on.get(bill_id, 0) + part
