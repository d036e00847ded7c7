"""What the imports share: rows in batches, bad ones told of as they come."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TypeVar

from toolkit.cli.front import note
from toolkit.errors import Misuse
from toolkit.intake.tables import BadRow, Remark

BATCH = 1000
_KEPT = 1000
_Row = TypeVar("_Row")


class BadRows:
    """Names every bad row and every field that could not be used on standard error, with its line and cause.

    Remembers the first thousand of each.
    """

    def __init__(self, file: Path) -> None:
        self.count = self.remarks = 0
        self._file = file
        self._first: list[BadRow] = []
        self._remarked: list[Remark] = []

    def add(self, row: BadRow, *, so: str = "") -> None:
        """Name a row that is left out; `so` says what follows from it."""
        self.count += 1
        self._first += [row] * (self.count <= _KEPT)
        note(f"{self._file}:{row.line}: {row.cause}{so}")

    def remark(self, said: Remark) -> None:
        self.remarks += 1
        self._remarked += [said] * (self.remarks <= _KEPT)
        note(f"{self._file}:{said.line}: {said.cause}")

    @property
    def any(self) -> bool:
        return bool(self.count or self.remarks)

    def as_objects(self) -> list[dict[str, object]]:
        return [{"line": row.line, "cause": row.cause} for row in self._first]

    def remarks_as_objects(self) -> list[dict[str, object]]:
        return [{"line": said.line, "cause": said.cause} for said in self._remarked]

    def sentence(self) -> str:
        left_out = f" {counted(self.count, 'bad row')} left out." if self.count else ""
        fields = f" {counted(self.remarks, 'field')} could not be used." if self.remarks else ""
        return f"{left_out}{fields}"


def existing(file: Path) -> Path:
    """Return the file. Raises `Misuse` where there is none."""
    if not file.is_file():
        raise Misuse("there is no such file.", where=str(file), mend="Check the path.")
    return file


def batches(
    rows: Iterable[_Row | Remark | BadRow], bad: BadRows, *, left_out: Callable[[BadRow], str] = lambda _: ""
) -> Iterator[list[_Row]]:
    """Yield the good rows by the thousand, and set the bad ones aside.

    `left_out` is told of each bad row, and returns what follows from it.
    """
    good = _good(rows, bad, left_out)
    while batch := list(islice(good, BATCH)):
        yield batch


def counted(number: int, noun: str) -> str:
    """Return `1 account`, `2 accounts`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _good(rows: Iterable[_Row | Remark | BadRow], bad: BadRows, left_out: Callable[[BadRow], str]) -> Iterator[_Row]:
    for row in rows:
        if isinstance(row, BadRow):
            bad.add(row, so=left_out(row))
        elif isinstance(row, Remark):
            bad.remark(row)
        else:
            yield row
