"""Version and History: what legal released, and what applied when. Pure.

`build_history` folds the revisions of one file, oldest first, into versions. The rules it holds:

- The first revision that carries a number fixes that version's words; see `Version.digest` for what is sealed.
- Other words under a released number are an unreleased edit: noted, and the sealed words go on being shown.
- The same words under the same number are formatting: the page shows the newest.
- `effective` alone may move, and only later: a postponement.
- An earlier number with its own words again withdraws what is still pending above it.
- Numbers rise in order of effect. A number that comes back with other words is an error.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from itertools import pairwise

from toolkit.errors import DocumentError, HistoryError
from toolkit.policy.document import Document, parse_document
from toolkit.policy.front_matter import Class, FrontMatter, Number, split


class State(StrEnum):
    """Where a version stands on a day. Computed, never stored."""

    SCHEDULED = "scheduled"
    PENDING = "pending"
    IN_FORCE = "in force"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Deed(StrEnum):
    """What a revision did to the history."""

    RELEASE = "release"
    FORMATTING = "formatting"
    UNRELEASED_EDIT = "unreleased edit"
    POSTPONEMENT = "postponement"
    WITHDRAWAL = "withdrawal"
    UNREADABLE = "unreadable"
    DRAFT = "draft"


@dataclass(frozen=True, kw_only=True, slots=True)
class Revision:
    """A commit that touches a policy. `landed_on` is the commit's date in the policy's time zone."""

    commit: str
    landed_on: date
    path: str
    blob: str
    source: bytes = field(repr=False)
    subject: str = ""

    @property
    def short(self) -> str:
        return self.commit[:10]


@dataclass(frozen=True, kw_only=True, slots=True)
class Landing:
    """A revision and what it did, with one sentence where that needs saying."""

    revision: Revision
    deed: Deed
    number: Number | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Postponement:
    landed_on: date
    commit: str
    was: date
    becomes: date


@dataclass(frozen=True, kw_only=True)
class Version:
    """What legal released under one number. `document` holds the sealed words, `shown` their newest formatting."""

    policy: str
    front: FrontMatter
    document: Document
    shown: Document
    revision: Revision
    effective: date
    postponements: tuple[Postponement, ...] = ()
    withdrawn_on: date | None = None

    @property
    def number(self) -> Number:
        return self.front.number

    @property
    def title(self) -> str:
        return self.front.title

    @property
    def published(self) -> date:
        return self.front.published

    @property
    def declared(self) -> Class:
        return self.front.declared

    @property
    def summary(self) -> tuple[str, ...]:
        return self.front.summary

    @property
    def commit(self) -> str:
        return self.revision.commit

    @property
    def landed_on(self) -> date:
        return self.revision.landed_on

    @property
    def digest(self) -> str:
        """The seal: the words' digest with number, title, published, class, reason and summary."""
        return seal(self.front, self.document)


@dataclass(frozen=True, kw_only=True)
class History:
    """The versions of one policy, in order of number, and every landing, in order of time."""

    policy: str
    versions: tuple[Version, ...]
    landings: tuple[Landing, ...]

    def version(self, number: Number) -> Version:
        """Return one version. Raises `HistoryError` naming those there are."""
        for version in self.versions:
            if version.number == number:
                return version
        known = ", ".join(str(version.number) for version in self.versions) or "none"
        raise HistoryError(f"there is no version {number} of '{self.policy}'.", mend=f"There is: {known}.")

    def in_force(self, on: date) -> Version | None:
        """Return the version that binds on a day; None before the first."""
        bound = [v for v in self.announced(on) if v.effective <= on]
        return bound[-1] if bound else None

    def pending(self, on: date) -> tuple[Version, ...]:
        """Return the versions that are posted on a day but do not bind yet, soonest first."""
        return tuple(v for v in self.announced(on) if self.state(v, on) is State.PENDING)

    def announced(self, on: date) -> tuple[Version, ...]:
        """Return what the public may know of on a day: posted and not withdrawn, in order of number."""
        return tuple(v for v in self.versions if v.published <= on and not _withdrawn(v, on))

    def newest(self, on: date) -> Version | None:
        """Return the announced version with the highest number on a day."""
        announced = self.announced(on)
        return announced[-1] if announced else None

    def state(self, version: Version, on: date) -> State:
        if _withdrawn(version, on):
            return State.WITHDRAWN
        if on < version.published:
            return State.SCHEDULED
        if on < version.effective:
            return State.PENDING
        return State.IN_FORCE if version == self.in_force(on) else State.SUPERSEDED

    def previous(self, version: Version) -> Version | None:
        """Return the version that a reader of `version` knew before: the next lower number not withdrawn."""
        lower = [v for v in self.versions if v.number < version.number and not v.withdrawn_on]
        return lower[-1] if lower else None

    def between(self, older: Number, newer: Number) -> tuple[Version, ...]:
        """Return the versions above `older`, up to and including `newer`, without the withdrawn."""
        return tuple(v for v in self.versions if older < v.number <= newer and not v.withdrawn_on)

    def unreleased_edits(self) -> tuple[Landing, ...]:
        return tuple(landing for landing in self.landings if landing.deed is Deed.UNRELEASED_EDIT)

    def late(self, days: int) -> tuple[Version, ...]:
        """Return the versions that landed more than `days` after their published date. The first may."""
        return tuple(
            v for v in self.versions if v.declared is not Class.INITIAL and (v.landed_on - v.published).days > days
        )


def seal(front: FrontMatter, document: Document) -> str:
    """Return the digest of everything about a version that may never change."""
    said = (
        str(front.number),
        front.title,
        front.published.isoformat(),
        front.declared.value,
        front.reason,
        "\n".join(front.summary),
        document.digest,
    )
    name = document.digest.partition(":")[0]
    joined = "\x1d".join(said)
    return f"{name}:{hashlib.sha256(joined.encode()).hexdigest()}"


