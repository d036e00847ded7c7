"""An edited Word document -> its clauses as they read with every tracked change accepted, and its comments. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZipFile

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from toolkit.errors import DocumentError
from toolkit.policy.clauses import Block, Clause, Container
from toolkit.policy.words import collapse

_STRUCK = frozenset(map(qn, ("w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:instrText")))
_SIGNS = {qn("w:br"): " ", qn("w:cr"): " ", qn("w:tab"): " ", qn("w:noBreakHyphen"): "\u2011", qn("w:softHyphen"): ""}
_LARGEST = 50_000_000  # octets, unpacked
_BLOCKS = frozenset(("p", "tbl", "sdt", "sectPr", "bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd"))
_OTHERS = {
    "footnoteReference": "footnotes",
    "endnoteReference": "endnotes",
    "txbxContent": "text boxes",
    "altChunk": "another document inside",
    "oMath": "a formula",
    "sym": "signs of a font of its own",
    "vanish": "hidden text",
    "cellDel": "a table cell that was struck by itself",
    "cellIns": "a table cell that was added by itself",
    "object": "an object of another program",
}
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
    """Read a Word document, tracked changes accepted.

    Raises `DocumentError` where it is none, or holds what is neither a paragraph, a list nor a table: nothing of it
    may get lost in silence.
    """
    try:
        document = Document(BytesIO(source))
        _refuse_others(document, source, name)
        relations = document.part.rels.values()
        return Edited(
            clauses=tuple(_clauses(document)),
            comments=tuple(_comments(document)),
            targets=frozenset(each.target_ref for each in relations if each.is_external),
        )
    except DocumentError:
        raise
    except Exception as error:  # noqa: BLE001 - a broken file breaks the reader in many ways
        raise DocumentError(
            f"the Word document cannot be read: {error}.", where=name, mend="Open it in Word and save it again."
        ) from None


def _refuse_others(document: WordDocument, source: bytes, name: str) -> None:
    """Raise `DocumentError` for text that stands outside of paragraphs, lists and tables, or is hidden."""
    with ZipFile(BytesIO(source)) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > _LARGEST:
            raise _refused("more than it could say", name)
        parts = [archive.read(entry) for entry in archive.namelist() if entry.endswith(".xml")]
    if any(b"<!DOCTYPE" in part for part in parts):
        raise _refused("a definition of its own signs (DOCTYPE)", name)
    for element in document.element.body.iter():
        kind = _local(element)
        if kind in _OTHERS and not (kind == "vanish" and element.get(qn("w:val")) in ("0", "false")):
            raise _refused(_OTHERS[kind], name)
    strange = {_local(child) for child in document.element.body} - _BLOCKS
    if strange:
        raise _refused(f"'{min(strange)}' beside its paragraphs", name)


def _refused(what: str, name: str) -> DocumentError:
    return DocumentError(
        f"the document holds {what}: only paragraphs, lists and tables can be taken over.",
        where=name,
        mend="Take it out in Word, and write what it says into the text.",
    )


def _local(element: BaseOxmlElement) -> str:
    return str(element.tag).rpartition("}")[2]


def _clauses(document: WordDocument) -> Iterator[Clause]:
    styles = {style.style_id: style.name or "" for style in document.styles}
    for number, block in enumerate(document.element.body):
        if block.tag == qn("w:tbl"):
            yield from _rows(block, ("table", number))
        elif block.tag == qn("w:p"):
            yield from _paragraph(block, styles)
        elif block.tag == qn("w:sdt"):
            for paragraph in block.iter(qn("w:p")):
                yield from _paragraph(paragraph, styles)


def _rows(table: BaseOxmlElement, container: Container) -> Iterator[Clause]:
    for row in table.iter(qn("w:tr")):
        if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None:
            continue
        begun = False
        for column, cell in enumerate(row.iter(qn("w:tc")), 1):
            texts = [text for each in cell.iter(qn("w:p")) if (text := _text(each))]
            for at, text in enumerate(texts):
                opens_row, begun = not begun, True
                yield Clause(
                    block=Block.CELL,
                    text=text,
                    column=column,
                    opens=at == 0,
                    opens_row=opens_row,
                    containers=(container,),
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
            yield "".join(child.itertext())
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
        yield Comment(
            author=comment.author or "somebody", text=collapse(comment.text), at=places.get(str(comment.comment_id), "")
        )
