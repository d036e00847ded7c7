"""One table of a measurement: what was measured, the figure, and how it stands to the floor."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Row:
    what: str
    figure: str
    ratio: str
    value: float = 0.0


def print_table(name: str, rows: Sequence[Row]) -> None:
    widest, figures = max(len(row.what) for row in rows), max(len(row.figure) for row in rows)
    sys.stdout.write(f"\n{name}\n")
    for row in rows:
        sys.stdout.write(f"  {row.what:<{widest}}  {row.figure:>{figures}}  {row.ratio}\n")
    sys.stdout.flush()
