"""A CSV file taken apart into rows: streamed, by the file's own line numbers, losing nothing.

Quotation marks decide where a row ends, as RFC 4180 has it, so that a line break inside a quoted name never
turns what follows into a row of its own. A mark that is never closed is found out where what follows it cannot be
a quoted field, and then costs its line only; else the lines up to the next mark are named as one bad row.
"""

import csv
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from toolkit.errors import IntakeError

LONGEST_FIELD = 10_000
"""Characters of a field that is still a value."""

_LONGEST = 1 << 24  # bytes of a line, and characters of a field: a thousand times what a good row can have
csv.field_size_limit(
    _LONGEST
)  # the module's own limit would end a quoted field in its middle, and read its rest as rows


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A row that begins at `line`: its fields, or why it cannot be read."""

    line: int
    fields: tuple[str, ...] = ()
    fault: str = ""


def read_rows(path: Path) -> Generator[Row, None, None]:
    """Give the rows of a file; empty lines are none. Every row has as many fields as the first, or a fault.

    Bytes that are not UTF-8 become surrogates. Raises `IntakeError` for a file that cannot be opened, and for a
    line or a quoted field of more than 16 MiB.
    """
    try:
        with path.open("rb") as file:
            yield from _rows(_Lines(file, path))
    except OSError as error:
        raise IntakeError(f"the file cannot be read: {error.strerror}.", where=str(path)) from None


class _Lines:
    """The lines of a file, counted. The csv reader pulls as many as a row has."""

    def __init__(self, file: BinaryIO, path: Path) -> None:
        self.first = 1  # the line the row begins at
        self.number = 0  # the line read last
        self._file = file
        self._path = path
        self._offset = self._after_first = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        text = self._file.readline(_LONGEST + 1)
        if not text:
            raise StopIteration
        self.number += 1
        if len(text) > _LONGEST:
            raise self.error("the line is longer than 16 MiB", at=self.number)
        self._offset += len(text)
        if self.number == self.first:
            self._after_first = self._offset
        return (text.removeprefix(b"\xef\xbb\xbf") if self.number == 1 else text).decode("utf-8", "surrogateescape")

    @property
    def many(self) -> bool:
        """Whether the row has pulled more than one line."""
        return self.number > self.first

    def begin_row(self) -> None:
        self.first = self.number + 1

    def go_back(self) -> None:
        """Go back to the line after the row's first one."""
        self._file.seek(self._after_first)
        self._offset, self.number = self._after_first, self.first

    def error(self, what: str, *, at: int) -> IntakeError:
        return IntakeError(f"{what}.", where=f"{self._path}:{at}", mend="Is this a CSV file with a row for each?")


def _rows(lines: _Lines) -> Iterator[Row]:
    width = 0
    reader = csv.reader(lines, strict=True)
    while True:
        lines.begin_row()
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Row(line=lines.first, fault=_fault(error, lines))
            lines.go_back()
            reader = csv.reader(lines, strict=True)
            continue
        if lines.many:
            yield _of_many_lines(lines, len(fields), width)
        elif fields:
            width = width or len(fields)
            yield _of_one_line(lines, fields, width)


def _of_one_line(lines: _Lines, fields: list[str], width: int) -> Row:
    if len(fields) == width:
        return Row(line=lines.first, fields=tuple(fields))
    return Row(line=lines.first, fault=f"the row has {len(fields)} columns, the first line has {width}")


def _of_many_lines(lines: _Lines, found: int, width: int) -> Row:
    """Say what is wrong with a row of several lines. Nothing inside of it is read as a row: it was quoted."""
    fault = f"a line break stands in a field; the row goes on to line {lines.number}"
    if found != width:
        fault = f"{fault} and has {found} columns, the first line has {width}; is a mark not closed?"
    return Row(line=lines.first, fault=fault)


_UNCLOSED = "a quotation mark is not closed"


def _fault(error: csv.Error, lines: _Lines) -> str:
    said = str(error)
    if "field larger" in said:
        raise lines.error("a quoted field is longer than 16 MiB; is its mark closed?", at=lines.first)
    if lines.many or "unexpected end" in said:
        return _UNCLOSED
    if "new-line" in said:
        return "a line break stands in a field"
    return "text follows a closing quotation mark; is one not doubled?"
