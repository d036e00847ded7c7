"""What every command is handed: the workspace, and the ways to print."""

import getpass
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from toolkit.policy.classes import Class
from toolkit.workspace import Workspace

if TYPE_CHECKING:
    from rich.progress import Progress

    from toolkit.changes.alarms import Judged
    from toolkit.policy.version import History, Version

_T = TypeVar("_T")
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
Sealed = Annotated[
    bool, typer.Option("--sealed", help="Where two texts carry one number, go on with the one that was released first.")
]
OfDocument = Annotated[str, typer.Option("--document", help="Which policy: the file's name without .md.")]


def workspace(context: typer.Context) -> Workspace:
    found = context.obj
    assert isinstance(found, Workspace)  # noqa: S101 - the callback in cli/__init__ put it there
    return found


def person() -> str:
    """Return who runs the command, as the operating system knows them: no text that somebody typed."""
    try:
        import pwd
    except ImportError:  # Windows
        return getpass.getuser()
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return f"user {os.getuid()}"


def print_json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return aligned columns with two spaces between, as wide as they need. East Asian signs count double."""
    from rich.cells import cell_len

    cells = [list(head), *([("" if cell is None else str(cell)) for cell in row] for row in rows)]
    widths = [max(cell_len(row[at]) for row in cells) for at in range(len(head))]
    return "\n".join(
        "  ".join(cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    )


def note(sentence: str) -> None:
    """Say something beside the result, on standard error."""
    print(one_line(sentence), file=sys.stderr)


def one_line(sentence: str) -> str:
    """Return a sentence as one line without control characters: a build server reads commands off lines."""
    from toolkit.changes.render.terminal import clean

    return clean(" ".join(sentence.split()))


def say_doubt(doubt: str) -> None:
    """Say on standard error that nothing will be sent from this ledger, and why; see `Evidence.doubt`."""
    if doubt:
        note(f"note: this may be a copy of the ledger, or an older state of it: {doubt}. 'policy ledger take-over'")


def say_alarms(judged: Iterable["Judged"]) -> None:
    """Say on standard error where class, number and words do not agree."""
    for each in judged:
        for alarm in each.alarms:
            note(f"note: {alarm}")


def say_odd(history: "History") -> None:
    """Say on standard error what is odd about a history and stops nothing."""
    for trouble in history.troubles:
        note(f"note: {trouble}")
    for landing in history.never_released:
        note(f"note: {landing.revision.short} was refused and released nothing: {landing.note}")


def say_unreleased(history: "History") -> None:
    """Say on standard error that the file says other things than the version that is shown."""
    if history.unreleased:
        note(f"note: {history.unreleased.revision.short}: {history.unreleased.note}.")


def say_other_versions(history: "History", version: "Version", *, on: date) -> None:
    """Say on standard error which versions are not announced with one, and what becomes of them."""
    for each in history.announced(on):
        if each.declared is Class.CONSENT and not each.announceable and each.number > version.number:
            note(
                f"note: {each.number} needs consent, and is not announced; the mails say that there is such a version."
            )
        lower = each.announceable and each.number < version.number
        if lower and each.public_on > version.public_on:
            late = f"{each.number} became public after {version.number}; who was told of that before may not know of it"
            note(f"note: {late}. Plan it, too: 'policy notify plan --version {each.number}'.")


@contextmanager
def progress(what: str, total: int | None = None) -> Iterator["_Bar"]:
    """Show a progress bar on standard error while long work runs; nothing where nobody watches."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, disable=not sys.stderr.isatty()) as bar:
        yield _Bar(bar, what, total)


class _Bar:
    def __init__(self, bar: "Progress", what: str, total: int | None) -> None:
        self._bar = bar
        self._task = bar.add_task(what, total=total)

    def advance(self, by: int = 1) -> None:
        self._bar.advance(self._task, by)

    def reach(self, done: int, total: int) -> None:
        self._bar.update(self._task, completed=done, total=total)

    def through(self, items: Iterable[_T]) -> Iterator[_T]:
        """Hand items on and count them."""
        for item in items:
            yield item
            self.advance()
