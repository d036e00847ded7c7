"""Revisions -> History: what each landing did. Pure.

The revisions of one file are folded, oldest first, into versions, by these rules:

- The first revision that carries a number fixes that version's words; see `Version.digest` for what is sealed.
- Other words under a released number are an unreleased edit: noted, and the sealed words go on being shown.
- The same words under the same number are formatting: the page shows the newest.
- `effective` alone may move, and only later: a postponement.
- An earlier number with its own words again withdraws what is still pending above it.
- Numbers rise in order of effect. A number that comes back with other words is an error.
- A version that lands too long after its published date is refused, and its number stays free.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from toolkit.errors import DocumentError, HistoryError
from toolkit.policy.classes import Class, Number
from toolkit.policy.document import Document, parse_document
from toolkit.policy.front_matter import FrontMatter, split
from toolkit.policy.revision import Revision
from toolkit.policy.version import Deed, History, Landing, Postponement, Version, digest_version


@dataclass(frozen=True, kw_only=True, slots=True)
class LandingRules:
    """What a project asks of its landings.

    A version that lands more than `late_days` after its published date is refused; None refuses none. `drafts` are
    the commits, or their first seven signs and more, that landed by mistake and were never published.
    """

    late_days: int | None = None
    drafts: tuple[str, ...] = ()

    def is_draft(self, commit: str) -> bool:
        return commit.startswith(self.drafts) if self.drafts else False


NO_RULES = LandingRules()


def build_history(policy: str, revisions: Iterable[Revision], rules: LandingRules = NO_RULES) -> History:
    """Fold revisions, oldest first, into a history.

    A revision that breaks a rule or cannot be read is refused and releases nothing. Raises its `HistoryError` or
    `DocumentError` while it is the newest: publishing stops until a later commit mends it, and no longer.
    """
    fold = _Fold(policy, rules)
    for revision in revisions:
        fold.add(revision)
    return fold.history()


class _Fold:
    """The state of `build_history` between two revisions."""

    def __init__(self, policy: str, rules: LandingRules) -> None:
        self._policy = policy
        self._rules = rules
        self._versions: dict[Number, Version] = {}
        self._landings: list[Landing] = []
        self._documents: dict[str, Document] = {}
        self._carried: Number | None = None  # the number that the newest readable revision carries
        self._error: DocumentError | HistoryError | None = None

    def add(self, revision: Revision) -> None:
        self._error = None
        if self._rules.is_draft(revision.commit):
            self._landed(revision, Deed.DRAFT, note="is named a draft in the settings")
            return
        if not self._versions and split(_text(revision)).head is None:
            self._landed(revision, Deed.DRAFT, note="has no front matter yet")
            return
        number = None
        try:
            document = self._document(revision)
            number = _front(document).number
            self._land(revision, document)
        except (DocumentError, HistoryError) as error:
            self._error = error
            self._landed(revision, Deed.REFUSED, number, note=str(error))

    def history(self) -> History:
        if self._error:
            raise self._error
        versions = tuple(sorted(self._versions.values(), key=lambda version: version.number))
        odd = tuple(_odd(landing.revision) for landing in self._landings if landing.revision.dated_on)
        return History(policy=self._policy, versions=versions, landings=tuple(self._landings), troubles=odd)

    def _document(self, revision: Revision) -> Document:
        if revision.blob not in self._documents:
            document = parse_document(revision.source, name=revision.path, released=True)
            self._documents[revision.blob] = document
        return self._documents[revision.blob]

    def _land(self, revision: Revision, document: Document) -> None:
        front = _front(document)
        known, carried = self._versions.get(front.number), self._carried
        if known is None:
            self._release(revision, front, document)
        elif digest_version(front, document) != known.digest:
            self._edit(revision, known, carried)
        elif carried == front.number:
            self._same_words(revision, front, document, known)
        else:
            self._restore(revision, known)
        self._carried = front.number

    def _release(self, revision: Revision, front: FrontMatter, document: Document) -> None:
        if (front.declared is Class.INITIAL) is bool(self._versions):
            what = "only the first version is 'initial'" if self._versions else "the first version must be 'initial'"
            raise HistoryError(
                f"{front.number} is declared {front.declared}: {what}.",
                where=revision.short,
                mend="Correct 'class' in the front matter.",
            )
        self._refuse_late(revision, front)
        self._keep(
            Version(
                policy=self._policy,
                front=front,
                document=document,
                shown=document,
                revision=revision,
                effective=front.effective,
            )
        )
        self._landed(revision, Deed.RELEASE, front.number)

    def _refuse_late(self, revision: Revision, front: FrontMatter) -> None:
        days = self._rules.late_days
        landed_on = revision.earliest_on or revision.landed_on  # of a clock that ran ahead, the best that can be
        if days is None or not self._versions or (landed_on - front.published).days <= days:
            return
        raise HistoryError(
            f"version {front.number} says it was published on {front.published}, but landed on {revision.landed_on}.",
            where=f"{revision.path} at {revision.short}",
            mend="Commit it again with 'published' on the day it lands, and an 'effective' date that leaves customers"
            " their time. If it really was public on that day, raise 'late_days'.",
        )

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
        known = replace(known, shown=document)
        self._versions[known.number] = known
        if front.effective == known.effective:
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
        self._keep(replace(known, effective=effective, postponements=(*known.postponements, moved)))
        self._landed(revision, Deed.POSTPONEMENT, known.number, f"from {moved.was} to {moved.becomes}")

    def _restore(self, revision: Revision, known: Version) -> None:
        if known.withdrawn_on:
            raise HistoryError(
                f"{known.number} was withdrawn on {known.withdrawn_on}, and comes back.",
                where=revision.short,
                mend="Release these words under a new number.",
            )
        higher = [v for v in self._versions.values() if v.number > known.number and not v.withdrawn_on]
        binding = [v for v in higher if v.effective <= revision.landed_on]
        if binding:
            note = f"restores {known.number} while {binding[-1].number} binds; going back needs a new number"
            self._landed(revision, Deed.UNRELEASED_EDIT, known.number, note)
            return
        for version in higher:
            self._versions[version.number] = replace(version, withdrawn_on=revision.landed_on)
        numbers = ", ".join(str(version.number) for version in higher)
        deed = Deed.WITHDRAWAL if higher else Deed.FORMATTING
        self._landed(revision, deed, known.number, f"withdraws {numbers}" if higher else "")

    def _keep(self, version: Version) -> None:
        """Take a version in, if the numbers still rise in order of effect with it."""
        others = [other for other in self._versions.values() if other.number != version.number]
        _refuse_disorder([*(other for other in others if not other.withdrawn_on), version], version)
        self._versions[version.number] = version

    def _landed(self, revision: Revision, deed: Deed, number: Number | None = None, note: str = "") -> None:
        self._landings.append(Landing(revision=revision, deed=deed, number=number, note=note))


def _odd(revision: Revision) -> str:
    return (
        f"commit {revision.short} is dated {revision.dated_on}, which lies ahead; it counts as landed on"
        f" {revision.landed_on}. Any later commit by a right clock fixes that day."
    )


def _front(document: Document) -> FrontMatter:
    if document.front is None:
        raise DocumentError("the file has no front matter.", where=document.name)
    return document.front


def _text(revision: Revision) -> str:
    return revision.source.decode("utf-8", errors="replace")


def _refuse_disorder(versions: Iterable[Version], newest: Version) -> None:
    for lower, higher in pairwise(sorted(versions, key=lambda version: version.number)):
        if higher.effective < lower.effective:
            raise HistoryError(
                f"{higher.number} binds from {higher.effective}, before the lower number {lower.number}"
                f" does on {lower.effective}.",
                where=newest.revision.short,
                mend="Numbers rise in order of effect: give the later one the higher number.",
            )
