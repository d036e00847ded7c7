"""What a lawyer changed in Word -> an edit of the Markdown that touches only the changed clauses. Pure.

The edited document is paired with the Markdown clause by clause. What is the same keeps its bytes. The edited Markdown
is read again and compared word by word with what Word shows, before anything is returned.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

from toolkit.changes.alignment import Op, align
from toolkit.changes.pairing import Twin, pair
from toolkit.changes.units import units
from toolkit.errors import DocumentError
from toolkit.policy.adopt.reading import sentence_lines
from toolkit.policy.adopt.tracked import Edited
from toolkit.policy.clauses import Block, Clause
from toolkit.policy.document import Document, parse_document
from toolkit.policy.words import fold, tokens
from toolkit.review.places import Placed, place_clauses

_SPECIAL = re.compile(r"([\\`*_\[\]<>])")
_INDENT = "    "
_LINE = 80
_FENCE = re.compile(r"(?:\n[^\n]*)*?\n[ ]{0,3}(?:`{3,}|~{3,})[ ]*(?=\n|\Z)")
_SENTENCE = re.compile(r" (?=\S).*[.!?。]\Z", re.DOTALL)
_BY_HAND = "Make this change in the Markdown by hand, and adopt the rest."


@dataclass(frozen=True, kw_only=True)
class Change:
    """One place of the source: what stands from `start` to `end` is replaced by `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, kw_only=True)
class Onto:
    """The edited Markdown, how many clauses changed in it, and what a person should look at."""

    text: str
    changed: int
    added: int
    removed: int
    notes: tuple[str, ...]


def put_onto(source: str, edited: Edited, *, name: str) -> Onto:
    """Edit Markdown as Word's document was edited.

    Raises `DocumentError`, naming the words, where an edit cannot be made without touching what was not edited.
    """
    document = parse_document(source, name=name)
    placed = place_clauses(source, document.clauses)
    twins = _whole(pair(document.clauses, edited.clauses))
    kept = dict(twins)
    changed = [(old, new) for old, new in twins if _says_else(document.clauses[old], edited.clauses[new])]
    gone = [unit for unit in units(document.clauses, range(len(placed))) if _is_out(unit, set(kept), document.clauses)]
    come = [
        unit
        for unit in units(edited.clauses, range(len(edited.clauses)))
        if _is_out(unit, set(kept.values()), edited.clauses)
    ]
    cells = [at for at in range(len(placed)) if at not in kept and not any(at in unit for unit in gone)]
    sheet = _Sheet(source=source, name=name, placed=placed, clauses=edited.clauses, kept=kept, gone=gone)
    edits = [
        *(edit for old, new in changed for edit in _rewrite(placed[old], edited.clauses[new].text, source, name)),
        *(Change(start=placed[at].start, end=placed[at].end, text="") for at in cells if placed[at].spots),
        *(_strike(unit, sheet) for unit in gone),
        *_insert(come, sheet),
    ]
    text = _apply(source, edits) if edits else source
    _prove(parse_document(text, name=name), edited, name)
    return Onto(
        text=text,
        changed=len(changed),
        added=len(come),
        removed=len(gone),
        notes=(*_notes(document, edited), *_other_forms(document, edited, kept)),
    )


def _whole(twins: Sequence[Twin]) -> list[tuple[int, int]]:
    """Return the pairs of one clause each; where paragraphs are cut otherwise, the first of each side."""
    found = []
    for twin in twins:
        found += list(zip(twin.old, twin.new, strict=False))
    return found


def _says_else(old: Clause, new: Clause) -> bool:
    return fold(old.text) != fold(new.text)


def _rewrite(placed: Placed, text: str, source: str, name: str) -> Iterator[Change]:
    """Yield the edits that turn a clause's words into others; what stands on the rest of them stays."""
    at, run_at, runs = 0, 0, align(placed.clause.text, text)
    while run_at < len(runs):
        if runs[run_at].op is Op.KEEP:
            at += len(runs[run_at].text)
            run_at += 1
            continue
        gone = come = ""
        while run_at < len(runs) and runs[run_at].op is not Op.KEEP:
            gone += runs[run_at].text if runs[run_at].op is Op.DELETE else ""
            come += runs[run_at].text if runs[run_at].op is Op.INSERT else ""
            run_at += 1
        start, end = placed.find(at, source), placed.find(at + len(gone), source)
        if start is None or end is None or end < start:
            raise _too_hard(placed.clause.text, name)
        yield Change(start=start, end=end, text=_broken(come, placed.clause, at))
        at += len(gone)


def _broken(text: str, clause: Clause, at: int) -> str:
    """Return new words, escaped; a whole sentence in a paragraph begins on a line of its own."""
    ends = clause.text[:at].endswith((".", "!", "?"))
    if clause.block is Block.PARAGRAPH and ends and _SENTENCE.match(text):
        return "\n" + "\n".join(sentence_lines(_escape(text[1:])))
    return _escape(text)


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _is_out(unit: range, stayed: set[int], clauses: Sequence[Clause]) -> bool:
    """Whether nothing of a clause or a row stayed, and there was anything to stay."""
    return stayed.isdisjoint(unit) and any(clauses[at].text for at in unit)


@dataclass(frozen=True, kw_only=True)
class _Sheet:
    """What inserting and striking needs: the source with its clauses' places, Word's clauses, and which stayed."""

    source: str
    name: str
    placed: Sequence[Placed]
    clauses: Sequence[Clause]
    kept: dict[int, int]
    gone: Sequence[range]

    def lines(self, unit: range) -> tuple[int, int]:
        """Return where the lines of a clause or a row begin and end. Raises `DocumentError` where words are missing."""
        found = [self.placed[at] for at in unit if self.placed[at].clause.text]
        if not all(each.whole and each.spots for each in found):
            raise _too_hard(found[0].clause.text, self.name)
        return self.source.rfind("\n", 0, found[0].start) + 1, _line_end(self.source, found[-1].end)


def _strike(unit: range, sheet: _Sheet) -> Change:
    """Strike the lines of a clause or a row, with one empty line after a clause."""
    start, end = sheet.lines(unit)
    end = min(len(sheet.source), end + 1)
    listed = sheet.placed[unit.start].clause.block in (Block.CELL, Block.ITEM)
    if not listed and sheet.source[end : end + 1] == "\n":
        end += 1
    return Change(start=start, end=end, text="")


def _line_end(source: str, at: int) -> int:
    found = source.find("\n", at)
    return len(source) if found < 0 else found


def _insert(come: Sequence[range], sheet: _Sheet) -> Iterator[Change]:
    """Yield the new clauses and rows, each behind what stands before it."""
    olds = {new: old for old, new in sheet.kept.items()}
    for unit in come:
        first = unit.start
        before = next(
            (olds[at] for at in range(first - 1, -1, -1) if at in olds and sheet.placed[olds[at]].spots), None
        )
        above = sheet.clauses[first - 1].block if first else None
        close = above is sheet.clauses[first].block and above in (Block.CELL, Block.ITEM)
        close = close and (above is Block.ITEM or _tables(sheet.clauses[first - 1 : first + 1]) == 1)
        begins = sheet.clauses[first].block is Block.CELL and not close
        text = _moved(unit, sheet) or _write([sheet.clauses[at] for at in unit], begins=begins)
        if before is None:
            where = _body_start(sheet.source)
            yield Change(start=where, end=where, text=f"{text}\n\n")
        else:
            where = _block_end(sheet.source, sheet.placed[before])
            yield Change(start=where, end=where, text=f"{'' if close else chr(10)}\n{text}")


def _tables(clauses: Sequence[Clause]) -> int:
    return len({clause.containers for clause in clauses})


def _block_end(source: str, placed: Placed) -> int:
    """Return where the block of a clause ends: its line or, for code, the line that closes it."""
    end = _line_end(source, placed.end)
    if placed.clause.block is Block.CODE and (closes := _FENCE.match(source, end)):
        return closes.end()
    return end


def _moved(unit: range, sheet: _Sheet) -> str:
    """Return the source of a clause that only stands elsewhere now, with all that stands on its words."""
    said = [fold(sheet.clauses[at].text) for at in unit]
    for other in sheet.gone:
        if [fold(sheet.placed[at].clause.text) for at in other] == said:
            start, end = sheet.lines(other)
            return sheet.source[start:end]
    clause = sheet.clauses[unit.start]
    return _part(clause.text, sheet) if clause.block is Block.PARAGRAPH and len(unit) == 1 else ""


def _part(text: str, sheet: _Sheet) -> str:
    """Return the source of words that were a part of a paragraph, where they stand in one as they are."""
    for placed in sheet.placed:
        at = placed.clause.text.find(text) if placed.clause.block is Block.PARAGRAPH and placed.whole else -1
        if at >= 0:
            start, end = placed.find(at, sheet.source), placed.find(at + len(text), sheet.source)
            return _marked_out(sheet.source[start:end]) if start is not None and end is not None else ""
    return ""


def _marked_out(source: str) -> str:
    """Return a part of the source, unless a link or an emphasis is cut in it."""
    cut = any(source.count(mark) % 2 for mark in ("**", "`", "_")) or source.count("[") != source.count("]")
    return "" if cut or source.count("(") != source.count(")") else source


