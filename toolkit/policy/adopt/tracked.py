"""An edited Word document -> its clauses as they read with every tracked change accepted, and its comments. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from toolkit.errors import DocumentError
from toolkit.policy.clauses import Block, Clause
from toolkit.policy.words import collapse

_STRUCK = frozenset(map(qn, ("w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:instrText")))
_SIGNS = {qn("w:br"): " ", qn("w:cr"): " ", qn("w:tab"): " ", qn("w:noBreakHyphen"): "\u2011", qn("w:softHyphen"): ""}
_HEADING = re.compile(r"heading (\d)", re.IGNORECASE)
_LIST = re.compile(r"list (bullet|number|continue)(?: (\d))?", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Comment:
    """What somebody wrote beside the text: who, what, and the words it stands at."""

    author: str
    text: str
    at: str


@dataclass(frozen=True, kw_only=True)
class Edited:
    """A document's clauses, its comments, and the addresses its links lead to."""

    clauses: tuple[Clause, ...]
    comments: tuple[Comment, ...]
    targets: frozenset[str]


def read_edited(source: bytes, name: str) -> Edited:
    """Read a Word document, tracked changes accepted. Raises `DocumentError` where it is none."""
    try:
        document = Document(BytesIO(source))
    except (BadZipFile, PackageNotFoundError, KeyError, ValueError, SyntaxError, OSError) as error:
        raise DocumentError(
            f"the Word document cannot be read: {error}.", where=name, mend="Open it in Word and save it again."
        ) from None
    relations = document.part.rels.values()
    return Edited(
        clauses=tuple(_clauses(document)),
        comments=tuple(_comments(document)),
        targets=frozenset(each.target_ref for each in relations if each.is_external),
    )


def _clauses(document: WordDocument) -> Iterator[Clause]:
    styles = {style.style_id: style.name or "" for style in document.styles}
    for block in document.element.body:
        if block.tag == qn("w:tbl"):
            yield from _rows(block)
        elif block.tag == qn("w:p"):
            yield from _paragraph(block, styles)
        elif block.tag == qn("w:sdt"):
            for paragraph in block.iter(qn("w:p")):
                yield from _paragraph(paragraph, styles)


def _rows(table: BaseOxmlElement) -> Iterator[Clause]:
    for row in table.iter(qn("w:tr")):
        if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None:
            continue
        for column, cell in enumerate(row.findall(qn("w:tc")), 1):
            texts = [text for each in cell.iter(qn("w:p")) if (text := _text(each))]
            for at, text in enumerate(texts or [""]):
                yield Clause(
                    block=Block.CELL, text=text, column=column, opens=at == 0, opens_row=column == 1 and at == 0
                )


def _paragraph(paragraph: BaseOxmlElement, styles: dict[str, str]) -> Iterator[Clause]:
    text = _text(paragraph)
    if not text:
        return
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    name = styles.get(style.get(qn("w:val"), ""), "") if style is not None else ""
    if heading := _HEADING.fullmatch(name):
        yield Clause(block=Block.HEADING, text=text, level=int(heading[1]))
    elif listed := _LIST.fullmatch(name):
        tag = "ol" if listed[1].lower() == "number" else "ul"
        opens = listed[1].lower() != "continue"
        nesting = int(listed[2] or 1) - 1
        yield Clause(block=Block.ITEM, text=text, nesting=nesting, opens=opens, containers=((tag, 0),))
    else:
        yield Clause(block=Block.PARAGRAPH, text=text)


def _text(element: BaseOxmlElement) -> str:
    return collapse("".join(_pieces(element)))


def _pieces(element: BaseOxmlElement) -> Iterator[str]:
    for child in element:
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in _SIGNS:
            yield _SIGNS[child.tag]
        elif child.tag not in _STRUCK:
            yield from _pieces(child)


def _comments(document: WordDocument) -> Iterator[Comment]:
    """Yield the comments, each with the words of the paragraph it begins in."""
    places: dict[str | None, str] = {}
    for paragraph in document.element.body.iter(qn("w:p")):
        for start in paragraph.iter(qn("w:commentRangeStart"), qn("w:commentReference")):
            places.setdefault(start.get(qn("w:id")), _text(paragraph))
    for comment in document.comments:
        yield Comment(author=comment.author, text=collapse(comment.text), at=places.get(str(comment.comment_id), ""))
