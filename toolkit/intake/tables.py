"""A CSV table with named columns, row by row: each row becomes a value, or says why it is none."""

import unicodedata
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from toolkit.errors import IntakeError
from toolkit.intake.rows import LONGEST_FIELD, Row, read_rows

_BEGINNING = 1 << 16
_SAVE = "Save the file as CSV UTF-8, comma separated."
_CONTROLS = frozenset({"Cc", "Zl", "Zp"})
_TURNS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")  # they reorder what follows a name
_Value = TypeVar("_Value")


@dataclass(frozen=True, kw_only=True, slots=True)
class BadRow:
    """A row that is no value: the file's line it begins at, and why. `id` is its first wanted column, if readable."""

    line: int
    cause: str
    id: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Remark:
    """A field that could not be used in a row that is a value all the same: the line, and what was done instead."""

    line: int
    cause: str


def shortened(value: str, longest: int = 20) -> str:
    """Return a value to show in a message; what is cut ends with an ellipsis."""
    return value if len(value) <= longest else f"{value[:longest]}…"


class Unfit(Exception):  # noqa: N818 - a finding about a row, caught here
    """Why a field is wrong. Raised by the functions that `read_table` is given."""


def read_table(
    path: Path, columns: tuple[str, ...], parse: Callable[[Mapping[str, str]], _Value]
) -> Iterator[tuple[int, _Value] | BadRow]:
    """Give the line and the value, or a bad row, for every row of a UTF-8 file, never holding the whole file.

    The first line names the columns, in any order. Raises `IntakeError` at once for columns that are missing,
    unknown or named twice, and for a file that cannot be read.
    """
    named = _columns(path, columns)
    return _read(path, named, parse, key=columns[0])


def _columns(path: Path, wanted: tuple[str, ...]) -> tuple[str, ...]:
    if foreign := _foreign(path):
        raise IntakeError(f"{foreign}.", where=str(path), mend=_SAVE)
    with closing(read_rows(path)) as rows:
        head = next(rows, Row(line=1, fault="the file is empty"))
    names = tuple(name.strip().lower() for name in head.fields)
    if len(names) == 1 and ";" in names[0] and {name.strip(' "') for name in names[0].split(";")} & set(wanted):
        raise IntakeError("columns are separated by semicolons.", where=f"{path}:{head.line}", mend=_SAVE)
    if wrong := head.fault or _wrong(names, wanted):
        expected = f"The first line names the columns: {', '.join(wanted)}."
        raise IntakeError(f"{wrong}.", where=f"{path}:{head.line}", mend=expected)
    return names


def _foreign(path: Path) -> str:
    """Say what kind of text file this is that cannot be read; empty for one that can."""
    try:
        with path.open("rb") as file:
            beginning = file.read(_BEGINNING)
    except OSError as error:
        raise IntakeError(f"the file cannot be read: {error.strerror}.", where=str(path)) from None
    if beginning.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) or b"\0" in beginning[:2]:
        return "the file is UTF-16"
    if b"\r" in beginning and b"\n" not in beginning:
        return "the lines end as on an old Mac"
    return ""


def _wrong(names: tuple[str, ...], wanted: tuple[str, ...]) -> str:
    for name in names:
        if name not in wanted:
            return f"'{shortened(name, 40)}' is no column of this file"
        if names.count(name) > 1:
            return f"the column '{name}' stands twice"
    missing = [name for name in wanted if name not in names]
    return f"the column '{missing[0]}' is missing" if missing else ""


def _read(
    path: Path, columns: tuple[str, ...], parse: Callable[[Mapping[str, str]], _Value], *, key: str
) -> Iterator[tuple[int, _Value] | BadRow]:
    rows = read_rows(path)
    next(rows, None)
    for row in rows:
        try:
            yield row.line, parse(_values(row, columns))
        except Unfit as unfit:
            yield BadRow(line=row.line, cause=str(unfit), id=_readable(row, columns.index(key)))


def _values(row: Row, columns: tuple[str, ...]) -> Mapping[str, str]:
    if row.fault:
        raise Unfit(row.fault)
    values = {column: value.strip(" \t") for column, value in zip(columns, row.fields, strict=True)}
    for column, value in values.items():
        if len(value) > LONGEST_FIELD:
            raise Unfit(f"'{column}' is longer than {LONGEST_FIELD:,} characters")
        if not value.isascii() and _holds_surrogates(value):
            raise Unfit("the line is not UTF-8")
        if not _is_one_line(value):
            raise Unfit(f"'{column}' holds a control character or a line break")
    return values


def _readable(row: Row, at: int) -> str:
    """Return a field of a row that is bad for another reason; empty where the row was not taken apart."""
    value = "" if row.fault else row.fields[at].strip(" \t")
    return value if value.isprintable() and not _holds_surrogates(value) else ""


def _is_one_line(value: str) -> bool:
    if value.isascii() and value.isprintable():
        return True
    return not any(unicodedata.category(sign) in _CONTROLS or sign in _TURNS for sign in value)


def _holds_surrogates(value: str) -> bool:
    """Whether a value holds bytes that were no UTF-8."""
    return any("\ud800" <= sign <= "\udfff" for sign in value)
