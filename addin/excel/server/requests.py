"""What a call to the server must look like, and what is wrong with one that does not.

xlwings Server stumbles over what is no call. Where it has stumbled, this tells a request that is not understood from a fault of
ours. Of a request only the place is told that is wrong, never a value. Of a list the first fault is enough: a body of 20 MB can
hold six million, and pydantic's notes on them would fill 20 GB of memory.
"""

from __future__ import annotations

import inspect
import json
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    FailFast,
    Field,
    StrictBool,
    StrictFloat,
    StrictInt,
    StrictStr,
    ValidationError,
)

from addin.excel import cell_functions

Plain = StrictStr | StrictBool | StrictInt | StrictFloat | None


class _Part(BaseModel):
    """Part of a request: what is listed is needed, and more may stand there."""

    model_config = ConfigDict(extra="allow", strict=True)


class DataType(_Part):
    """A cell of Excel's data types: an error, a number with a format, an entity."""

    type: str
    basicValue: Plain  # noqa: N815 - Excel's own name


class _First(FailFast):
    """A list is read as far as its first fault; with a hash, since the parts of a union need one."""

    __hash__ = object.__hash__


First = _First()
Rows = Annotated[list[Annotated[list[Plain | DataType], First]], First]


class FunctionCall(_Part):
    """A formula's call."""

    client: str
    version: str
    runtime: Annotated[str, Field(pattern=r"^\d+(\.\d+)?$")]
    func_name: str
    args: Annotated[list[Plain | DataType | Rows], First]
    caller_address: str | None = None
    date_format: str | None = None
    culture_info_name: str | None = None


class OpenBook(_Part):
    """The open workbook's own part."""

    name: str
    active_sheet_index: Annotated[int, Field(ge=0)]
    selection: str | None = None


class OpenTable(_Part):
    """An Excel table of a sheet."""

    name: str
    range_address: str | None
    header_row_range_address: str | None
    data_body_range_address: str | None


class OpenSheet(_Part):
    """A sheet of the open workbook."""

    name: str
    visibility: str
    values: Annotated[list[Annotated[list[Plain], First]], First]
    tables: Annotated[list[OpenTable], First]


class OpenName(_Part):
    """A name of the open workbook."""

    name: str
    sheet_index: Annotated[int, Field(ge=0)] | None
    address: str | None


class ScriptCall(_Part):
    """A button's call: the whole workbook, and what the script needs beside it."""

    client: Literal["Office.js"]  # other clients of xlwings cannot do all that buttons ask for
    version: str
    book: OpenBook
    names: Annotated[list[OpenName], First]
    sheets: Annotated[list[OpenSheet], Field(min_length=1), First]
    args: Annotated[list[Plain], First] = []


def what_is_wrong(body: bytes, *, function: bool) -> str | None:
    """What is wrong with a call that could not be answered, in a sentence; None where it is as it should be.

    Args:
        body: The request's body.
        function: Whether a formula called a function; else a button called a script.

    Example:
        >>> what_is_wrong(b'{"func_name": "NO_SUCH"', function=True)
        'It is no JSON.'
        >>> call = {"client": "Office.js", "version": "", "runtime": "1.4", "func_name": "NO_SUCH", "args": []}
        >>> what_is_wrong(json.dumps(call).encode(), function=True)
        'There is no function of that name.'
        >>> what_is_wrong(json.dumps(call | {"args": [[["Ova", {}]]]}).encode(), function=True)
        'What stands at args, 1, 1, 2, type is missing or of a wrong kind.'
    """
    try:
        asked = json.loads(body)
    except (ValueError, RecursionError):
        return "It is no JSON."
    try:
        if not function:
            return _of_script(ScriptCall.model_validate(asked))
        return _of_function(FunctionCall.model_validate(asked))
    except (ValidationError, RecursionError) as error:
        where = _where(error) if isinstance(error, ValidationError) else ""
        return (
            f"What stands at {where} is missing or of a wrong kind." if where else "It is no JSON object of its kind."
        )


def _of_function(call: FunctionCall) -> str | None:
    known = {name: each for name, each in vars(cell_functions).items() if name.isupper() and callable(each)}
    if call.func_name not in known:
        return "There is no function of that name."
    parameters = inspect.signature(known[call.func_name]).parameters.values()
    needed = sum(each.default is each.empty for each in parameters)
    if not needed <= len(call.args) <= len(parameters):
        return f"The function takes {needed} to {len(parameters)} arguments."
    return None


def _of_script(call: ScriptCall) -> str | None:
    places = [call.book.active_sheet_index, *(name.sheet_index or 0 for name in call.names)]
    return None if max(places) < len(call.sheets) else "It names a sheet that is not there."


def _where(error: ValidationError) -> str:
    """The place of what is wrong: names that we know, and numbers counted from 1; never a value or a foreign key."""
    ours = {field for part in _Part.__subclasses__() for field in part.model_fields}
    places = [
        [
            str(step + 1) if isinstance(step, int) else step
            for step in each["loc"]
            if isinstance(step, int) or step in ours
        ]
        for each in error.errors(include_input=False, include_url=False)
    ]
    return ", ".join(
        max(places, key=lambda place: len(list(place)))
    )  # of what it could have been, what it comes nearest to
