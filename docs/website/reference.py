"""The reference pages: a page for each command, from what click knows of it, and for each function, from its docstring.

Every page has an example. It is run while the site is made, and what stands below it is what came of it: nothing is typed in, and
an example that no longer works stops the making.
"""

from __future__ import annotations

import doctest
import inspect
import io
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import click

from addin import functions
from addin.cli.entry import COMMANDS, markbook
from addin.excel.function_help import described

ROOT = Path(__file__).parents[2]
FOLDER = "docs/reference"
PATIENCE = 60.0
"""Seconds until a server that does not answer stops the making."""


@dataclass(frozen=True)
class Example:
    """One call of a command.

    Args:
        line: What is typed after `markbook`.
        code: The exit code that it must have.
        said: What to say before it, "" for nothing.
    """

    line: str
    code: int = 0
    said: str = ""


_NO_EXCEL = "This page was made on a computer without Excel, which is said:"

EXAMPLES: dict[str, tuple[Example, ...]] = {
    "new": (Example("new class.xlsx --students 30 --seed 7"),),
    "check": (Example("check class.xlsx", said="What each column is taken for, and every cell that is not understood."),),
    "map": (Example('map class.xlsx --set "Clinics offered=clinics offered" --leave-file'),),
    "score": (Example("score class.xlsx"),),
    "clear": (Example("clear class.marked.xlsx -o cleared.xlsx"),),
    "import": (
        Example("import export.csv --into class.xlsx -o with-export.xlsx", said="`export.csv` has one new student."),
    ),
    "plan": (Example("plan class.marked.xlsx"),),
    "letters": (Example("letters class.marked.xlsx -o letters"),),
    "pack": (Example("pack class.marked.xlsx -o packs"),),
    "report": (Example("report class.marked.xlsx --support"),),
    "roll-over": (Example("roll-over class.marked.xlsx -o next-year.xlsx"),),
    "email": (
        Example("email class.marked.xlsx --to head@school.example --draft class.eml"),
    ),
    "adapt": (Example("adapt --status"),),
    "batch": (Example("batch markbooks -o results", said="The folder `markbooks` holds the sample class."),),
    "model card": (Example("model card -o card.md"),),
    "excel build": (Example("excel build -o markbook.xlam"),),
    "excel status": (Example("excel status", code=1, said=_NO_EXCEL),),
    "excel install": (Example("excel install", code=1, said=_NO_EXCEL),),
    "excel remove": (Example("excel remove", code=1, said=_NO_EXCEL),),
    "lite build": (Example("lite build -o class-lite.xlsx --from class.marked.xlsx"),),
}  # fmt: skip
"""Command -> its examples, in an order in which each finds what it needs."""

ELSEWHERE = {
    "model train": (
        "model train -o folder",
        "It takes a minute or two, so it is not run for this page: `tests/cli/test_model.py` runs it.",
    ),
    "model evaluate": (
        "model evaluate --quick -o report",
        "It takes some minutes, so it is not run for this page: `tests/model/training/test_evaluate.py` runs its parts, and the "
        "[model card](../../model/MODEL_CARD.md) shows what the whole benchmark gives.",
    ),
}
"""Commands whose examples take too long: the example, and what runs it."""

SERVED = "serve"
"""Its example is a server that answers one call and is stopped."""

EXPORT = "Student ID,Surname,Forename,Attendance %\nZQ001,Nobody,Yet,97\n"


def commands() -> dict[str, click.Command]:
    """Every command that does something, by its words."""
    found: dict[str, click.Command] = {}
    for name in COMMANDS:
        command = markbook.get_command(click.Context(markbook), name)
        assert command is not None
        inner = command.commands if isinstance(command, click.Group) else {}
        found |= {f"{name} {word}": each for word, each in inner.items()} or {name: command}
    return found


def family() -> list[str]:
    """The functions for cells."""
    return sorted(name for name in vars(functions) if name.startswith("INTERVENTION_"))


