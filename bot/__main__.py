"""``python -m bot``: settings, servers, the worker. No decisions.

aiogram takes seconds to import, so each command imports its own work.
"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.config import load_settings, read_settings

cli = typer.Typer(no_args_is_help=True, add_completion=False, help=__doc__)
quarantine = typer.Typer(no_args_is_help=True, help="Updates that kept failing.")
cli.add_typer(quarantine, name="quarantine")


@cli.command()
def run() -> None:
    """Run the bot on Telegram, or on the Bot API server of BOT_API_URL, from .env."""
    from bot.worker import run_polling

    settings = load_settings()
    settings.require_token()
    sys.exit(run_polling(settings))


@cli.command()
def serve() -> None:
    """Run a webhook worker at HTTP_HOST:HTTP_PORT; as many as you like, behind a proxy."""
    from bot.worker import run_webhook

    settings = load_settings()
    settings.require_token()
    sys.exit(run_webhook(settings))


@cli.command()
def worker() -> None:
    """Do jobs, and no updates: recurring work and what was put off; as many as you like."""
    from bot.worker import run_jobs

    settings = load_settings()
    settings.require_token()
    sys.exit(run_jobs(settings))


@cli.command()
def jobs() -> None:
    """List the recurring jobs: their hours, last and next run."""
    from bot.recurring import show_all
    from bot.worker import run_plainly

    sys.exit(run_plainly(load_settings(), show_all))


@cli.command()
def unhook() -> None:
    """Take the webhook off, so that polling works again; what waits is kept."""
    from bot.worker import run_plainly, take_webhook_off

    sys.exit(run_plainly(load_settings(), take_webhook_off))


@cli.command()
def demo() -> None:
    """Run a small club on a Telegram of its own: no token, no servers, nothing to install."""
    from bot.demo import run_demo

    sys.exit(run_demo(load_settings()))


@cli.command()
def cluster(
    workers: Annotated[int, typer.Option(min=1, max=16, help="How many.")] = 3,
) -> None:
    """Run the demo's club on several webhook workers behind nginx, as in docker-compose.yml."""
    from bot.demo import run_cluster

    sys.exit(run_cluster(load_settings(), workers))


@cli.command()
def simulator() -> None:
    """Run only the demo's Telegram, at HTTP_HOST:HTTP_PORT, for workers that run elsewhere."""
    from bot.demo import run_simulator

    sys.exit(run_simulator(load_settings()))


@cli.command()
def routes() -> None:
    """Print the routing table: tier, router, handler, event, filters, who may."""
    from bot.worker import print_routes

    print_routes()


@cli.command()
def migrate() -> None:
    """Bring the schema of DATABASE_URL up to date."""
    from bot.worker import run_migrations, run_plainly

    sys.exit(run_plainly(load_settings(), run_migrations))


@quarantine.command("list")
def list_quarantined() -> None:
    """A line for each."""
    from bot import quarantine as work
    from bot.worker import run_plainly

    sys.exit(run_plainly(load_settings(), work.show_all))


@quarantine.command("show")
def show_quarantined(update_id: int) -> None:
    """One whole update and its fault."""
    from bot import quarantine as work
    from bot.worker import run_plainly

    sys.exit(run_plainly(load_settings(), work.show, update_id))


@quarantine.command("replay")
def replay_quarantined(
    update_id: Annotated[int | None, typer.Argument(help="Left out: all of them.")] = None,
) -> None:
    """Handle again what failed, once its fault is mended."""
    from bot import quarantine as work
    from bot.worker import run_plainly

    sys.exit(run_plainly(load_settings(), work.replay, update_id))


@quarantine.command("drop")
def drop_quarantined(update_id: int) -> None:
    """Forget one."""
    from bot import quarantine as work
    from bot.worker import run_plainly

    sys.exit(run_plainly(load_settings(), work.drop, update_id))


@cli.command()
def backup(
    target: Annotated[Path, typer.Argument(help="A folder, or the file to write.")],
    keep: Annotated[int | None, typer.Option(min=1, help="Leave so many in the folder.")] = None,
) -> None:
    """Write everything in the database to one file, and read it back."""
    from bot.backups.commands import run_backup

    sys.exit(run_backup(load_settings(), target, keep=keep))


@cli.command()
def restore(
    file: Path,
    *,
    replace: Annotated[bool, typer.Option(help="Erase what the database holds now.")] = False,
    numbers_are_current: Annotated[
        bool, typer.Option(help="A move: nothing was issued or booked since the backup.")
    ] = False,
) -> None:
    """Bring the database to the state of a backup, up to date, and check it."""
    from bot.backups.commands import run_restore

    sys.exit(
        run_restore(load_settings(), file, replace=replace, numbers_are_current=numbers_are_current)
    )


@cli.command()
def drill(file: Path) -> None:
    """Try a backup: restore it into a database of its own, check it, and throw that away."""
    from bot.backups.commands import run_drill

    sys.exit(run_drill(file))


@cli.command("check-books")
def check_books() -> None:
    """Add up everything booked, and check that it agrees; exit code 1: it does not."""
    from bot.check_books import run_check_books

    sys.exit(run_check_books(load_settings()))


@cli.command()
def doctor() -> None:
    """Look whether everything is in order: what is wrong, and what to do about it."""
    from bot.doctor import run_doctor

    sys.exit(run_doctor(read_settings()))


if __name__ == "__main__":
    cli()
