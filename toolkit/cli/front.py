"""What every command is handed: the project, the clock, the ways to print."""

import json
import re
import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from toolkit.config import Project, find_root, read_project
from toolkit.errors import Misuse, SettingsError
from toolkit.policy.classes import Number

if TYPE_CHECKING:
    from rich.progress import Progress

    from toolkit.changes.alarms import Judged
    from toolkit.changes.rules import Rules
    from toolkit.changes.wording import Wording
    from toolkit.ledger.ledger import Ledger
    from toolkit.policy.repository import PolicyRepository
    from toolkit.policy.version import History, Version

_T = TypeVar("_T")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]*")
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
OfDocument = Annotated[str, typer.Option("--document", help="Which policy: the file's name without .md.")]


@dataclass(frozen=True)
class Front:
    """The project's folder and the environment; everything else is read when a command asks for it."""

    folder: Path
    environment: Mapping[str, str]

    @cached_property
    def root(self) -> Path:
        """The project's folder: this one or the nearest above that is one."""
        return find_root(self.folder) or self.folder

    @cached_property
    def project(self) -> Project:
        return read_project(self.root, self.environment)

    @cached_property
    def rules(self) -> "Rules":
        """The rules of the governing language; English ones where there are none for it."""
        from toolkit.changes.vocabulary import RULES, find_rules

        return find_rules(self.project.settings.language, [self.project.root / "rules", RULES])

    @cached_property
    def wording(self) -> "Wording":
        """What things are called in the governing language; in English where it has no words."""
        from toolkit.changes.vocabulary import find_wording

        return find_wording(self.project.settings.language, self.project.folders("notices"))

    @cached_property
    def now(self) -> datetime:
        """The instant it is, in UTC; `POLICY_NOW` puts another in its place, for rehearsals."""
        said = self.environment.get("POLICY_NOW")
        if not said:
            return datetime.now(UTC)
        try:
            instant = datetime.fromisoformat(said)
        except ValueError:
            instant = datetime.min  # noqa: DTZ901 - naive on purpose: refused below
        if instant.tzinfo is None:
            raise SettingsError(
                f"'{said}' is not an instant.", where="POLICY_NOW", mend="Write it like 2026-12-01T09:00:00+08:00."
            )
        return instant.astimezone(UTC)

    def clock(self) -> datetime:
        """Return the running instant: `now`, and what has passed since it was first asked."""
        began = self.now
        return began + timedelta(seconds=time.monotonic() - self._asked)

    @cached_property
    def _asked(self) -> float:
        return time.monotonic()

    @cached_property
    def today(self) -> date:
        """The policy's own date."""
        return self.now.astimezone(self.project.settings.zone).date()

    @cached_property
    def repository(self) -> "PolicyRepository":
        from toolkit.policy.repository import PolicyRepository

        return PolicyRepository(self.root, zone=self.project.settings.zone)

    def path(self, document: str) -> str:
        """Return a policy's file as git names it, from the repository's root."""
        if not _NAME.fullmatch(document):
            raise Misuse(f"'{document}' is no policy's name.", mend="It is the file's name without .md, like privacy.")
        within = (self.root / self.project.settings.policies).resolve().relative_to(self.repository.root)
        return (within / f"{document}.md").as_posix()

    def history(self, document: str) -> "History":
        return self.repository.history(self.path(document))

    def version(self, document: str, number: str) -> "Version":
        try:
            return self.history(document).version(Number.parse(number))
        except ValueError as error:
            raise Misuse(str(error), where=number) from None

    @contextmanager
    def ledger(self, *, create: bool = False) -> Iterator["Ledger"]:
        """Open the ledger. Only bringing in accounts makes a new one: a question never does."""
        from toolkit.ledger.ledger import Ledger

        if find_root(self.folder) is None and not self.environment.get("POLICY_LEDGER"):
            raise Misuse(
                "this is not a project's folder.", where=str(self.folder), mend="Go to it, or name it after -C."
            )
        with Ledger.open(self.project.ledger, create=create) as ledger:
            yield ledger

    def relative(self, path: Path) -> str:
        """Return a path as the reader would type it."""
        return str(path.relative_to(self.root)) if path.is_relative_to(self.root) else str(path)


def front(context: typer.Context) -> Front:
    found = context.obj
    assert isinstance(found, Front)  # noqa: S101 - the callback in cli/__init__ put it there
    return found


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
    print(sentence, file=sys.stderr)


def ring(judged: Iterable["Judged"]) -> None:
    """Say on standard error where class, number and words do not agree."""
    for each in judged:
        for alarm in each.alarms:
            note(f"note: {alarm}")


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