def write_reference(into: Path, workshop: Path) -> list[str]:
    """Write all reference pages.

    Args:
        into: Where the pages of the site are gathered.
        workshop: An empty folder, in which the examples are run.

    Returns:
        The pages, as paths below `into`.

    Raises:
        SystemExit: An example did not end as it must.
    """
    (into / FOLDER).mkdir(parents=True, exist_ok=True)
    shown = run_examples(workshop)
    pages = {
        f"command-{name.replace(' ', '-')}": _of_command(name, each, shown[name]) for name, each in commands().items()
    }
    pages["commands"] = _listing(
        "Commands", "Each with an example that was run while this page was made.", list(pages), _first_words()
    )
    of_functions = {f"function-{name}": _of_function(name) for name in family()}
    said = {f"function-{name}": described(getattr(functions, name).__doc__)[0] for name in family()}
    pages |= of_functions
    pages["functions"] = _listing(
        "Functions", "For cells of Excel; they take ranges and spill.", list(of_functions), said
    )
    for name, text in pages.items():
        (into / FOLDER / f"{name}.md").write_text(text, encoding="utf-8")
    return [f"{FOLDER}/{name}.md" for name in pages]


def run_examples(workshop: Path) -> dict[str, str]:
    """Run every example in a folder.

    Returns:
        Command -> its examples with what came of them, in Markdown.
    """
    (workshop / "export.csv").write_text(EXPORT, encoding="utf-8")
    (workshop / "markbooks").mkdir()
    shown = {name: f"    markbook {line}\n\n{where}" for name, (line, where) in ELSEWHERE.items()}
    for name, examples in EXAMPLES.items():
        shown[name] = "\n\n".join(_run(example, workshop) for example in examples)
        if name == "new":
            (workshop / "markbooks" / "class.xlsx").write_bytes((workshop / "class.xlsx").read_bytes())
    shown[SERVED] = _served(workshop)
    return shown


