"""A CSV file taken apart into rows: streamed, by the file's own line numbers, losing nothing.

Quotation marks decide where a row ends, as RFC 4180 has it, so that a line break inside a quoted name never
turns what follows into a row of its own. A mark that is never closed is found out, and costs its line only.
"""

import re
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from toolkit.errors import LedgerError

_LONGEST = 1 << 24  # bytes of a line: a thousand times what a good row can have, and still no burden
_QUOTED = re.compile(rb'(?:[^"]++|"")*+')
_FIELD = re.compile(r'(?:"((?:[^"]++|"")*+)"|([^,]*+)),', re.DOTALL)


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A row that begins at `line`: its bytes, or why it cannot be read."""

    line: int
    text: bytes = b""
    fault: str = ""


def read_rows(path: Path) -> Generator[Row, None, None]:
    """Give the rows of a file; empty lines are none. Every row has as many fields as the first, or a fault.

    Raises `LedgerError` for a file that cannot be opened, or a line of more than 16 MiB.
    """
    try:
        with path.open("rb") as file:
            yield from _rows(file, path)
    except OSError as error:
        raise LedgerError(f"the file cannot be read: {error.strerror}.", where=str(path)) from None


def fields(text: str) -> tuple[str, ...]:
    """Take a row apart that `read_rows` gave without a fault."""
    if '"' not in text:
        return tuple(text.split(","))
    return tuple(quoted.replace('""', '"') or bare for quoted, bare in _FIELD.findall(text + ","))


def _rows(file: BinaryIO, path: Path) -> Iterator[Row]:
    number, width = 0, 0
    while (text := _line(file, path, number + 1)) is not None:
        number += 1
        walked = _walk(text, inside=False)
        if not text:
            continue
        if walked is None:
            yield Row(line=number, fault="text follows a closing quotation mark; is one not doubled?")
        elif not walked.inside:
            width = width or walked.ended
            yield _of_width(number, text, walked.ended, width)
        else:
            after = file.tell()
            last = _last(file, path, number, walked.ended, width)
            yield Row(line=number, fault=_of_many(last))
            if last is None:
                file.seek(after)
            number = last or number


def _of_width(number: int, text: bytes, found: int, width: int) -> Row:
    if found == width:
        return Row(line=number, text=text)
    return Row(line=number, fault=f"the row has {found} columns, the first line has {width}")


def _of_many(last: int | None) -> str:
    if last is None:
        return "a quotation mark is not closed"
    return f"a line break stands in a field; the row goes on to line {last}"


def _line(file: BinaryIO, path: Path, number: int) -> bytes | None:
    text = file.readline(_LONGEST + 1)
    if len(text) > _LONGEST:
        raise LedgerError(
            "the line is longer than 16 MiB.",
            where=f"{path}:{number}",
            mend="Is this a CSV file of accounts?",
        )
    if not text:
        return None
    if number == 1:
        text = text.removeprefix(b"\xef\xbb\xbf")
    return text.removesuffix(b"\n").removesuffix(b"\r")


@dataclass(frozen=True, slots=True)
class _Walked:
    inside: bool  # whether a quoted field is still open at the line's end
    ended: int  # how many fields ended on the line


def _walk(text: bytes, *, inside: bool) -> _Walked | None:
    """Go along one line. None where a closing quotation mark is followed by anything but a comma."""
    at = ended = 0
    while True:
        if inside or text[at : at + 1] == b'"':
            at = _closing(text, at if inside else at + 1)
            if at < 0:
                return _Walked(inside=True, ended=ended)
            if text[at : at + 1] not in (b"", b","):
                return None
            inside = False
        else:
            comma = text.find(b",", at)
            at = comma if comma >= 0 else len(text)
        ended += 1
        if at >= len(text):
            return _Walked(inside=False, ended=ended)
        at += 1


def _closing(text: bytes, at: int) -> int:
    """Return the place behind the closing mark, -1 where there is none. A doubled mark closes nothing."""
    match = _QUOTED.match(text, at)
    end = match.end() if match else at
    return end + 1 if end < len(text) else -1


def _last(file: BinaryIO, path: Path, number: int, ended: int, width: int) -> int | None:
    """Return the last line of a row that goes on past its first; None where it ends wrongly or nowhere."""
    while (text := _line(file, path, number + 1)) is not None:
        number += 1
        walked = _walk(text, inside=True)
        if walked is None:
            return None
        ended += walked.ended
        if not walked.inside:
            return number if ended == width else None
    return None
