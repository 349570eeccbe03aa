"""What README shows works as it stands there: its commands, its examples, its tables."""

import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from sitegen.archive import parse_corrections
from sitegen.cli import commands
from sitegen.config import Settings, SourceFacts
from tests.site import build, write_seeds

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NOT_RUN = ("pip install", "serve")
"""What changes this machine's environment, or never ends."""


def blocks(language: str) -> list[str]:
    """The code that README shows in a language."""
    return [code for found, code in BLOCK.findall(README) if found == language]


def shown_commands() -> list[str]:
    lines = "".join(blocks("sh")).splitlines()
    return [line for line in lines if not any(part in line for part in NOT_RUN)]


def test_readme_shows_commands_to_run() -> None:
    assert {shlex.split(line)[2] for line in shown_commands()} == {"inspect", "markdown", "freeze"}


@pytest.mark.parametrize("line", shown_commands())
def test_a_command_works_as_it_is_shown(line: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    python, script, *words = shlex.split(line)
    assert (python, script) == ("python", "build.py")
    command = [sys.executable, str(ROOT / script), *words]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_the_first_two_commands_are_what_our_ci_runs() -> None:
    first, second = blocks("sh")[0].splitlines()
    ci = (ROOT / ".ci" / "run").read_text("utf-8")
    assert first == "pip install -e . && python build.py"
    assert second == 'pip install -e ".[test]" && pytest'
    assert "pip install -q -e . && python build.py\n" in ci
    assert 'pip install -q -e ".[test]"\n' in ci
    assert "\npytest\n" in ci


def test_the_table_of_commands_lists_all() -> None:
    section = README.partition("\n## Commands\n")[2].partition("\n## ")[0]
    named = set(re.findall(r"^\| `python build\.py ?(\w*)", section, re.MULTILINE))
    assert named == {"", *commands.commands} - {"build"}
    options = {
        option for command in commands.commands.values() for parameter in command.params for option in parameter.opts
    }
    assert set(re.findall(r"`(--[\w-]+)", section)) == {option for option in options if option.startswith("--")} - {
        "--port"
    }


def test_the_table_of_settings_lists_all() -> None:
    section = README.partition("\n### Settings\n")[2].partition("\n### ")[0]
    named = {
        name for row in re.findall(r"^\| ([^|]*) \|", section, re.MULTILINE) for name in re.findall(r"`(\w+)`", row)
    }
    assert named == {field.name for field in fields(Settings)} - {"sources"}
    assert {field.name for field in fields(SourceFacts)} <= set(re.findall(r"`(\w+)`", section))


def test_the_example_of_corrections_is_one() -> None:
    (example,) = blocks("toml")
    assert parse_corrections(example, "entities.toml").target("Bung Karno") == "Soekarno"


def test_the_examples_of_seeds_are_understood(tmp_path: Path) -> None:
    (text,), (markdown,) = blocks("text"), blocks("markdown")
    seeds = write_seeds(tmp_path / "seeds", "")
    seeds.mkdir()
    (seeds / "a.txt").write_text(text, "utf-8")
    (seeds / "b.md").write_text(markdown, "utf-8")
    site = build(tmp_path)
    assert site.built.problems == ()
    for record in site.records().values():
        assert record["title"] == "Konferensi Asia Afrika Dibuka di Bandung"
        assert record["source"]["domain"] == "arsip-kota.example"
        assert record["published"]["date"] == "1955-04-18"
    assert site.record("b.md")["tags"] == ["diplomasi", "dekolonisasi"]


def test_the_example_for_gitlab_is_yaml_that_builds_and_checks() -> None:
    (example,) = blocks("yaml")
    job = yaml.safe_load(example)["pages"]
    assert job["artifacts"]["paths"] == ["public"]
    assert job["script"][0] == "pip install -e ."
    assert [shlex.split(line)[:3] for line in job["script"][1:]] == [
        ["python", "build.py", "build"],
        ["python", "build.py", "check"],
    ]
