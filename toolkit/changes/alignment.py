"""Two texts -> the words kept, deleted and inserted. Pure.

Words are aligned without the space between them; the space comes back with the runs, so that the keeps and
deletes are exactly the old text and the keeps and inserts exactly the new one.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from rapidfuzz.distance import LCSseq

from toolkit.policy.words import is_word, pieces

LARGEST = 30_000_000
"""Above this many pairs of words two texts are shown as one whole replaced by the other."""

SLIGHT = 4
"""Up to so many letters, one kept word between two edits is shown as part of them."""


class Op(StrEnum):
    KEEP = "keep"
    DELETE = "delete"
    INSERT = "insert"


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """A stretch of text that was kept, deleted or inserted.

    Words that only moved are deleted here and inserted elsewhere: `moved` is the number that both runs have, counted
    from 1, and 0 for what did not move.
    """

    op: Op
    text: str
    moved: int = 0


def align(old: str, new: str) -> tuple[Run, ...]:
    """Return the runs that lead from the old text to the new one, small neighbours joined."""
    if old == new:
        return (Run(op=Op.KEEP, text=old),) if old else ()
    return tuple(_merge(_join(_edits(old, new))))


@dataclass(slots=True)
class _Edit:
    """One stretch: deleted words with the words inserted in their place, then kept words; `before` is kept space."""

    kept: str = ""
    deleted: str = ""
    inserted: str = ""
    before: str = ""

    @property
    def changes(self) -> bool:
        return bool(self.deleted or self.inserted)


def _edits(old: str, new: str) -> Iterator[_Edit]:
    olds, news = pieces(old), pieces(new)
    if len(olds) * len(news) > LARGEST:
        yield _Edit(deleted=old, inserted=new)
        return
    for op in LCSseq.opcodes([word for _, word in olds], [word for _, word in news]):
        mine, theirs = olds[op.src_start : op.src_end], news[op.dest_start : op.dest_end]
        if op.tag == "equal":
            yield from (_same(*pair) for pair in zip(mine, theirs, strict=True))
        else:
            yield _Edit(deleted="".join(map("".join, mine)), inserted="".join(map("".join, theirs)))


def _same(old: tuple[str, str], new: tuple[str, str]) -> _Edit:
    """Keep a word; where only the space before it differs, the space is the change."""
    if old[0] == new[0]:
        return _Edit(kept=old[0] + old[1])
    return _Edit(deleted=old[0], inserted=new[0], kept=old[1])


def _join(edits: Iterable[_Edit]) -> Iterator[_Edit]:
    """Join edits that only one short word or mark keeps apart: a phrase is easier to read than many single words."""
    waiting: _Edit | None = None
    for edit in _coalesce(edits):
        if waiting is None:
            waiting = edit
        elif waiting.changes and edit.changes and _slight(waiting, edit):
            waiting = _Edit(
                deleted=waiting.deleted + waiting.kept + edit.deleted,
                inserted=waiting.inserted + waiting.kept + edit.inserted,
                kept=edit.kept,
            )
        else:
            yield waiting
            waiting = edit
    if waiting:
        yield waiting


def _slight(before: _Edit, after: _Edit) -> bool:
    """Whether the kept words between two edits are so few that they may be shown as changed."""
    kept = [word for _, word in pieces(before.kept)]
    words = sum(map(is_word, kept))
    replaces = (before.deleted and before.inserted) or (after.deleted and after.inserted)
    return bool(replaces) and words <= 1 and sum(map(len, kept)) <= SLIGHT


def _coalesce(edits: Iterable[_Edit]) -> Iterator[_Edit]:
    """Put neighbours together so that each edit is: deleted and inserted words, then the words kept after them."""
    now = _Edit()
    for edit in edits:
        if now.kept and edit.changes:
            yield now
            now = _Edit()
        now.deleted += edit.deleted
        now.inserted += edit.inserted
        now.kept += edit.kept
    yield now


def _merge(edits: Iterable[_Edit]) -> Iterator[Run]:
    """Write the edits out as runs, no two neighbours of one kind."""
    kept = ""
    for edit in map(_tidy, edits):
        kept += edit.before
        if edit.changes and kept:
            yield Run(op=Op.KEEP, text=kept)
            kept = ""
        for op, text in ((Op.DELETE, edit.deleted), (Op.INSERT, edit.inserted)):
            if text:
                yield Run(op=op, text=text)
        kept += edit.kept
    if kept:
        yield Run(op=Op.KEEP, text=kept)


def _tidy(edit: _Edit) -> _Edit:
    """Take the space before changed words out of the marks, where it stands on both sides."""
    if edit.deleted.startswith(" ") and edit.inserted.startswith(" "):
        return replace(edit, before=" ", deleted=edit.deleted[1:], inserted=edit.inserted[1:])
    alone = edit.deleted or edit.inserted
    if (edit.deleted and edit.inserted) or not (alone.startswith(" ") and edit.kept.startswith(" ")):
        return edit
    turned = f"{alone[1:]} "
    return _Edit(
        before=" ",
        deleted=turned if edit.deleted else "",
        inserted=turned if edit.inserted else "",
        kept=edit.kept[1:],
    )