def _body_start(source: str) -> int:
    head = re.match(r"(?:---\n.*?\n---\n)?\n*", source, re.DOTALL)
    return head.end() if head else 0


def _write(clauses: Sequence[Clause], *, begins: bool) -> str:
    """Write a clause or a row as Markdown; the first row of a table `begins` it."""
    clause, text = clauses[0], _escape(clauses[0].text)
    if clause.block is Block.CELL:
        cells = [_escape(each.text).replace("|", "\\|") for each in clauses]
        head = f"\n|{'---|' * len(cells)}" if begins else ""
        return f"| {' | '.join(cells)} |{head}"
    if clause.level:
        return f"{'#' * clause.level} {text}"
    if clause.block is Block.ITEM:
        mark = "1." if clause.containers[-1:] == (("ol", 0),) else "-"
        return f"{_INDENT * clause.nesting}{mark} {text}"
    return "\n".join(sentence_lines(text))


def _apply(source: str, edits: Sequence[Change]) -> str:
    """Make the edits from the last to the first; those at one place keep their order."""
    pieces, end = [], 0
    for edit in sorted(edits, key=lambda each: (each.start, each.end)):
        pieces += [source[end : edit.start], edit.text]
        end = max(end, edit.end)
    return "".join([*pieces, source[end:]])


