"""A teacher's main job, done by an installed package: run by the Python of an environment, without the sources on its path.

    python job.py FOLDER

works in that folder (new) and prints one JSON object: what each command and function said, with dates and paths out, and long texts
as their SHA-256. Workbooks count by their cells, not by their bytes, which are the libraries' own.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import re
import sys
import time
from datetime import date, datetime
from email import message_from_bytes, policy
from pathlib import Path
from zipfile import ZipFile

_DAY = r"(?:\w+day )?\d{1,2} (?:January|February|March|April|May|June|July|August|September|October|November|December)(?: \d{4})?"
_SHORT = r"\d{1,2} (?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)\b(?: \d{2,4})?"
_DATES = re.compile(rf"{_DAY}|{_SHORT}|\d{{4}}-\d{{2}}-\d{{2}}(?:[T ][\d:.]+)?|\d{{2}}/\d{{2}}/\d{{4}}")


def undated(text: str) -> str:
    """A text without dates, which are those of the day of the run."""
    return _DATES.sub("DATE", text)


def short(text: str) -> str:
    """The SHA-256 of a text without dates."""
    return hashlib.sha256(undated(text).encode()).hexdigest()


def command(*arguments: str) -> str:
    """What a command of the program prints; it must succeed."""
    from addin.cli.entry import main

    told = io.StringIO()
    try:
        with contextlib.redirect_stdout(told):
            main(arguments)
    except SystemExit as end:
        if end.code:
            raise
    return told.getvalue()


def cells(path: Path) -> list[object]:
    """Every cell of a workbook, sheet by sheet, dates out."""
    from addin.hosts.closed_file import ClosedFile

    book = ClosedFile(path, output=path).read()
    return [[sheet.name, [[undated(str(cell)) for cell in row] for row in sheet.rows]] for sheet in book.sheets]


def functions() -> dict[str, object]:
    """What every function of the family answers of six invented students."""
    from addin import functions as family

    headings = [["Name", "Target", "Homework %", "Angles (20)", "Ratio (20)"]]
    rows = [
        ["Ova", 7, 40, 2, 9],
        ["Tul", 6, 80, 12, 11],
        ["Pim", 5, 95, 11, 8],
        ["Quim", 4, 70, 19, 15],
        ["Yq", 3, 60, 4, 2],
    ]
    rows.append(["Siân", 8, 100, 20, 18])
    names = sorted(name for name in dir(family) if name.startswith("INTERVENTION_"))
    answers: dict[str, object] = {
        name: getattr(family, name)(rows, headings) for name in names if name != "INTERVENTION_WHATIF"
    }
    answers["INTERVENTION_WHATIF"] = family.INTERVENTION_WHATIF(rows, headings, None, "Homework %", 80)
    return answers


def buttons(path: Path) -> dict[str, str]:
    """What the buttons say of a workbook, and the results that they leave."""
    from addin import ribbon
    from addin.hosts.closed_file import ClosedFile
    from addin.hosts.memory import Memory

    host = Memory(ClosedFile(path, output=path).read())
    told = {"score": ribbon.score_button(host), "check": ribbon.check_button(host), "plan": ribbon.plan_button(host)}
    told["left"] = str([[sheet.name, [list(map(str, row)) for row in sheet.rows]] for sheet in host.book.sheets])
    return {name: short(text) for name, text in told.items()}


def job(folder: Path) -> dict[str, object]:
    """All of it, by name of the task."""
    made = folder / "class.xlsx"
    marked = folder / "class.marked.xlsx"
    command("new", str(made), "--students", "30", "--seed", "7")
    done: dict[str, object] = {"new": short(json.dumps(cells(made)))}
    done["check"] = short(command("check", str(made)).replace(str(folder), ""))
    scored = json.loads(command("score", str(made), "--json"))
    done["score"] = [
        [each["name"], each["flag"], each["risk"], each["priority"], each["reasons"]] for each in scored["students"]
    ]
    planned = json.loads(command("plan", str(marked), "--json"))
    done["plan"] = sorted(
        [clinic["slot"], clinic["topics"], clinic["expected"], [each["name"] for each in clinic["invited"]]]
        for clinic in planned["clinics"]
    )
    done["marked"] = short(json.dumps(cells(marked)))
    command("letters", str(marked), "-o", str(folder / "letters"), "--format", "html")
    pages = sorted((folder / "letters").iterdir())
    done["letters"] = {page.name: short(page.read_text(encoding="utf-8")) for page in pages}
    command("email", str(marked), "--to", "head@school.example", "--draft", str(folder / "class.eml"))
    message = message_from_bytes((folder / "class.eml").read_bytes(), policy=policy.default)
    (attachment,) = message.iter_attachments()
    (folder / "attached.xlsx").write_bytes(attachment.get_content())
    body = message.get_body(("plain",))
    done["email"] = [short(body.get_content() if body else ""), short(json.dumps(cells(folder / "attached.xlsx")))]
    command("report", str(marked), "-o", str(folder / "class.html"))
    done["report"] = short((folder / "class.html").read_text(encoding="utf-8"))
    (folder / "many").mkdir()
    (folder / "many" / "class.xlsx").write_bytes(made.read_bytes())
    command("batch", str(folder / "many"), "-o", str(folder / "results"), "--workers", "1")
    done["batch"] = undated((folder / "results" / "batch-overview.csv").read_text(encoding="utf-8-sig"))
    command("lite", "build", "-o", str(folder / "lite.xlsx"), "--from", str(marked))
    with ZipFile(folder / "lite.xlsx") as lite:
        done["lite"] = [name for name in lite.namelist() if "webextension" in name]
    done["functions"] = functions()
    done["buttons"] = buttons(made)
    return done


def live_on(day: str) -> None:
    """Let `date.today()` answer one day, whatever the clock says: it asks `time.time`, which then counts from that day's noon.

    Which clinic comes first, and how long ago a run was, depend on the day.
    """
    os.environ["TZ"] = "UTC"
    if hasattr(time, "tzset"):
        time.tzset()
    clock = time.time
    ahead = datetime.fromisoformat(f"{day}T12:00:00+00:00").timestamp() - clock()
    time.time = lambda: clock() + ahead
    if date.today().isoformat() != day:
        raise SystemExit(f"this Python cannot be made to live on {day}")


if __name__ == "__main__":
    live_on("2026-12-01")
    place = Path(sys.argv[1])
    place.mkdir()
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.stdout.write(json.dumps(job(place), ensure_ascii=False, indent=1) + "\n")
