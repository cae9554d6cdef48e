"""xlwings, imported without pandas and matplotlib for as long as nobody else imports these.

xlwings imports both where they are installed, which takes four times as long as the rest of it, and every first click and first
formula waits for that. Functions and buttons use neither, and xlwings does without what is not there. So these two are not there
for it while it is imported, and for it alone. Once anything else imports one of them, xlwings is given it: values that are data
frames or figures are then taken and answered as ever.

Where xlwings has been imported before, as on a server, nothing is done.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from threading import get_ident
from types import ModuleType
from typing import Any


class _Later(MetaPathFinder):
    """Finds no library of `given` for the thread that imports xlwings; to all others it gives them, and then tells xlwings."""

    def __init__(self) -> None:
        self.importing: int | None = None  # the thread
        self.given = {"pandas": _give_pandas, "matplotlib": _give_matplotlib}

    def import_xlwings(self) -> None:
        """Import xlwings, and give it what came in by another thread meanwhile."""
        self.importing = get_ident()
        sys.meta_path.insert(0, self)
        try:
            importlib.import_module("xlwings")
        finally:
            self.importing = None
        _frames_by_name()
        for name in list(self.given):
            if name in sys.modules:
                importlib.import_module(name)  # waits where another thread is still at it
                self._give(name)

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Where a module is, found by those behind this finder; None for a module that is not waited for."""
        if fullname not in self.given:
            return None
        if self.importing == get_ident():
            raise ModuleNotFoundError(f"No module named {fullname!r}", name=fullname)
        others = (finder for finder in sys.meta_path if finder is not self)
        spec = next(filter(None, (finder.find_spec(fullname, path, target) for finder in others)), None)
        if spec is not None and spec.loader is not None:
            loader: Any = spec.loader  # one of its own for each spec, so that this changes no other module's import
            execute = loader.exec_module

            def execute_and_give(module: ModuleType) -> None:
                execute(module)
                if self.importing is None:  # else it is given at the end
                    self._give(fullname)

            loader.exec_module = execute_and_give
        return spec

    def _give(self, name: str) -> None:
        give = self.given.pop(name, None)
        if give is not None:
            give(sys.modules[name])
        if not self.given and self in sys.meta_path:
            sys.meta_path.remove(self)


def _fill(name: str, value: object) -> None:
    """Give a value to all modules of xlwings that have None by this name, which is how they say that a library is not there."""
    for module in list(sys.modules.values()):
        if module is not None and module.__name__.split(".")[0] == "xlwings" and vars(module).get(name, value) is None:
            setattr(module, name, value)


def _give_pandas(pandas: ModuleType) -> None:
    _fill("pd", pandas)
    conversion = importlib.import_module("xlwings.conversion")
    converters = importlib.import_module("xlwings.conversion.pandas_conv")  # registers them
    for name in ("PandasDataFrameConverter", "PandasSeriesConverter"):
        setattr(conversion, name, getattr(converters, name))


def _give_matplotlib(matplotlib: ModuleType) -> None:
    utils: Any = importlib.import_module("xlwings.utils")
    utils.plt = importlib.import_module("matplotlib.pyplot")
    _fill("FigureCanvas", importlib.import_module("matplotlib.backends.backend_agg").FigureCanvas)
    _fill("Figure", importlib.import_module("matplotlib.figure").Figure)
    _fill("mpl", matplotlib)


def _frames_by_name() -> None:
    """Register "df" for `options("df")`, by which alone a data frame can be asked for without importing pandas."""
    conversion: Any = importlib.import_module("xlwings.conversion")

    class Frames(conversion.Accessor):  # type: ignore[misc]
        """Stands in for the converter of data frames until pandas is imported, which it does."""

        @classmethod
        def reader(cls, options: Any) -> Any:
            importlib.import_module("pandas")  # puts the converter into this one's place
            return conversion.accessors["df"].reader(options)

    conversion.accessors.setdefault("df", Frames)


if "xlwings" not in sys.modules:
    _Later().import_xlwings()

import xlwings as xlwings  # noqa: E402 - imported by now; named twice, since it is what this module has to give