def build_history(policy: str, revisions: Iterable[Revision]) -> History:
    """Fold revisions, oldest first, into a history.

    Raises `HistoryError` where a number comes back with other words or numbers do not rise in order of
    effect, and `DocumentError` where the newest revision cannot be read.
    """
    fold = _Fold(policy)
    for revision in revisions:
        fold.add(revision)
    return fold.history()


def _withdrawn(version: Version, on: date) -> bool:
    return version.withdrawn_on is not None and version.withdrawn_on <= on


class _Fold:
    """The state of `build_history` between two revisions."""

    def __init__(self, policy: str) -> None:
        self._policy = policy
        self._versions: dict[Number, Version] = {}
        self._landings: list[Landing] = []
        self._documents: dict[str, Document] = {}
        self._carried: Number | None = None  # the number that the newest readable revision carries
        self._error: DocumentError | None = None

    def add(self, revision: Revision) -> None:
        self._error = None
        if not self._versions and split(_text(revision)).head is None:
            self._landed(revision, Deed.DRAFT, note="has no front matter yet")
            return
        try:
            document = self._document(revision)
        except DocumentError as error:
            self._error = error
            self._landed(revision, Deed.UNREADABLE, note=str(error))
            return
        self._land(revision, document)

    def history(self) -> History:
        if self._error:
            raise self._error
        versions = tuple(sorted(self._versions.values(), key=lambda version: version.number))
        _refuse_disorder(versions)
        return History(policy=self._policy, versions=versions, landings=tuple(self._landings))

    def _document(self, revision: Revision) -> Document:
        if revision.blob not in self._documents:
            document = parse_document(revision.source, name=revision.path, released=True)
            self._documents[revision.blob] = document
        return self._documents[revision.blob]

    def _land(self, revision: Revision, document: Document) -> None:
        front = _front(document)
        known, carried, self._carried = self._versions.get(front.number), self._carried, front.number
        if known is None:
            self._release(revision, front, document)
        elif seal(front, document) != known.digest:
            self._edit(revision, known, carried)
        elif carried == front.number:
            self._same_words(revision, front, document, known)
        else:
            self._restore(revision, known)

    def _release(self, revision: Revision, front: FrontMatter, document: Document) -> None:
        self._versions[front.number] = Version(
            policy=self._policy,
            front=front,
            document=document,
            shown=document,
            revision=revision,
            effective=front.effective,
        )
        self._landed(revision, Deed.RELEASE, front.number)

    def _edit(self, revision: Revision, known: Version, carried: Number | None) -> None:
        if carried != known.number:
            raise HistoryError(
                f"number {known.number} of '{self._policy}' comes back with other words than it was released with.",
                where=revision.short,
                mend="Give these words a number of their own.",
            )
        note = f"sealed words differ from version {known.number}; they need a new number"
        self._landed(revision, Deed.UNRELEASED_EDIT, known.number, note)

    def _same_words(self, revision: Revision, front: FrontMatter, document: Document, known: Version) -> None:
        if front.effective == known.effective:
            self._versions[known.number] = replace(known, shown=document)
            self._landed(revision, Deed.FORMATTING, known.number)
        elif front.effective > known.effective > revision.landed_on:
            self._postpone(revision, front.effective, known)
        else:
            note = f"'effective' of version {known.number} may only move later, and only before it binds"
            self._landed(revision, Deed.UNRELEASED_EDIT, known.number, note)

    def _postpone(self, revision: Revision, effective: date, known: Version) -> None:
        moved = Postponement(
            landed_on=revision.landed_on, commit=revision.commit, was=known.effective, becomes=effective
        )
        self._versions[known.number] = replace(known, effective=effective, postponements=(*known.postponements, moved))
        self._landed(revision, Deed.POSTPONEMENT, known.number, f"from {moved.was} to {moved.becomes}")

    def _restore(self, revision: Revision, known: Version) -> None:
        higher = [v for v in self._versions.values() if v.number > known.number and not v.withdrawn_on]
        binding = [v for v in higher if v.effective <= revision.landed_on]
        if binding:
            note = f"restores {known.number} while {binding[-1].number} binds; going back needs a new number"
            self._landed(revision, Deed.UNRELEASED_EDIT, known.number, note)
            return
        for version in higher:
            self._versions[version.number] = replace(version, withdrawn_on=revision.landed_on)
        self._versions[known.number] = replace(known, withdrawn_on=None)
        numbers = ", ".join(str(version.number) for version in higher)
        deed = Deed.WITHDRAWAL if higher else Deed.FORMATTING
        self._landed(revision, deed, known.number, f"withdraws {numbers}" if higher else "")

    def _landed(self, revision: Revision, deed: Deed, number: Number | None = None, note: str = "") -> None:
        self._landings.append(Landing(revision=revision, deed=deed, number=number, note=note))


def _front(document: Document) -> FrontMatter:
    if document.front is None:
        raise DocumentError("the file has no front matter.", where=document.name)
    return document.front


def _text(revision: Revision) -> str:
    return revision.source.decode("utf-8", errors="replace")


def _refuse_disorder(versions: tuple[Version, ...]) -> None:
    standing = [version for version in versions if not version.withdrawn_on]
    for lower, higher in pairwise(standing):
        if higher.effective < lower.effective:
            raise HistoryError(
                f"{higher.number} binds from {higher.effective}, before the lower number {lower.number}"
                f" does on {lower.effective}.",
                where=higher.revision.short,
                mend="Numbers rise in order of effect: give the later one the higher number.",
            )