def with_line_ends(text: str, source: str) -> str:
    """Return an edited text with the ends of lines that its source has: each line its own, a new one the usual."""
    lines, ends = text.split("\n"), source.splitlines(keepends=True)
    usual = "\r\n" if source.count("\r\n") * 2 > source.count("\n") else "\n"
    kept: dict[int, str] = {}
    for block in LCSseq.opcodes([end.rstrip("\r\n") for end in ends], lines):
        if block.tag == "equal":
            kept |= dict(
                zip(range(block.dest_start, block.dest_end), ends[block.src_start : block.src_end], strict=True)
            )
    last = len(lines) - 1
    return "".join(
        (kept[at] if at in kept and kept[at].endswith("\n") else line + usual) if at < last else line
        for at, line in enumerate(lines)
    )


def _prove(document: Document, edited: Edited, name: str) -> None:
    """Raise `DocumentError` naming the first words that Word and the edited Markdown do not share."""
    mine = [token for clause in document.clauses for token in tokens(clause.words)]
    theirs = [token for clause in edited.clauses for token in tokens(clause.words)]
    if mine == theirs:
        return
    same = next((at for at, each in enumerate(zip(mine, theirs, strict=False)) if each[0] != each[1]), len(mine))
    raise _too_hard(" ".join(theirs[max(0, same - 3) : same + 5]), name)


def _too_hard(words_: str, name: str) -> DocumentError:
    return DocumentError(
        f"the edit at “{_short(words_)}” cannot be made here without touching what was not edited.",
        where=name,
        mend=_BY_HAND,
    )


def _short(text: str) -> str:
    return text if len(text) <= _LINE else f"{text[:_LINE].rstrip()}…"


def _notes(document: Document, edited: Edited) -> Iterator[str]:
    for comment in edited.comments:
        yield f"Comment by {comment.author} at “{_short(comment.at)}”: {comment.text}"
    known = {link.target for clause in document.clauses for link in clause.links}
    for target in sorted(edited.targets - known):
        yield f"A link to {target} was added in Word. Write it into the Markdown yourself: only words are taken over."


def _other_forms(document: Document, edited: Edited, kept: dict[int, int]) -> Iterator[str]:
    """Yield what Word shows as another kind of block than the Markdown has: only words are taken over."""
    for old, new in kept.items():
        was, becomes = document.clauses[old], edited.clauses[new]
        listed = was.block is Block.ITEM, becomes.block is Block.ITEM
        if was.level != becomes.level or listed[0] != listed[1] or (all(listed) and was.nesting != becomes.nesting):
            yield (
                f"“{_short(becomes.text)}” has another style in Word (a heading, an item of a list, or a level)."
                " Change it in the Markdown yourself: only words are taken over."
            )
