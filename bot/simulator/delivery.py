"""Webhook delivery: one update after the other within a queue, the queues side by side."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus

import aiohttp
import orjson

from bot.simulator.engine import Engine
from bot.simulator.models import Bot
from bot.simulator.params import Params
from bot.simulator.updates import Update
from bot.simulator.webhook_state import Attempt, Webhook
from bot.simulator.wire import read_reply

Execute = Callable[[Bot, str, Params], Awaitable[object]]
_MAX_RETRY_AFTER = 3600
_LONGEST_PAUSE = (60, 120)
_GONE_SECONDS = 23 * 3600
_NOT_IN_REPLY = ("get", "setwebhook", "deletewebhook", "close", "logout")
_SUCCESS = range(200, 300)


@dataclass(frozen=True, slots=True)
class _Outcome:
    handled: bool
    retry_after: int = 0


class Delivery:
    def __init__(self, engine: Engine, execute: Execute) -> None:
        self._engine = engine
        self._execute = execute
        self._busy: set[tuple[int, int]] = set()

    async def run(self) -> None:
        """Deliver until cancelled."""
        async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
            while True:
                await self._engine.stirred.wait()
                self._engine.stirred.clear()
                for bot in self._engine.bots.values():
                    for queue_id in self._idle_queues(bot):
                        self._busy.add((bot.id, queue_id))
                        group.create_task(self._drain(session, bot, queue_id))

    def _idle_queues(self, bot: Bot) -> list[int]:
        """Name the queues to start on: at most twice as many as there are connections."""
        webhook = self._engine.webhook_of(bot)
        if not webhook.url:
            return []
        waiting = {update.queue_id: None for update in self._engine.queue_of(bot).pending()}
        idle = [queue_id for queue_id in waiting if (bot.id, queue_id) not in self._busy]
        loaded = sum(1 for bot_id, _ in self._busy if bot_id == bot.id)
        return idle[: max(2 * webhook.max_connections - loaded, 0)]

    async def _drain(self, session: aiohttp.ClientSession, bot: Bot, queue_id: int) -> None:
        webhook = self._engine.webhook_of(bot)
        try:
            while webhook.url and (update := self._head(bot, queue_id)):
                await self._deliver(session, bot, update)
        finally:
            self._busy.discard((bot.id, queue_id))
            self._engine.stirred.set()  # a connection is free for another queue

    def _head(self, bot: Bot, queue_id: int) -> Update | None:
        pending = self._engine.queue_of(bot).pending()
        return next((update for update in pending if update.queue_id == queue_id), None)

    async def _deliver(self, session: aiohttp.ClientSession, bot: Bot, update: Update) -> None:
        """Try until the bot takes it or it has expired."""
        webhook, queue = self._engine.webhook_of(bot), self._engine.queue_of(bot)
        failures = 0
        while webhook.url:
            async with webhook.connection():
                outcome = await self._attempt(session, bot, update)
            if outcome.handled:
                queue.forget(update, handled=True)
                return
            pause = outcome.retry_after or self._pause(failures)
            failures += 0 if outcome.retry_after else 1
            if self._engine.clock.now() + pause > update.expires_at:
                queue.forget(update, handled=False)
                return
            await asyncio.sleep(pause * self._engine.rules.retry_scale)

    def _pause(self, failures: int) -> float:
        """At once, then 2, 4, 8, 16, 32 seconds, then one or two minutes."""
        longest = self._engine.rng.uniform(*_LONGEST_PAUSE)
        return min(2.0**failures, longest) if failures else 0.0

    async def _attempt(self, session: aiohttp.ClientSession, bot: Bot, update: Update) -> _Outcome:
        webhook, started = self._engine.webhook_of(bot), time.perf_counter()
        status, outcome = 0, _Outcome(handled=False)
        try:
            async with self._post(session, webhook, update) as response:
                status = response.status
                outcome = self._judge(webhook, response)
                if outcome.handled:
                    await self._act_on(bot, response)
        except TimeoutError:
            webhook.failed(self._engine.clock.now(), "Read timeout expired")
        except (aiohttp.ClientError, OSError, ValueError):
            webhook.failed(self._engine.clock.now(), "Webhook connection closed")
        ms = round((time.perf_counter() - started) * 1000, 2)
        at = self._engine.clock.now()
        webhook.attempts.append(Attempt(update_id=update.id, at=at, status=status, ms=ms))
        return outcome

    def _post(
        self, session: aiohttp.ClientSession, webhook: Webhook, update: Update
    ) -> "aiohttp.client._RequestContextManager":
        secret = {"X-Telegram-Bot-Api-Secret-Token": webhook.secret} if webhook.secret else {}
        return session.post(
            webhook.url,
            data=orjson.dumps(update.envelope()),
            headers={"Content-Type": "application/json", **secret},
            timeout=aiohttp.ClientTimeout(total=self._engine.rules.webhook_timeout),
            allow_redirects=False,
        )

    def _judge(self, webhook: Webhook, response: aiohttp.ClientResponse) -> _Outcome:
        now = self._engine.clock.now()
        if response.status in _SUCCESS:
            webhook.gone_since = None
            return _Outcome(handled=True)
        reason = f"{response.status} {response.reason}"
        webhook.failed(now, f"Wrong response from the webhook: {reason}")
        if response.status != HTTPStatus.GONE:
            webhook.gone_since = None
        elif webhook.gone_since is None:
            webhook.gone_since = now
        elif now - webhook.gone_since >= _GONE_SECONDS:
            webhook.url = ""
        wait = response.headers.get("Retry-After", "")
        return _Outcome(handled=False, retry_after=_seconds(wait))

    async def _act_on(self, bot: Bot, response: aiohttp.ClientResponse) -> None:
        """Run the method a bot put into its answer; what comes of it, nobody learns."""
        params = await read_reply(response)
        method = params.text("method").lower()
        if method and not method.startswith(_NOT_IN_REPLY):
            await self._execute(bot, params.text("method"), params)


def _seconds(header: str) -> int:
    return min(int(header), _MAX_RETRY_AFTER) if header.isdecimal() else 0
