"""What the imports share: rows in batches, bad ones told of as they come."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TypeVar

from toolkit.cli.front import note
from toolkit.errors import Misuse
from toolkit.intake.tables import BadRow

BATCH = 1000
_KEPT = 1000
_Row = TypeVar("_Row")


class BadRows:
    """Names every bad row with its line and cause on standard error, and remembers the first thousand."""

    def __init__(self, file: Path) -> None:
        self.count = 0
        self._file = file
        self._first: list[BadRow] = []

    def add(self, row: BadRow) -> None:
        self.count += 1
        self._first += [row] * (self.count <= _KEPT)
        note(f"{self._file}:{row.line}: {row.cause}")

    def as_objects(self) -> list[dict[str, object]]:
        return [{"line": row.line, "cause": row.cause} for row in self._first]

    def sentence(self) -> str:
        return f" {counted(self.count, 'bad row')} left out." if self.count else ""


def existing(file: Path) -> Path:
    """Return the file. Raises `Misuse` where there is none."""
    if not file.is_file():
        raise Misuse("there is no such file.", where=str(file), mend="Check the path.")
    return file


def batches(rows: Iterable[_Row | BadRow], bad: BadRows) -> Iterator[list[_Row]]:
    """Yield the good rows by the thousand, and set the bad ones aside."""
    good = _good(rows, bad)
    while batch := list(islice(good, BATCH)):
        yield batch


def counted(number: int, noun: str) -> str:
    """Return `1 account`, `2 accounts`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _good(rows: Iterable[_Row | BadRow], bad: BadRows) -> Iterator[_Row]:
    for row in rows:
        if isinstance(row, BadRow):
            bad.add(row)
        else:
            yield row
