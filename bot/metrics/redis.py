"""A Redis client that counts what goes wrong, wherever it is used."""

from collections.abc import Callable
from typing import Any, cast

from redis.exceptions import NoScriptError, RedisError

from bot.multiplex import SharedRedis


class CountingRedis(SharedRedis):
    """Tells ``on_error`` the class of each error; every command passes here, scripts included."""

    on_error: Callable[[str], None] | None = None

    @classmethod
    def at(cls, url: str, *, on_error: Callable[[str], None], **options: Any) -> "CountingRedis":
        """Make a client as ``Redis.from_url`` does; its ``options`` are the same."""
        client = cast(CountingRedis, cls.from_url(url, **options))
        client.on_error = on_error
        return client

    async def execute_command(self, *args: Any, **options: Any) -> Any:
        try:
            return await super().execute_command(*args, **options)
        except NoScriptError:  # the first use of a script: it is sent, and run again
            raise
        except (RedisError, OSError, TimeoutError) as error:
            if self.on_error:
                self.on_error(type(error).__name__)
            raise
