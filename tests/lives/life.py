"""A life: a teacher's book in every host, and the dice."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from random import Random

from tests.lives.births import Names, birth
from tests.lives.hosts import Host
from tests.lives.promises import Ledger
from tests.lives.teacher import SHEET, Places, Teacher, places
from tests.lives.workbook import Page, Workbook


@dataclass
class Life:
    """What every rule gets.

    Args:
        random: The dice.
        teacher: What is the teacher's.
        hosts: The workbook in every host.
        names: Names for those who join.
        ledger: Where promises are written down.
        kept: The book before the last press that replaced it, as `class.backup-...` holds it; None without one.
    """

    random: Random
    teacher: Teacher
    hosts: list[Host]
    names: Names
    ledger: Ledger
    kept: tuple[Teacher, Workbook] | None = None
    _number: int = field(default=200)

    @classmethod
    def begun(cls, random: Random, hosts: list[Host], ledger: Ledger) -> Life:
        """A new life in these hosts."""
        teacher, book, names = birth(random)
        for host in hosts:
            host.book = deepcopy(book)
        return cls(random, teacher, hosts, names, ledger)

    def sheets(self) -> Iterator[tuple[Page, Places]]:
        """The sheet of students in every host, and where things stand on it."""
        for host in self.hosts:
            page = host.book.pages[SHEET]
            yield page, places(self.teacher, page)

    def number(self) -> int:
        """A number that nobody has."""
        self._number += 1
        return self._number