def _environment(workshop: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MARKBOOK_", "XLWINGS_"))}
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    return {
        **kept,
        "MARKBOOK_HOME": str(workshop / "data"),
        "PYTHONPATH": path,
        "COLUMNS": "110",
        "PYTHONIOENCODING": "utf-8",
    }


def _command(line: Sequence[str]) -> list[str]:
    return [sys.executable, "-m", "addin.cli", *line]


def _run(example: Example, workshop: Path) -> str:
    import shlex

    ran = subprocess.run(
        _command(shlex.split(example.line)), cwd=workshop, env=_environment(workshop), capture_output=True, encoding="utf-8",
        stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip
    if ran.returncode != example.code:
        raise SystemExit(
            f"markbook {example.line}: exit code {ran.returncode}, not {example.code}. {ran.stderr.strip()[-500:]}"
        )
    told = (ran.stdout + ran.stderr).replace(str(workshop), "...").rstrip()
    code = "" if example.code == 0 else f"\n\nExit code {example.code}."
    return f"{example.said}\n\n    markbook {example.line}\n\nanswers\n\n```\n{told}\n```{code}".strip("\n")


def _served(workshop: Path) -> str:
    """A server, one call as the guide for the school's IT has it, and its log."""
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        port = trial.getsockname()[1]
    guide = (ROOT / "docs" / "school-it.md").read_text(encoding="utf-8")
    asked = re.search(r"^    curl .* -d '(\{.*\})'$", guide, re.MULTILINE)
    assert asked is not None, "docs/school-it.md has lost its call with curl"
    line = f"serve --educational-use --port {port}"
    log = workshop / "server.log"
    with log.open("wb") as written:
        server = subprocess.Popen(
            _command(line.split()), cwd=workshop, env=_environment(workshop), stdout=subprocess.DEVNULL, stderr=written
        )
    try:
        answer = _asked(port, asked[1].encode(), server, log)
    finally:
        server.terminate()
        server.wait(PATIENCE)
    requests = [row for row in log.read_text(encoding="utf-8").splitlines() if " POST " in row]
    return (
        f"    markbook {line}\n\nand three invented students, sent as [the guide](../school-it.md) does with curl, get\n\n"
        f"```\n{answer}\n```\n\n"
        f"while the server logs\n\n```\n{requests[-1]}\n```"
    )


def _asked(port: int, body: bytes, server: subprocess.Popen[bytes], log: Path) -> str:
    ends = time.monotonic() + PATIENCE
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/xlwings/custom-functions-call", body, {"Content-Type": "application/json"}
    )
    while True:
        try:
            with urllib.request.urlopen(request) as answer:
                return answer.read().decode()
        except urllib.error.URLError as error:
            if server.poll() is not None or time.monotonic() > ends:
                raise SystemExit(
                    f"markbook serve did not answer: {error}. {log.read_text(encoding='utf-8')[-500:]}"
                ) from error
            time.sleep(0.2)


def _of_command(name: str, command: click.Command, example: str) -> str:
    context = click.Context(command, info_name=f"markbook {name}")
    usage = command.get_usage(context).removeprefix("Usage: ")
    what = "\n\n".join(" ".join(part.split()) for part in inspect.cleandoc(command.help or "").split("\n\n"))
    records = [record for each in command.get_params(context) if (record := each.get_help_record(context)) is not None]
    rows = [f"| `{_cell(option)}` | {_cell(told)} |" for option, told in records]
    return "\n".join([
        f"# markbook {name}", "", what, "", f"    {' '.join(usage.split())}", "", "## Options", "", "| option | what it does |",
        "|---|---|", *rows, "", "## Example", "", example, "",
    ])  # fmt: skip


def _of_function(name: str) -> str:
    function = getattr(functions, name)
    text = inspect.cleandoc(function.__doc__)
    what, arguments = described(text)
    parameters = inspect.signature(function).parameters.values()
    spelt = ", ".join(each.name if each.default is each.empty else f"[{each.name}]" for each in parameters)
    rows = [f"| `{argument}` | {_cell(told)} |" for argument, told in arguments.items()]
    return "\n".join([
        f"# {name}", "", what, "", f"    ={name}({spelt})", "", "## Arguments", "", "| argument | what it is |", "|---|---|",
        *rows, "", "## Example", "", _in_python(name, text), "",
    ])  # fmt: skip


def _in_python(name: str, docstring: str) -> str:
    """The docstring's examples, run: what is called, as Python and as Excel hand it over, and what comes of it."""
    parser, runner, out = (
        doctest.DocTestParser(),
        doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE),
        io.StringIO(),
    )
    test = parser.get_doctest(docstring, dict(vars(functions)), name, None, None)
    if not test.examples:
        raise SystemExit(f"{name}: its docstring has no example. Give it one that runs.")
    with redirect_stdout(out):
        failed, _ = runner.run(test, clear_globs=False)
    if failed:
        raise SystemExit(f"{name}: its example does not answer what it says. {out.getvalue()[-500:]}")
    said = "\n".join(
        f">>> {example.source.rstrip()}\n{_again(example, test.globs)}".rstrip() for example in test.examples
    )
    return f"Ranges are lists of rows in Python; in Excel select the cells.\n\n```python\n{said}\n```"


def _again(example: doctest.Example, known: dict[str, object]) -> str:
    out = io.StringIO()
    with redirect_stdout(out):
        exec(compile(example.source, "<example>", "single"), known)
    return out.getvalue()


def _listing(title: str, what: str, pages: Sequence[str], said: dict[str, str]) -> str:
    names = {page: page.partition("-")[2] for page in pages}
    rows = [f"| [{_shown(page)}]({page}.md) | {_cell(said[page])} |" for page in names]
    tree = ["```{toctree}", ":hidden:", "", *pages, "```"]
    return "\n".join(
        [f"# {title}", "", what, "", f"| {title[:-1].lower()} | what it does |", "|---|---|", *rows, "", *tree, ""]
    )


def _shown(page: str) -> str:
    kind, _, name = page.partition("-")
    return (
        name
        if kind == "function"
        else next(f"markbook {each}" for each in commands() if each.replace(" ", "-") == name)
    )


def _first_words() -> dict[str, str]:
    return {
        f"command-{name.replace(' ', '-')}": " ".join(inspect.cleandoc(each.help or "").split("\n\n")[0].split())
        for name, each in commands().items()
    }


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")
