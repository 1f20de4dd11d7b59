"""A small HTTP server of ours, open for as long as a block of code runs."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from os import strerror

from aiohttp import web


class PortTaken(RuntimeError):
    """HTTP_HOST and HTTP_PORT cannot be listened on; says what to do."""


@asynccontextmanager
async def serving(
    application: web.Application, host: str, port: int, *, drain_seconds: float
) -> AsyncIterator[str]:
    """Serve, and yield the URL; at the end take nothing new and finish what is in hand.

    Raises:
        PortTaken: the address cannot be used.
    """
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=drain_seconds)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as fault:
            raise PortTaken(
                f"Port {port} of {host} cannot be listened on ({strerror(fault.errno or 0)}). Stop "
                f"what uses it, or choose another: HTTP_PORT={port + 1}"
            ) from fault
        yield f"http://{host}:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()
