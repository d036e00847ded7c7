"""`make bench`: the redline and the receiver beside the least that this machine can do, in one run, as ratios.

Nothing here is a test: a figure says how fast this machine was just then. Each load is bounded and ends by itself.
"""

import argparse
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.bench import events, portal, redlines
from tests.bench.table import Row, print_table
from tests.postgres import server
from tests.receiver.test_kills import play

if TYPE_CHECKING:
    from collections.abc import Callable

_KILLS = 20


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="make bench", description="Measure the redline and the receiver on this machine."
    )
    parser.add_argument("--events", type=int, default=60_000, help="how many provider events to post")
    parser.add_argument("--seconds", type=int, default=10, help="how long the portal asks")
    parser.add_argument("--kills", type=int, default=_KILLS, help="how often the service is killed")
    parser.add_argument("only", nargs="*", help="redlines, events, portal or kills; all without it")
    said = parser.parse_args()
    parts: dict[str, Callable[[Path], list[Row]]] = {
        "redlines": redlines.measure,
        "events": lambda folder: _events(folder, said.events),
        "portal": lambda folder: portal.measure(folder, seconds=said.seconds),
        "kills": lambda folder: _kills(folder, said.kills),
    }
    for name in said.only or parts:
        with TemporaryDirectory() as folder:
            print_table(name, parts[name](Path(folder)))
    return 0


def _events(folder: Path, count: int) -> list[Row]:
    floor = events.measure_floor(folder, count)
    rows = [floor, *events.measure(folder / "sqlite", f"sqlite:///{folder / 'ledger.db'}", count, floor=floor)]
    with server() as url:
        rows += events.measure(folder / "postgresql", url, count, floor=floor)
    return rows


def _kills(folder: Path, kills: int) -> list[Row]:
    folder.mkdir(exist_ok=True)
    answered = play(f"sqlite:///{folder / 'ledger.db'}", folder, kills=kills)
    what = f"killed {kills} times under load, SQLite"
    return [Row(what=what, figure=f"{answered} events answered with 2xx: all there, none twice", ratio="")]


if __name__ == "__main__":
    os.environ.pop("POLICY_LEDGER", None)
    sys.exit(main())
