"""``python -m bot``: settings, servers, the worker. No decisions.

aiogram takes seconds to import, so each command imports what it needs.
"""

import asyncio
import sys

import typer

cli = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)


@cli.command()
def run() -> None:
    """Run the bot on Telegram, or on the Bot API server of BOT_API_URL, from .env."""
    from bot.config import load_settings  # noqa: PLC0415
    from bot.worker import run_worker  # noqa: PLC0415

    settings = load_settings()
    settings.require_token()
    sys.exit(run_worker(settings))


@cli.command()
def demo() -> None:
    """Run a small club on a Telegram of its own: no token, no servers, nothing to install."""
    from bot.config import load_settings  # noqa: PLC0415
    from bot.demo import run_demo  # noqa: PLC0415

    sys.exit(run_demo(load_settings()))


@cli.command()
def routes() -> None:
    """Print the routing table: tier, router, handler, event, filters, who may."""
    from bot.worker import print_routes  # noqa: PLC0415

    print_routes()


@cli.command()
def migrate() -> None:
    """Bring the schema of DATABASE_URL up to date."""
    from bot.config import load_settings  # noqa: PLC0415
    from bot.worker import run_migrations  # noqa: PLC0415

    asyncio.run(run_migrations(load_settings()))


if __name__ == "__main__":
    cli()
