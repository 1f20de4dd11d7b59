"""The rules of the house that a program can check."""

import ast
import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).parent.parent
SOURCES = sorted((ROOT / "bot").rglob("*.py"))
HARD_FILE_LINES = 300
HARD_FUNCTION_LINES = 40
NOT_FEATURES = {"__init__"}


def functions(path: Path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_no_file_is_a_god():
    everything = [*SOURCES, *(ROOT / "tests").rglob("*.py")]
    long = {
        p.name: n for p in everything if (n := len(p.read_text().splitlines())) > HARD_FILE_LINES
    }
    assert long == {}


def test_no_function_is_longer_than_a_screen():
    long = [
        f"{path.relative_to(ROOT)}:{node.name}"
        for path in SOURCES
        for node in functions(path)
        if node.end_lineno - node.lineno + 1 > HARD_FUNCTION_LINES
    ]
    assert long == []


def test_every_module_says_what_lives_there():
    mute = [p.name for p in SOURCES if not ast.get_docstring(ast.parse(p.read_text()))]
    assert mute == []


def test_every_router_has_its_texts():
    def names(folder):
        found = {path.stem for path in (ROOT / "bot" / folder).glob("[!_]*.py")}
        return found | {path.parent.name for path in (ROOT / "bot" / folder).glob("*/__init__.py")}

    shared = {"refusals", "cancel", "fallback"}  # speak with texts/common.py
    assert names("routers") - shared <= names("texts") | NOT_FEATURES


def test_sentences_stand_in_texts_only():
    said = re.compile(r"\b(?:show|say|alert|Reply|ask_with_keys)\(\s*f?[\"']")
    guilty = [
        p.name for p in (ROOT / "bot" / "routers").rglob("*.py") if said.search(p.read_text())
    ]
    assert guilty == []


def test_handlers_are_registered_in_tables_not_by_decorators():
    decorated = [
        f"{path.name}:{node.name}"
        for path in (ROOT / "bot" / "routers").rglob("*.py")
        for node in functions(path)
        if any(isinstance(d, ast.Call) for d in node.decorator_list)
    ]
    assert decorated == []


def test_top_level_is_as_fixed():
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()
    folders = {line.split("/")[0] for line in listed if "/" in line}
    assert folders <= {"bot", "tests", "docs", "deploy", ".ci"}


def test_no_file_names_a_machine_or_a_registry():
    listed = subprocess.run(
        ["git", "grep", "-lIE", r"(^|[^a-z])/(work|farm)/|--index-url|--extra-index-url"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.split()
    assert [name for name in listed if name != "tests/test_house.py"] == []
