"""Redline and Verdict -> the old and the new words that a notice shows. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from toolkit.changes.alignment import Op, Run
from toolkit.changes.materiality import Verdict
from toolkit.changes.redline import Aspect, Change, Place, Redline
from toolkit.changes.render.words import label
from toolkit.changes.wording import Wording
from toolkit.policy.clauses import Clause

MOST = 5
"""A notice shows this many changes; the page shows them all."""

_WHOLE = 260  # a clause of so many characters is shown whole
_AROUND = 70  # of a longer one, so many characters around what changed
_CHANGED = 240  # and so many of a stretch that changed
_ELLIPSIS = "…"


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A stretch of one side's words; `changed` where the other side does not have it."""

    text: str
    changed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Excerpt:
    """One change: where it stands, its old words and its new ones. A side is empty where there is none.

    `note` says what the marked words do not show: that it moved, or that a link leads elsewhere.
    """

    place: str
    note: str
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]

    @property
    def text_before(self) -> str:
        return "".join(piece.text for piece in self.before)

    @property
    def text_after(self) -> str:
        return "".join(piece.text for piece in self.after)


_NOT_SHOWN = frozenset({Aspect.FORM, Aspect.NUMBER})


def choose_changes(redline: Redline, verdict: Verdict) -> tuple[Change, ...]:
    """Return every change but of numbers and form, the most serious first, so that none is passed over in silence."""
    reasons = sorted(verdict.reasons, key=lambda reason: -reason.proposed.rank)
    unique = {id(change): change for change in [*(reason.change for reason in reasons), *redline.changed]}
    return tuple(change for change in unique.values() if change.place is not Place.SAME or change.aspects - _NOT_SHOWN)


def excerpt(change: Change, wording: Wording) -> Excerpt:
    """Return what a reader sees of a change, shortened where it is long."""
    return Excerpt(
        place=change.clause.place,
        note=label(change, wording) if change.old and change.new else "",
        before=_words(change, Op.DELETE, change.old, change.new),
        after=_words(change, Op.INSERT, change.new, change.old),
    )


def _words(change: Change, op: Op, clause: Clause | None, other: Clause | None) -> tuple[Piece, ...]:
    """Return one side's words; where a link is new or leads elsewhere, its target too."""
    if clause is None:
        return ()
    strange = {(link.target, link.title) for link in other.links} if other else set()
    targets = [link.target for link in clause.links if (link.target, link.title) not in strange]
    links = tuple(Piece(text=f" [{target}]", changed=True) for target in targets)
    return (*_side(change, op), *links)


def _side(change: Change, op: Op) -> tuple[Piece, ...]:
    pieces = [piece for run in change.runs if run.op in (Op.KEEP, op) for piece in _pieces(run, op)]
    if sum(len(piece.text) for piece in pieces) <= _WHOLE:
        return tuple(pieces)
    return tuple(_capped(_shortened(pieces)))


def _pieces(run: Run, op: Op) -> Iterator[Piece]:
    """Yield a run, with the space around changed words outside of the mark."""
    words = run.text.strip()
    if run.op is not op or not words:
        yield Piece(text=run.text, changed=False)
        return
    before, _, after = run.text.partition(words)
    for text in (before, words, after):
        if text:
            yield Piece(text=text, changed=text is words)


def _shortened(pieces: list[Piece]) -> Iterator[Piece]:
    """Cut what did not change down to the words around what did."""
    for at, piece in enumerate(pieces):
        if piece.changed:
            yield piece if len(piece.text) <= _CHANGED else replace(piece, text=_head(piece.text, _CHANGED))
        else:
            yield replace(piece, text=_around(piece.text, first=at == 0, last=at == len(pieces) - 1))


def _capped(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Stop after as many characters as two whole clauses have."""
    room = 2 * _WHOLE
    for piece in pieces:
        yield piece if len(piece.text) <= room else replace(piece, text=_head(piece.text, room))
        room -= len(piece.text)
        if room <= 0:
            return


def _around(text: str, *, first: bool, last: bool) -> str:
    if first and last:
        return _head(text, 2 * _AROUND)
    if first:
        return _tail(text, _AROUND)
    if last:
        return _head(text, _AROUND)
    return text if len(text) <= 2 * _AROUND else f"{_head(text, _AROUND)} {_tail(text, _AROUND).lstrip(_ELLIPSIS)}"


def _head(text: str, length: int) -> str:
    """Return the beginning of a text, ending after a whole word where words have spaces between them."""
    if len(text) <= length:
        return text
    cut = text[:length]
    words = cut.rpartition(" ")[0]
    return f"{words if len(words) > length // 2 else cut}{_ELLIPSIS}"


def _tail(text: str, length: int) -> str:
    if len(text) <= length:
        return text
    cut = text[-length:]
    words = cut.partition(" ")[2]
    return f"{_ELLIPSIS}{words if len(words) > length // 2 else cut}"
