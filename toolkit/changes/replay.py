"""The revisions of a file -> what each changed, and the class it would have had. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from toolkit.changes.alignment import Op
from toolkit.changes.materiality import Verdict, judge
from toolkit.changes.redline import Aspect, Redline, compare
from toolkit.changes.rules import Rules
from toolkit.changes.topics import Topic
from toolkit.errors import DocumentError
from toolkit.policy.classes import Class
from toolkit.policy.document import Document, parse_document
from toolkit.policy.revision import Revision
from toolkit.policy.words import count


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One revision against the one before it.

    `deleted` and `inserted` count words. `unchanged` is a revision that changes no visible word and no link; `relinked`
    one that changes links and no word. `problem` says why a revision could not be read; the next one is compared
    with the last that could.
    """

    revision: Revision
    deleted: int = 0
    inserted: int = 0
    proposed: Class | None = None
    topics: tuple[Topic, ...] = ()
    unchanged: bool = False
    relinked: bool = False
    problem: str = ""


def replay(revisions: Iterable[Revision], rules: Rules) -> Iterator[Step]:
    """Yield a step for every revision, oldest first. The first is `initial`."""
    before: Document | None = None
    for revision in revisions:
        try:
            after = parse_document(revision.source, name=revision.path)
        except DocumentError as error:
            yield Step(revision=revision, problem=str(error))
            continue
        yield _step(revision, before, after, rules)
        before = after


def _step(revision: Revision, before: Document | None, after: Document, rules: Rules) -> Step:
    if before is None:
        return Step(revision=revision, inserted=count(after.text), proposed=Class.INITIAL)
    if before.digest == after.digest:
        return Step(revision=revision, proposed=Class.EDITORIAL, unchanged=True)
    redline = compare(before, after)
    verdict: Verdict = judge(redline, rules)
    deleted, inserted = words(redline, Op.DELETE), words(redline, Op.INSERT)
    return Step(
        revision=revision,
        deleted=deleted,
        inserted=inserted,
        relinked=not deleted + inserted and any(Aspect.LINKS in change.aspects for change in redline.changed),
        proposed=verdict.proposed,
        topics=verdict.topics,
    )


def words(redline: Redline, op: Op) -> int:
    """Return how many words a redline deletes or inserts."""
    return sum(count(run.text) for change in redline.changed for run in change.runs if run.op is op)
