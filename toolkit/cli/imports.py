"""What the imports share: rows in batches, bad ones set aside and told of at the end."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TypeVar

from toolkit.cli.front import note
from toolkit.errors import Misuse
from toolkit.ledger.tables import BadRow

BATCH = 1000
_Row = TypeVar("_Row")


def existing(file: Path) -> Path:
    """Return the file. Raises `Misuse` where there is none."""
    if not file.is_file():
        raise Misuse("there is no such file.", where=str(file), mend="Check the path.")
    return file


def batches(rows: Iterable[_Row | BadRow], bad: list[BadRow]) -> Iterator[list[_Row]]:
    """Yield the good rows by the thousand, and set the bad ones aside."""
    good = _good(rows, bad)
    while batch := list(islice(good, BATCH)):
        yield batch


def tell(file: Path, bad: Iterable[BadRow]) -> None:
    """Name every bad row with its line and cause, on standard error."""
    for row in bad:
        note(f"{file}:{row.line}: {row.cause}")


def as_objects(bad: Iterable[BadRow]) -> list[dict[str, object]]:
    return [{"line": row.line, "cause": row.cause} for row in bad]


def _good(rows: Iterable[_Row | BadRow], bad: list[BadRow]) -> Iterator[_Row]:
    for row in rows:
        if isinstance(row, BadRow):
            bad.append(row)
        else:
            yield row
