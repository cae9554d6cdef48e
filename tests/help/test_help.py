"""Commands and functions explain themselves, and the README names every one: documents cannot drift."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Any

import click
import pytest

from addin import functions
from addin.cli.entry import COMMANDS, markbook

README = Path(__file__).parents[2] / "README.md"
LONGEST_ARGUMENT_HELP = 255
"""Characters that Excel's function wizard shows of an argument's description."""

FAMILY = sorted(name for name in vars(functions) if name.startswith("INTERVENTION_"))
SENTENCE = re.compile(r"\S.+[.;:]")


def commands() -> dict[str, click.Command]:
    """Every command, and those of groups by both names."""
    found: dict[str, click.Command] = {}
    for name in COMMANDS:
        command = markbook.get_command(click.Context(markbook), name)
        assert command is not None
        found[name] = command
        if isinstance(command, click.Group):
            found |= {f"{name} {inner}": each for inner, each in command.commands.items()}
    return found


@pytest.mark.parametrize("name", commands())
def test_every_command_says_what_it_does(name: str) -> None:
    command = commands()[name]
    assert SENTENCE.match(command.help or ""), command.help
    options = [parameter for parameter in command.params if isinstance(parameter, click.Option)]
    assert not [option.name for option in options if not SENTENCE.match(option.help or "")]


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_so_too(name: str) -> None:
    assert SENTENCE.fullmatch(COMMANDS[name])


@pytest.mark.parametrize("name", commands())
def test_the_readme_names_every_command(name: str) -> None:
    *group, last = name.split()
    # `markbook model train | evaluate` names both.
    words = rf"markbook {group[0]} ([a-z]+ *\| *)*{last}\b" if group else rf"markbook {last}\b"
    assert re.search(words, README.read_text(encoding="utf-8"))


def test_there_is_a_function_at_all() -> None:
    assert "INTERVENTION_RISK" in FAMILY


def argument_help(function: Any) -> dict[str, str]:
    """Argument -> its description, from the part of the docstring that xlwings hands to Excel."""
    text = inspect.cleandoc(function.__doc__ or "").partition("Args:\n")[2]
    block = re.split(r"\n(?=\S)", text)[0]
    pairs = re.findall(r"^ {4}(\w+): (.+(?:\n {8,}.+)*)", block, re.MULTILINE)
    return {name: " ".join(words.split()) for name, words in pairs}


@pytest.mark.parametrize("name", FAMILY)
def test_every_function_explains_itself_and_its_arguments(name: str) -> None:
    function = getattr(functions, name)
    assert SENTENCE.match(function.__doc__)
    described = argument_help(function)
    assert list(described) == list(inspect.signature(function).parameters)
    for argument, words in described.items():
        assert SENTENCE.fullmatch(words), argument
        assert len(words) <= LONGEST_ARGUMENT_HELP, argument


@pytest.mark.parametrize("name", FAMILY)
def test_the_readme_names_every_function(name: str) -> None:
    assert name in README.read_text(encoding="utf-8")
