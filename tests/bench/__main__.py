"""``python -m tests.bench``: see ``--help``."""

from enum import StrEnum
from typing import Annotated

import typer
import uvloop

from bot import embedded
from tests.bench import handlers, limit, money, taps
from tests.bench.form import Load, measure
from tests.bench.worker import Road


class RoadName(StrEnum):
    POLLING = "polling"
    WEBHOOK = "webhook"


def main(
    people: Annotated[int, typer.Option(help="How many fill in the form at once.")] = 200,
    rounds: Annotated[int, typer.Option(help="How often; medians are shown.")] = 5,
    admins: Annotated[int, typer.Option(help="How many bill and approve at once.")] = 20,
    *,
    rate: Annotated[
        float, typer.Option(help="Updates a second, from people who think in between.")
    ] = 0.0,
    latency: Annotated[float, typer.Option(help="Seconds Telegram takes to answer.")] = 0.0,
    road: Annotated[RoadName, typer.Option(help="How updates reach the bot.")] = RoadName.POLLING,
    workers: Annotated[int, typer.Option(min=1, help="How many share the webhook.")] = 1,
    only_form: Annotated[bool, typer.Option(help="Leave the rest out.")] = False,
) -> None:
    """Measure the bot on this machine; compare figures of one run only."""
    load = Load(people, rounds, rate, latency)
    by = Road(webhooks=workers if road is RoadName.WEBHOOK else 0)
    with embedded.throwaway() as urls:
        print(f"{people} people fill in the form, {rounds} rounds, medians; {by}")
        bot = uvloop.run(measure(urls, load, by))
        print(f"  the bot         {bot}")
        if only_form:
            return
        bare = uvloop.run(measure(urls, load._replace(script=limit.SCRIPT), command=limit.COMMAND))
        print(f"  the bare limit  {bare} (polling)")
        print(f"  the bot costs {bot.cpu_ms / bare.cpu_ms:.1f} times the bare limit")
        alone, extra = uvloop.run(taps.extra_wait(urls, by))
        print(f"{admins} admins write an invoice each, and approve a payment each")
        for what, figures in uvloop.run(money.measure(urls, admins, rounds, by)).items():
            print(f"  {what:14}  {figures}")
    print(f"  drawing a PDF   {money.pdf_ms():7.1f} CPU-ms")
    print(f"One tap {alone:.1f} ms; two at once wait {extra:.1f} ms more than both take")
    for number in (10, 200):
        cost = handlers.table_and_tree(number)
        print(f"{number} handlers:", *(f"{name} {us:.0f} us/update" for name, us in cost.items()))


if __name__ == "__main__":
    cli = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
    cli.command()(main)
    cli()
