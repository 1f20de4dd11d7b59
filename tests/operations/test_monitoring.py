"""The dashboard and the alert rules speak of what a running bot really exports."""

import asyncio
import json
import re
from contextlib import asynccontextmanager

import aiohttp
import promql_parser
import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from bot.__main__ import cli
from bot.metrics import Metrics
from tests.commands import ROOT
from tests.test_processes import bot

DEPLOY = ROOT / "deploy"
FROM_PROMETHEUS = {"up": {"job", "instance"}}
ADDED_BY_PROMETHEUS = {"job", "instance", "le"}


@pytest.fixture
def environment(sim, database_url, redis_url, tmp_path):
    return {
        "PATH": "/usr/bin:/bin",
        "BOT_TOKEN": "42:TEST",
        "BOT_API_URL": sim.url,
        "DATABASE_URL": database_url,
        "REDIS_URL": redis_url,
        "HTTP_PORT": "0",
        "LOG_FORMAT": "json",
        "BACKUP_DIR": str(tmp_path),
    }


@asynccontextmanager
async def pages_of(environment):
    """A running bot, and a session at the address its log names."""
    async with bot(environment) as process:
        async with asyncio.timeout(30):
            while b"readyz" not in (line := await process.stdout.readline()):
                assert line, await process.stderr.read()
        async with aiohttp.ClientSession(json.loads(line)["at"]) as session:
            yield session


def exported(text: str) -> dict[str, set[str]]:
    """Every series' name -> its labels; without a sample yet, only the name is known."""
    names = {}
    for family in text_string_to_metric_families(text):
        endings = {"counter": ["_total"], "histogram": ["_bucket", "_sum", "_count"]}
        for ending in endings.get(family.type, [""]):
            names[family.name + ending] = set()
        for sample in family.samples:
            names.setdefault(sample.name, set()).update(sample.labels)
    return names


def rules() -> list[dict]:
    (group,) = yaml.safe_load((DEPLOY / "alerts.yml").read_text())["groups"]
    return group["rules"]


def panels() -> list[dict]:
    everything = json.loads((DEPLOY / "grafana-dashboard.json").read_text())["panels"]
    return [panel for panel in everything if panel["type"] != "row"]


def expressions() -> list[str]:
    drawn = [target["expr"] for panel in panels() for target in panel["targets"]]
    return [rule["expr"] for rule in rules()] + [
        expr.replace("$__rate_interval", "5m") for expr in drawn
    ]


def selectors(expression: str) -> list[promql_parser.VectorSelector]:
    found = []

    def visit(node) -> None:
        if isinstance(node, promql_parser.VectorSelector):
            found.append(node)

    promql_parser.walk(promql_parser.parse(expression), visit)
    return found


async def test_every_figure_that_is_drawn_or_alerted_on_is_exported(environment, sim, club):
    async with pages_of(environment) as session:
        await sim.engine.handled(sim.engine.start(club.visitor("Anna")))
        async with session.get("/readyz") as answer:
            assert answer.status == 200
        async with session.get("/metrics") as answer:
            names = exported(await answer.text()) | FROM_PROMETHEUS
    assert names["clubdesk_updates_total"] == {"router", "outcome"}
    used = [one for expression in expressions() for one in selectors(expression)]
    assert len(used) > 50
    assert {one.name for one in used} - names.keys() == set()
    for one in used:
        asked = {matcher.name for matcher in one.matchers.matchers}
        known = names[one.name] | ADDED_BY_PROMETHEUS
        assert asked <= known or not names[one.name], one.prettify()


def test_every_figure_we_export_for_a_reason_is_drawn_or_alerted_on():
    used = {one.name for expression in expressions() for one in selectors(expression)}
    ours = {
        family.name
        for family in text_string_to_metric_families(Metrics().exposition().decode())
        if family.name.startswith("clubdesk_")
    }
    seen = {re.sub(r"_(total|bucket|sum|count)$", "", name) for name in used}
    assert ours - seen == set()


def test_every_value_that_is_asked_for_is_one_that_the_bot_says():
    sources = "".join(path.read_text() for path in (ROOT / "bot").rglob("*.py"))
    asked = {
        value
        for expression in expressions()
        for one in selectors(expression)
        for matcher in one.matchers.matchers
        if matcher.name != "job"
        for value in matcher.value.split("|")
    }
    assert len(asked) > 8
    assert [value for value in asked if f'"{value}' not in sources] == []


def test_every_rule_says_what_is_so_and_what_to_do():
    names = [rule["alert"] for rule in rules()]
    assert len(names) == len(set(names))
    for rule in rules():
        assert rule["labels"]["severity"] in {"page", "ticket"}
        assert set(rule["annotations"]) == {"summary", "action"}
        assert promql_parser.parse(rule["expr"])


def test_every_command_that_a_rule_names_exists():
    known = {command.name or command.callback.__name__ for command in cli.registered_commands}
    known |= {group.name for group in cli.registered_groups}
    named = set(re.findall(r"python -m bot (\w+)", (DEPLOY / "alerts.yml").read_text()))
    assert named - known == set()


def test_the_panels_lie_side_by_side_and_none_over_another():
    taken = set()
    for panel in panels():
        place = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(place["x"], place["x"] + place["w"])
            for y in range(place["y"], place["y"] + place["h"])
        }
        assert place["x"] + place["w"] <= 24
        assert not cells & taken
        taken |= cells
