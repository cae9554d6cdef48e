"""What a teacher takes along: registers to print, and a calendar file for every clinic.

Registers hold what a register needs (name, ID, topic, boxes to tick) and nothing that judges: no risk, priority or chance to come.
Calendar files hold no student's name at all, since calendars are often kept on somebody else's computers.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from addin.clinics.planning import Planned, Session
from addin.errors import WriteFailed
from addin.extras import is_there
from addin.reading.file_names import plain_name
from addin.reading.name_forms import Known, NameForms
from addin.results.clinic_places import shown
from model.vocabulary import day_told
from templates.pages import pages

REGISTERS = "registers.html"
PRODUCT = "-//Maths Clinic Markbook//EN"
"""What calendar files say made them."""
IN_PLACE = "(a student)"
"""In a calendar, in place of a student's name."""
SPARE_ROWS = 3
"""Empty lines at the end of a register, for who comes without an invitation."""


def write_files(made: Planned, folder: Path, *, today: date) -> tuple[str, ...]:
    """Write the registers and one calendar file a slot; those of an earlier plan are replaced, or taken away.

    Where the extra for calendar files is not installed, the registers are all.

    Returns:
        The names of the files, the registers first.

    Raises:
        WriteFailed: The folder cannot be written to.
    """
    files = {REGISTERS: registers(made).encode("utf-8")}
    names = NameForms(Known(code=IN_PLACE, names=(student.name,)) for student in made.review.markbook.students)
    held = [session for session in made.sessions if session.group.invited] if is_there("calendar") else []
    for session in held:
        name = _free(f"{plain_name(names.replaced(session.group.slot.name), otherwise='clinic').casefold()}.ics", files)
        files[name] = calendar(session, names, today=today)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (folder / name).write_bytes(data)
        (folder / REGISTERS).chmod(0o600)  # it names children
        # A clinic that has another name now, or that nobody is invited to, would stay in a calendar for good.
        for old in folder.glob("*.ics"):
            if old.name not in files and PRODUCT.encode() in old.read_bytes():
                old.unlink()
    except OSError as error:
        raise WriteFailed(
            f"{folder}: registers and calendar files cannot be written ({error.strerror}). The plan itself stands in the "
            "workbook. Check the folder and the space on the disk, and run again."
        ) from error
    return tuple(files)


def registers(made: Planned) -> str:
    """The registers as one HTML page, each clinic on a sheet of paper of its own."""
    environment = pages()
    who = {student.key: shown(student) for student in made.review.markbook.students}
    clinics = [
        {
            "name": session.group.slot.name,
            "day": day_told(session.day, "{weekday} {number} {month} {year}"),
            "time": time_told(session),
            "room": session.group.slot.room,
            "staff": ", ".join(session.group.slot.staff),
            "seats": session.group.slot.seats,
            "topics": ", ".join(session.group.topics),
            "students": sorted(
                ((*who[option.key], option.topic.name) for option in session.group.invited),
                key=lambda each: (each[1] or "", each[0] or ""),
            ),
        }
        for session in made.sessions
        if session.group.invited
    ]
    return environment.get_template("registers.html.j2").render(clinics=clinics, spare=range(SPARE_ROWS))


def calendar(session: Session, names: NameForms, *, today: date) -> bytes:
    """One session as an iCalendar file (RFC 5545), in the time of wherever it is opened; a whole day where no time is told.

    A teacher may call a clinic or a topic after a student: that name stays out too.
    """
    from icalendar import Calendar, Event

    slot, group = session.group.slot, session.group
    event = Event()
    event.add(
        "uid", f"{uuid5(NAMESPACE_URL, f'maths-clinic/{slot.name}/{session.day.isoformat()}')}@maths-clinic.invalid"
    )
    # The day of the plan, not the minute: the same plan gives the same file.
    event.add("dtstamp", datetime(today.year, today.month, today.day, tzinfo=UTC))
    event.add("summary", f"Maths clinic: {names.replaced(slot.name)}")
    if slot.starts is not None and slot.ends is not None:
        midnight = datetime(session.day.year, session.day.month, session.day.day)
        event.add("dtstart", midnight + timedelta(minutes=slot.starts))
        event.add("dtend", midnight + timedelta(minutes=slot.ends))
    else:
        event.add("dtstart", session.day)
        event.add("dtend", session.day + timedelta(days=1))
    event.add(
        "description",
        f"{group.count.invited} invited for {slot.seats} seats, about {group.count.expected:.0f} expected. "
        f"Topics: {names.replaced(', '.join(group.topics))}. "
        "Names are in the register and on the sheet Clinic plan, never in a calendar.",
    )
    if slot.room:
        event.add("location", names.replaced(slot.room))
    event.add("class", "PRIVATE")
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add_component(event)
    return bytes(made.to_ical())


def time_told(session: Session) -> str:
    """The time of a session in words, "" where none is told."""
    starts, ends = session.group.slot.starts, session.group.slot.ends
    if starts is None or ends is None:
        return ""
    return f"{starts // 60}:{starts % 60:02}-{ends // 60}:{ends % 60:02}"


def _free(name: str, taken: dict[str, bytes]) -> str:
    stem, number = name.removesuffix(".ics"), 2
    while name in taken:
        name, number = f"{stem}-{number}.ics", number + 1
    return name
