"""Every command on damaged and messy books: an exit code of the three, one line on stderr, no traceback, the input as it was."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

from addin.cli import entry
from tests.fuzz import cells, exports, xml_parts, zips
from tests.fuzz.campaign import Attempt, Kind
from tests.fuzz.choices import Choices
from tests.fuzz.classes import class_rows
from tests.fuzz.seeds import of_other_programs, workbooks
from tests.fuzz.values import any_text, in_a_file
from tests.support import Ran, run, write_workbook
from tests.tools import import_path

Arguments = list[str]

_OPTIONS: dict[str, tuple[Arguments, ...]] = {
    "score": ([], ["--json"], ["--add-sheets"], ["-o", "result.xlsx"], ["--sheet", "Y9"], ["-o", "result.csv"], ["-o",
    "nowhere/x.xlsx"]),
    "check": ([], ["--json"], ["--sheet", "no such"]),
    "map": ([], ["--set", "Effort=ignored"], ["--set", "Q1=Fractions (20)"], ["--set", "="], ["--set", "Flag=notes"]),
    "clear": ([], ["-o", "cleared.xlsx"]),
    "plan": ([], ["--json"], ["--impact"], ["--add-sheets"], ["-o", "plan.xlsx"]),
    "letters": (["-o", "letters"], ["-o", "letters", "--format", "html"], ["-o", "letters", "--language", "xx"], []),
    "pack": (["-o", "packs", "--format", "html"], ["-o", "packs", "--format", "x"], []),
    "report": ([], ["--support"], ["--parents-evening"], ["--decision", "Accept"], ["--group", "Form=9A"], ["-o", "page.txt"]),
    "roll-over": ([], ["--leaver", "ZQ1000"], ["-o", "next.xlsx"]),
    "email": (
        ["--to", "head@school.example", "--draft", "out.eml"], ["--to", "no address", "--draft", "out.eml"], ["--to",
        "a@b.example"],
        ["--to", "head@school.example", "--draft", "out.eml", "--pseudonymise"], ["--to", "head@school.example", "--draft",
        "out.eml", "--whole"],
        ["--to", "head@school.example", "--draft", "out.eml", "--without-hidden"],
    ),
    "adapt": ([], ["--sheet", "x"]),
    "batch": (["-o", "results", "--workers", "1"], ["-o", "results", "--workers", "1", "--names", "--json"]),
    "import": ([], ["--add-columns"], ["--overwrite"]),
    "lite": (["-o", "lite.xlsx"],),
}  # fmt: skip
WRITES_INTO_ITS_FILE = frozenset({"map"})
_RARE = frozenset({"batch", "lite", "adapt", "pack"})
"""What takes long is tried less often."""


def arguments(choices: Choices, file: str) -> Arguments:
    """A command with options on a file; now and then with an option that it does not know."""
    name = choices.choice(sorted(_OPTIONS))
    if name in _RARE and not choices.once_in(6):
        name = choices.choice(("score", "check", "plan", "report", "roll-over"))
    given = list(choices.choice(_OPTIONS[name]))
    if choices.once_in(40):
        given.append(choices.choice(("--no-such", "", "-o", "--sheet", any_text(choices) or "x")))
    match name:
        case "import":
            return [name, "export.csv", "--into", file, *given]
        case "lite":
            return [name, "build", "--from", file, *given]
        case "batch":
            return [name, choices.choice((".", file)), *given]
        case _:
            return [name, file, *given]


def judged(ran: Ran, name: str) -> bool:
    """Whether a command did what was asked; fails where it ends in another way than it may."""
    assert ran.code in (0, 1, 2), f"exit code {ran.code}"
    assert "Traceback" not in ran.err + ran.out, f"a traceback\n{ran.err}"
    assert "unexpected fault" not in ran.err + ran.out, f"an unexpected fault\n{ran.err}{ran.out}"
    if ran.code == 1 and not (name == "check" and not ran.err):
        lines = ran.err.splitlines()
        assert lines, "nothing said"
        assert all(line.startswith("error: ") for line in lines), f"another line than error\n{ran.err}"
        assert len(lines) == 1 or name == "batch", f"several lines\n{ran.err}"
    return ran.code == 0


def begin(home: Path, stack: ExitStack) -> Attempt:
    """Real workbooks, and what they look like when they are marked."""
    known = [path for path in workbooks(home / "seeds").values() if path.stat().st_size < 60_000]
    books = [(path.suffix, path.read_bytes()) for path in known]
    marked = home / "marked"
    marked.mkdir()
    for number, path in enumerate(known[:6]):
        output = marked / f"{number}.xlsx"
        if run("plan", path, "--add-sheets", "-o", output).code == 0 or run("score", path, "-o", output).code == 0:
            books.append((".xlsx", output.read_bytes()))
    exported = tuple(path.read_bytes() for path in exports.public_files("exports", ".csv"))
    mutations: tuple[Callable[[Choices, bytes], bytes], ...] = (
        lambda choices, content: content, cells.mutated, xml_parts.mutated, zips.mutated, cells.mutated,
    )  # fmt: skip
    stack.callback(os.chdir, Path.cwd())

    def attempt(choices: Choices, folder: Path) -> bool:
        os.chdir(folder)
        ending, content = choices.choice(books)
        file = Path(f"{choices.choice(('class', 'Jahr 9 [1]', 'class.marked', 'x=1'))}{ending}")
        if choices.once_in(3):
            rows = [[in_a_file(cell) for cell in row] for row in class_rows(choices)]
            file = file.with_suffix(".xlsx")
            write_workbook(file, {"Y9": [[_plain(cell) for cell in row] for row in rows]})
        else:
            file.write_bytes(choices.choice(mutations)(choices, content))
        before = file.read_bytes()
        Path("export.csv").write_bytes(exports.written(choices, exported))
        asked = arguments(choices, file.name)
        choices.made = " ".join(asked)
        ran = _as_process(asked) if choices.once_in(150) else run(*asked)
        # A marked file is scored into itself, and a map is kept in its own: what it was stands beside it then.
        into_itself = asked[0] in WRITES_INTO_ITS_FILE or ".marked" in file.stem
        kept = (file, *Path().glob(f"{file.stem}.backup-*")) if into_itself else (file,)
        assert before in {path.read_bytes() for path in kept}, "the input is changed"
        if "unexpected fault" in ran.err:
            _raise_it(asked)
        return judged(ran, asked[0])

    return attempt


def _plain(cell: object) -> object:
    """What XlsxWriter writes: it refuses days before 1900 and times below nothing."""
    try:
        return cell if isinstance(cell, (str, int, float, bool)) or cell is None else str(cell)
    except ValueError:
        return None


def _raise_it(asked: Arguments) -> None:
    """The fault behind the line, with its place."""
    with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
        entry.markbook.main(args=asked, standalone_mode=False)


def _as_process(asked: Arguments) -> Ran:
    done = subprocess.run(
        [sys.executable, "-m", "addin.cli", *asked], capture_output=True, text=True, encoding="utf-8", errors="replace",
        check=False,
        env={**os.environ, "PYTHONPATH": import_path()}, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout, done.stderr)


KIND = Kind(
    name="commands",
    about="every command of the command line on damaged and messy books",
    share=10,
    begin=begin,
    ready=of_other_programs,
    patience=60.0,
)
