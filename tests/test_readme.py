"""The README says what is so: its keys are the program's keys, and its commands exist."""

import re
import shlex
from pathlib import Path

import pytest
from typer.main import get_command

from kb.cli.app import app
from tui.actions import readme_table

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
LINES = [line for block in re.findall(r"```\n(kb .*?)```", README, re.DOTALL) for line in block.splitlines()]


def test_the_keys_are_those_of_the_program() -> None:
    between = re.search(r"<!-- keys:[^>]*-->\n(.*?)<!-- end of keys -->", README, re.DOTALL)
    assert between
    assert between[1].strip() == readme_table().strip()


@pytest.mark.parametrize("line", LINES)
def test_every_command_of_the_readme_exists_with_its_options(line: str) -> None:
    words = shlex.split(line.partition(" #")[0])
    assert words[0] == "kb"
    command = get_command(app)
    rest = words[1:]
    while rest and rest[0] in getattr(command, "commands", {}):
        command = command.commands[rest.pop(0)]  # type: ignore[attr-defined]
    known = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in rest if word.startswith("--")} <= known
    assert not getattr(command, "commands", {}) or command.invoke_without_command, f"{line} names no command"  # type: ignore[attr-defined]


def test_every_module_is_linked_to_something_that_is_there() -> None:
    for target in re.findall(r"\]\(((?!http)[^)#]+)\)", README):
        assert (ROOT / target).exists(), target
