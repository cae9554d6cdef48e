"""The table of commands, and the one place where our errors become one line and an exit code.

Commands are imported when they are asked for, so that `markbook --help` and `markbook score` load only what they use.
"""

from __future__ import annotations

import gc
import importlib
import keyword
import sys
from collections.abc import Sequence

import click

from model.errors import MarkbookError

COMMANDS = {
    "new": "Make a sample markbook of invented students.",
    "import": "Take the students and columns of a CSV export into a markbook.",
    "check": "Show how a markbook is understood, and what is not.",
    "map": "Say once what the columns of a markbook mean.",
    "score": "Score a markbook and write the flags beside the students.",
    "clear": "Empty the result columns; decisions stay.",
    "plan": "Plan the next clinics: who is invited where, on which topic, and why.",
    "letters": "Write letters for the students whose decision is Accept.",
    "pack": "Make what each clinic needs on paper: register, worked examples, practice, answers.",
    "report": "Put the class on a page to print; pages for parents' evening.",
    "roll-over": "Copy a markbook into the next school year: students and targets stay, marks are emptied.",
    "email": "Mail a marked markbook to colleagues: draft, Outlook, or the school's mail server.",
    "adapt": "Learn from last year's outcomes, and use that where it is better.",
    "batch": "Score every markbook under a folder, and show the classes beside one another.",
    "model": "Train the model and look at it.",
    "excel": "Put the tab Maths Clinic and the functions into Excel.",
    "lite": "Make a workbook that carries the program, for Excel with nothing to install.",
    "serve": "Serve the add-in to Excel on the web, on Macs and on managed computers.",
}


class Commands(click.Group):
    """A group whose commands live in modules of their own, addin/cli/<name>.py, and are imported on demand."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        # A word of Python's own cannot name a module that is imported: `import` lives in import_.py.
        module = f"{cmd_name}_" if keyword.iskeyword(cmd_name) else cmd_name.replace("-", "_")
        command = importlib.import_module(f"addin.cli.{module}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="maths-markbook", prog_name="markbook")
def markbook() -> None:
    """Flags for Maths Clinic, from a markbook and back into it.

    Nothing leaves this computer unless you send it.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command and exit: 0 done, 1 a problem with the file or the request, 2 wrong usage. Never a traceback."""
    # Hardly anything that a command makes is a circle of objects; to look for them as often as Python does is a tenth of a run.
    gc.set_threshold(50_000, 20, 100)
    for stream in (sys.stdout, sys.stderr):
        # Flags have signs that an old Windows code page lacks; better a question mark there than no result.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    try:
        markbook.main(args=None if arguments is None else list(arguments), standalone_mode=False)
    except MarkbookError as error:
        _fail(" ".join(str(error).split()), 1)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        _fail("stopped. Nothing was half-written; run again when you are ready.", 1)
    except BrokenPipeError:
        # The reader of our output has gone (`markbook score ... | head`): nothing is left to say to it.
        sys.stderr.close()
        sys.exit(1)
    except OSError as error:
        name = f"{error.filename}: " if error.filename else ""
        _fail(f"{name}{error.strerror or error}. Check the file, the folder and the space on the disk.", 1)
    except Exception as error:  # the last line of defence: a fault of ours, told without a traceback
        _fail(
            f"an unexpected fault ({type(error).__name__}: {' '.join(str(error).split())[:200]}). Nothing was changed in your "
            "file. Please report this line.",
            1,
        )


def _fail(message: str, code: int) -> None:
    click.echo(f"error: {message}", err=True)
    sys.exit(code)
