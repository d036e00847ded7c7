"""A redline as a Word document with tracked changes, which Word and LibreOffice accept and reject. Pure.

Headings, lists and tables are Word's own. Words that only moved are Word's moves; a clause that stands elsewhere
leaves its old place as moved away. Rejecting everything gives the old words, accepting everything the new ones.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from itertools import count

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from toolkit.changes.alignment import Op, Run
from toolkit.changes.redline import Change, Place, Redline
from toolkit.changes.render.homes import Homes, containers_of, find_homes
from toolkit.changes.render.inline import Segment, inline
from toolkit.policy.clauses import Block, Clause, Container, Inline

_WRAPS = {Op.DELETE: "w:del", Op.INSERT: "w:ins"}
_MOVES = {Op.DELETE: "w:moveFrom", Op.INSERT: "w:moveTo"}
_WHOLE = {Place.ADDED: Op.INSERT, Place.REMOVED: Op.DELETE}
_DEEPEST = 3
_HEADINGS = 9
_UNSAYABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SAFE = ("https://", "http://", "mailto:", "tel:")


@dataclass(frozen=True, kw_only=True)
class Signed:
    """Who made the changes, and when: Word shows both at each of them."""

    author: str
    at: datetime


def render(redline: Redline, signed: Signed) -> bytes:
    """Return the redline as the bytes of a DOCX file. A redline without changes is a clean document."""
    document = Document()
    _settle(document, signed, title=redline.new.name)
    _Writer(document, signed, find_homes(redline.changes)).write(_steps(redline))
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _settle(document: WordDocument, signed: Signed, *, title: str) -> None:
    """Set what the file says of itself, and have Word track what its reader changes."""
    about = document.core_properties
    about.author, about.title, about.comments = signed.author, title, ""
    about.created = about.modified = signed.at.astimezone(UTC).replace(tzinfo=None)
    document.settings.element.insert(0, OxmlElement("w:trackRevisions"))


@dataclass(frozen=True, kw_only=True)
class _Step:
    """One clause to write: as the redline shows it, or `whole`, where it comes, goes, or moved to or from here."""

    change: Change
    whole: Op | None = None
    moved: int = 0


def _steps(redline: Redline) -> list[_Step]:
    """Return the clauses in order. A clause that moved stands twice: where it was, and where it is."""
    found: list[_Step] = []
    away: list[tuple[int, _Step]] = []
    for change in redline.changes:
        if change.place is Place.MOVED:
            number = len(away) + 1
            found.append(_Step(change=change, whole=Op.INSERT, moved=number))
            away.append((change.old_at or 0, _Step(change=change, whole=Op.DELETE, moved=number)))
        else:
            found.append(_Step(change=change, whole=_WHOLE.get(change.place)))
    for old_at, step in sorted(away, key=lambda each: -each[0]):
        found.insert(_place(found, old_at), step)
    return found


def _place(steps: Sequence[_Step], old_at: int) -> int:
    """Return where a clause stood: before the first that stood behind it."""
    for at, step in enumerate(steps):
        was = step.change.old_at if step.whole is not Op.INSERT else None
        if was is not None and was > old_at:
            return at
    return len(steps)


class _Writer:
    """Writes one clause after the other, and knows which row and cell is open."""

    def __init__(self, document: WordDocument, signed: Signed, homes: Homes) -> None:
        self._document = document
        self._signed = signed
        self._homes = homes
        self._ids = count(1)
        self._body: BaseOxmlElement = document.element.body
        self._table: tuple[Container, BaseOxmlElement] | None = None
        self._row: tuple[object, BaseOxmlElement] | None = None
        self._cells: list[BaseOxmlElement] = []  # of the row that is open, in the order of the columns
        self._last: tuple[int | None, BaseOxmlElement] | None = None

    def write(self, steps: Sequence[_Step]) -> None:
        for step in steps:
            clause = _clause(step)
            parent = self._parent(step, clause)
            if parent is self._body and self._goes_on(step):
                self._fill(self._last[1], step) if self._last else None
                continue
            paragraph = self._paragraph(step, clause)
            self._append(parent, paragraph)
            self._fill(paragraph, step)
            self._last = step.change.new_at, paragraph
        self._close_table()

    def _goes_on(self, step: _Step) -> bool:
        """Whether a part of a clause follows that now belongs to the paragraph before it."""
        same = self._last is not None and step.change.new_at is not None and self._last[0] == step.change.new_at
        if same and self._last:
            self._last[1].append(_run(Segment(op=Op.KEEP, text=" ")))
        return same

    def _append(self, parent: BaseOxmlElement, element: BaseOxmlElement) -> None:
        if parent is self._body:
            parent.insert(len(parent) - 1, element)  # the last element of a body is its section
        else:
            parent.append(element)

    def _parent(self, step: _Step, clause: Clause) -> BaseOxmlElement:
        """Return where a clause goes: the body, or the cell of the row and table it stands in."""
        around = containers_of(step.change if step.whole is not Op.DELETE else _gone(step.change), self._homes)
        kinds = {tag: (tag, at) for tag, at in around}
        if not clause.column or "table" not in kinds:
            self._close_table()
            return self._body
        key = (step.whole if step.moved else None, step.moved and 1)
        self._open_table(kinds["table"])
        self._open_row((kinds.get("tr"), key), step)
        return self._open_cell(clause.column)

    def _open_table(self, container: Container) -> None:
        if self._table and self._table[0] == container:
            return
        self._close_table()
        table = self._document.add_table(rows=0, cols=1, style="Table Grid")._tbl  # noqa: SLF001
        self._table, self._row, self._cells = (container, table), None, []

    def _open_row(self, key: object, step: _Step) -> None:
        if self._row and self._row[0] == key:
            return
        row = OxmlElement("w:tr")
        if step.whole:
            row.append(_with(OxmlElement("w:trPr"), self._tracked(_WRAPS[step.whole])))
        assert self._table is not None  # noqa: S101 - a table was opened just before
        self._table[1].append(row)
        self._row, self._cells = (key, row), []

    def _open_cell(self, column: int) -> BaseOxmlElement:
        """Return the cell of a column; those before it that have no words are empty."""
        assert self._row is not None  # noqa: S101 - a row was opened just before
        while len(self._cells) < column:
            self._cells.append(OxmlElement("w:tc"))
            self._row[1].append(self._cells[-1])
        return self._cells[column - 1]

    def _close_table(self) -> None:
        """Give every row as many cells as the longest has, and the table as many columns."""
        if not self._table:
            return
        rows = self._table[1].findall(qn("w:tr"))
        columns = max(len(row.findall(qn("w:tc"))) for row in rows)
        for row in rows:
            for _ in range(columns - len(row.findall(qn("w:tc")))):
                row.append(OxmlElement("w:tc"))
            for cell in row.findall(qn("w:tc")):
                if cell.find(qn("w:p")) is None:  # Word wants one in each
                    cell.append(OxmlElement("w:p"))
        grid = self._table[1].find(qn("w:tblGrid"))
        for _ in range(columns - len(grid)):
            grid.append(OxmlElement("w:gridCol"))
        self._table = self._row = None
        self._cells = []

    def _paragraph(self, step: _Step, clause: Clause) -> BaseOxmlElement:
        about = OxmlElement("w:pPr")
        if style := _style(clause):
            about.append(_valued("w:pStyle", self._document.styles[style].style_id or style))
        if step.whole and not clause.column:
            mark = _MOVES[step.whole] if step.moved else _WRAPS[step.whole]
            about.append(_with(OxmlElement("w:rPr"), self._tracked(mark)))
        return _with(OxmlElement("w:p"), about)

    def _fill(self, paragraph: BaseOxmlElement, step: _Step) -> None:
        change = _as_whole(step)
        for op, segments in inline(change):
            name = f"clause{step.moved}" if step.moved else f"words{segments[0].moved}" if segments[0].moved else ""
            if name and not change.clause.column:
                self._move(paragraph, op, name, segments)
            else:
                self._write(paragraph, _WRAPS.get(op, ""), segments)

    def _move(self, paragraph: BaseOxmlElement, op: Op, name: str, segments: Sequence[Segment]) -> None:
        """Write moved words inside the range by whose name Word finds their other place."""
        start, end = self._tracked(f"{_MOVES[op]}RangeStart"), OxmlElement(f"{_MOVES[op]}RangeEnd")
        start.set(qn("w:name"), name)
        end.set(qn("w:id"), start.get(qn("w:id")) or "")
        paragraph.append(start)
        self._write(paragraph, _MOVES[op], segments)
        paragraph.append(end)

    def _write(self, paragraph: BaseOxmlElement, mark: str, segments: Sequence[Segment]) -> None:
        for segment in segments:
            run = _run(segment, deleted=mark == _WRAPS[Op.DELETE])
            marked = _with(self._tracked(mark), run) if mark else run
            links = [span.target for span in segment.spans if span.kind is Inline.LINK]
            leads = links[0] if links and links[0].lower().startswith(_SAFE) else ""
            paragraph.append(_with(self._hyperlink(leads), marked) if leads else marked)

    def _hyperlink(self, target: str) -> BaseOxmlElement:
        element = OxmlElement("w:hyperlink")
        known = self._document.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        element.set(qn("r:id"), known)
        return element

    def _tracked(self, name: str) -> BaseOxmlElement:
        """Return an element of a tracked change, with its number, author and date."""
        element = OxmlElement(name)
        element.set(qn("w:id"), str(next(self._ids)))
        element.set(qn("w:author"), self._signed.author)
        element.set(qn("w:date"), self._signed.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))
        return element


def _clause(step: _Step) -> Clause:
    """Return the clause that a step shows: of one that moved away, the old one."""
    gone = step.whole is Op.DELETE and step.change.old is not None
    return step.change.old if gone and step.change.old else step.change.clause


def _gone(change: Change) -> Change:
    """Return a change as if its clause were only on the old side."""
    return replace(change, new=None)


def _as_whole(step: _Step) -> Change:
    """Return the change of a step; of a clause that moved, the side that stands here, as one run."""
    change, clause = step.change, _clause(step)
    if not step.moved or step.whole is None:
        return change
    old, new = (clause, None) if step.whole is Op.DELETE else (None, clause)
    return replace(change, old=old, new=new, runs=(Run(op=step.whole, text=clause.text),))


def _style(clause: Clause) -> str:
    """Return the name of Word's own style for a clause."""
    if clause.level:
        return f"Heading {min(clause.level, _HEADINGS)}"
    if clause.block is not Block.ITEM or clause.column:
        return ""
    lists = [tag for tag, _ in clause.containers if tag in ("ul", "ol")]
    kind = "List Continue" if not clause.opens else "List Number" if lists[-1:] == ["ol"] else "List Bullet"
    depth = min(clause.nesting + 1, _DEEPEST)
    return kind if depth == 1 else f"{kind} {depth}"


def _run(segment: Segment, *, deleted: bool = False) -> BaseOxmlElement:
    """Return a run of words with its look. Signs that XML has no place for are left out."""
    run = OxmlElement("w:r")
    kinds = {span.kind for span in segment.spans}
    look = OxmlElement("w:rPr")
    if Inline.CODE in kinds:
        fonts = OxmlElement("w:rFonts")
        fonts.set(qn("w:ascii"), "Courier New")
        fonts.set(qn("w:hAnsi"), "Courier New")
        look.append(fonts)
    if Inline.STRONG in kinds:
        look.append(OxmlElement("w:b"))
    if Inline.EMPHASIS in kinds:
        look.append(OxmlElement("w:i"))
    text = OxmlElement("w:delText" if deleted else "w:t")
    text.text = _UNSAYABLE.sub("", segment.text)
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return _with(_with(run, look) if len(look) else run, text)


def _with(parent: BaseOxmlElement, child: BaseOxmlElement) -> BaseOxmlElement:
    parent.append(child)
    return parent


def _valued(name: str, value: str) -> BaseOxmlElement:
    element = OxmlElement(name)
    element.set(qn("w:val"), value)
    return element
