"""setWebhook, deleteWebhook, getWebhookInfo."""

import re
from urllib.parse import urlsplit

from bot.simulator.errors import bad_request, conflict, too_many_requests
from bot.simulator.methods.receiving import remember_allowed
from bot.simulator.methods.registry import Described, Request, method
from bot.simulator.models import JsonDict
from bot.simulator.webhook_state import DEFAULT_CONNECTIONS, Webhook

_MAX_SECRET = 256
_MAX_CONNECTIONS = 100
_PORTS = {None, 80, 88, 443, 8443}


@method("setWebhook")
def set_webhook(request: Request) -> Described:
    params = request.params
    url = params.text("url")
    if not url:
        return delete_webhook(request)
    _check_url(request, url)
    secret = _secret(params.text("secret_token"))
    connections = params.integer("max_connections", DEFAULT_CONNECTIONS)
    wanted = (url, secret, min(max(connections, 1), _MAX_CONNECTIONS), params.text("ip_address"))
    webhook, queue = request.engine.webhook_of(request.bot), request.engine.queue_of(request.bot)
    allowed_before = queue.allowed
    remember_allowed(request)
    _drop_if_asked(request)
    if _settings(webhook) == wanted and queue.allowed == allowed_before:
        return Described(result=True, description="Webhook is already set")
    _throttle(request, webhook)
    webhook.url, webhook.secret, webhook.max_connections, webhook.ip_address = wanted
    webhook.has_certificate = "certificate" in params.files
    request.engine.poller_of(request.bot).terminate(conflict("terminated by setWebhook request"))
    request.engine.stirred.set()
    return Described(result=True, description="Webhook was set")


@method("deleteWebhook")
def delete_webhook(request: Request) -> Described:
    webhook = request.engine.webhook_of(request.bot)
    _drop_if_asked(request)
    if not webhook.url:
        return Described(result=True, description="Webhook is already deleted")
    _throttle(request, webhook)
    webhook.url = ""
    return Described(result=True, description="Webhook was deleted")


@method("getWebhookInfo")
def get_webhook_info(request: Request) -> JsonDict:
    queue = request.engine.queue_of(request.bot)
    webhook = request.engine.webhook_of(request.bot)
    return webhook.info(len(queue.pending()), queue.allowed)


def _settings(webhook: Webhook) -> tuple[str, str, int, str]:
    return webhook.url, webhook.secret, webhook.max_connections, webhook.ip_address


def _check_url(request: Request, url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise bad_request("invalid webhook URL specified")
    if not request.engine.rules.public_webhooks_only:
        return
    if parts.scheme != "https":
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    if parts.port not in _PORTS:
        text = "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"
        raise bad_request(text)


def _secret(secret: str) -> str:
    if len(secret) > _MAX_SECRET:
        raise bad_request("secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise bad_request("secret token contains unallowed characters")
    return secret


def _throttle(request: Request, webhook: Webhook) -> None:
    """Let a webhook change once a second."""
    now = request.engine.clock.now()
    if now - webhook.set_at < 1:
        raise too_many_requests(1)
    webhook.set_at = now


def _drop_if_asked(request: Request) -> None:
    if request.params.flag("drop_pending_updates"):
        request.engine.queue_of(request.bot).clear()
