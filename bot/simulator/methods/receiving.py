"""getUpdates; the webhook methods."""

from bot.simulator.errors import conflict
from bot.simulator.methods.registry import Request, method
from bot.simulator.models import JsonDict
from bot.simulator.updates import parse_allowed

_WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)


@method("getUpdates")
async def get_updates(request: Request) -> list[JsonDict]:
    poller = request.engine.poller_of(request.bot)
    if request.engine.webhook_of(request.bot).url:
        await poller.refuse(conflict(_WEBHOOK_ACTIVE))
    remember_allowed(request)
    params = request.params
    return await poller.get(
        offset=params.integer("offset"),
        limit=params.integer("limit", 100),
        seconds=params.integer("timeout"),
    )


def remember_allowed(request: Request) -> None:
    """Change which updates the bot gets, from now on; not mentioning them changes nothing."""
    names = request.params.json("allowed_updates", "can't parse allowed updates JSON array")
    if isinstance(names, list):
        request.engine.queue_of(request.bot).allowed = parse_allowed(names)
