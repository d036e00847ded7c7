"""A change's marked words, cut where anything begins or ends to stand on them: for formats that show links. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.changes.alignment import Op, Run
from toolkit.changes.redline import Change
from toolkit.policy.clauses import Clause, Span


@dataclass(frozen=True, kw_only=True, slots=True)
class Segment:
    """A stretch of a run, and the spans of its own side that it lies in, outermost first."""

    op: Op
    text: str
    spans: tuple[Span, ...] = ()
    moved: int = 0


def inline(change: Change) -> Iterator[tuple[Op, tuple[Segment, ...]]]:
    """Yield each run of a change with its segments. Words that were kept show what stands on them now."""
    old_at = new_at = 0
    for run in change.runs:
        gone = run.op is Op.DELETE
        yield run.op, tuple(_segments(run, change.old if gone else change.new, old_at if gone else new_at))
        old_at += len(run.text) if run.op is not Op.INSERT else 0
        new_at += len(run.text) if run.op is not Op.DELETE else 0


def _segments(run: Run, clause: Clause | None, start: int) -> Iterator[Segment]:
    end = start + len(run.text)
    spans = [span for span in (clause.spans if clause else ()) if span.start < end and span.end > start]
    edges = {edge for span in spans for edge in (span.start, span.end) if start < edge < end}
    at = start
    for edge in (*sorted(edges), end):
        inside = tuple(span for span in spans if span.start <= at and span.end >= edge)
        yield Segment(op=run.op, text=run.text[at - start : edge - start], spans=inside, moved=run.moved)
        at = edge
