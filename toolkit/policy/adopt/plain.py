"""Plain text -> Markdown: headings, lists, notes, blocks of lines such as an address. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from toolkit.errors import DocumentError
from toolkit.policy.adopt.reading import Reading, sentence_lines

_BULLET = re.compile(r"\s*(?:[•·▪◦‣●○∙■□➢►✓]|[-*–—](?=\s))\s*(?P<text>.*)")
_NUMBER = re.compile(r"(?P<number>\d+(?:\.\d+)*)[.)]?\s+(?=[^\W\d_])")
_ITEM_NUMBER = re.compile(r"\s*(?P<number>\d{1,2})[.)]\s+(?P<text>.*)")
_LABEL = re.compile(r"(?P<label>[A-Z][\w’' -]{2,40}):\s+(?P<text>\S.*)", re.DOTALL)
_SENTENCE = re.compile(r"[.!?][\"”’)]*$")
_CLOSED = re.compile(r"[.,;:!?。；：]$")
_MAIL = re.compile(r"(?<![\w/])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_WEB = re.compile(r"(?<!\S)https?://[^\s<>()]+[^\s<>().,;:]")
_SPECIAL = re.compile(r"[\\`*\[\]]|(?<![^\W_])_|_(?![^\W_])")
_OPENING = re.compile(r"(?P<mark>#{1,6}(?=\s)|[>+=~|-]|\d+(?=[.)]\s))")
_UNDERLINE = re.compile(r"\n[ ]*[=~_-]{3,}[ ]*(?=\n|\Z)")  # it makes a heading of the line above it
_HEADING_WORDS = 12
_TITLE_WORDS = 6  # of a heading without a number
_HEADING_SIGNS = 90
_LINE_SIGNS = 70
_LINES = 3
_LABEL_WORDS = 4
_DEEPEST = 6
_ENCODINGS = ("utf-8-sig", "cp1252")


class Kind(StrEnum):
    HEADING = "heading"
    ITEM = "item"
    STEP = "step"
    NOTE = "note"
    LINES = "lines"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """A block of the text. `level` is a heading's: 0 where it has no number and its neighbours have to tell."""

    kind: Kind
    lines: tuple[str, ...]
    level: int = 0
    number: str = ""


def read_plain(source: bytes, name: str) -> Reading:
    """Read plain text. Raises `DocumentError` where it is none."""
    text, notes = _decode(source, name)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " ").expandtabs(4)
    text = _UNDERLINE.sub("\n", text)
    pieces = _levelled([piece for block in _blocks(text) for piece in _pieces(block)])
    if pieces and pieces[0].kind is Kind.PARAGRAPH and _may_head(pieces[0].lines):
        pieces[0] = replace(pieces[0], kind=Kind.HEADING, level=1)
    return Reading(markdown=_markdown(pieces), visible=_visible(text), notes=(*notes, *_left_over(pieces)))


def _visible(text: str) -> str:
    """Return the text but for the numbers of lists, which the page counts by itself."""
    lines = (line for block in _blocks(text) for line in _uncounted(block))
    return "\n".join(lines)


def _uncounted(block: Sequence[str]) -> Iterator[str]:
    steps = _are_steps(block)
    for line in block:
        found = _ITEM_NUMBER.fullmatch(line) if steps else None
        yield found["text"] if found else line


def _decode(source: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    if source.startswith((b"\xff\xfe", b"\xfe\xff")):
        return source.decode("utf-16"), ()
    for encoding in _ENCODINGS:
        try:
            text = source.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        odd = encoding != _ENCODINGS[0]
        return text, (
            "It is not UTF-8 and was read as Windows text: look at quotation marks and accents.",
        ) if odd else ()
    raise DocumentError("this is no plain text.", where=name, mend="Save it again as text with the encoding UTF-8.")


def _blocks(text: str) -> Iterator[list[str]]:
    block: list[str] = []
    for line in text.split("\n"):
        if line.strip():
            block.append(line.rstrip())
        elif block:
            yield block
            block = []
    if block:
        yield block


def _pieces(block: Sequence[str]) -> list[Piece]:
    """Take a block apart: items may stand right below the sentence that opens them, and go on in indented lines."""
    found: list[Piece] = []
    rest: list[str] = []
    steps = _are_steps(block)
    for line in block:
        bullet, step = _BULLET.fullmatch(line), _ITEM_NUMBER.fullmatch(line) if steps else None
        if bullet or step:
            found += _prose(rest)
            rest = []
            found.append(_item(bullet, step))
        elif found and not rest and line[0].isspace() and found[-1].kind in (Kind.ITEM, Kind.STEP):
            found[-1] = replace(found[-1], lines=(f"{found[-1].lines[0]} {line.strip()}",))
        else:
            rest.append(line.strip())
    return [*found, *_prose(rest)]


def _item(bullet: re.Match[str] | None, step: re.Match[str] | None) -> Piece:
    if bullet:
        return Piece(kind=Kind.ITEM, lines=(bullet["text"].strip(),))
    assert step is not None  # noqa: S101 - one of the two was found
    return Piece(kind=Kind.STEP, lines=(step["text"].strip(),), number=step["number"])


def _are_steps(block: Sequence[str]) -> bool:
    """Whether a block is a list that counts from 1: the page counts by itself, and no other way."""
    numbers = [int(found["number"]) for line in block if (found := _ITEM_NUMBER.fullmatch(line))]
    return len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1))


def _prose(lines: Sequence[str]) -> Iterator[Piece]:
    if not lines:
        return
    if _may_head(lines):
        found = _NUMBER.match(lines[0])
        level = found["number"].count(".") + 2 if found else 0
        yield Piece(kind=Kind.HEADING, lines=tuple(lines), level=min(level, _DEEPEST))
    elif _are_lines(lines):
        yield Piece(kind=Kind.LINES, lines=tuple(lines))
    elif (found := _LABEL.fullmatch(" ".join(lines))) and _is_note(found):
        yield Piece(kind=Kind.NOTE, lines=(f"{found['label']}:", " ".join(found["text"].split())))
    else:
        yield Piece(kind=Kind.PARAGRAPH, lines=(" ".join(" ".join(lines).split()),))


def _is_note(found: re.Match[str]) -> bool:
    """Whether a label is followed by whole sentences, as in "Note: we sell nothing."."""
    return len(found["label"].split()) <= _LABEL_WORDS and bool(_SENTENCE.search(found["text"]))


def _may_head(lines: Sequence[str]) -> bool:
    """Whether a block looks like a heading: one short line without a mark at its end."""
    line = lines[0]
    if len(lines) > 1 or _CLOSED.search(line) or "@" in line or len(line) > _HEADING_SIGNS:
        return False
    if _NUMBER.match(line):
        return len(line.split()) <= _HEADING_WORDS
    return len(line.split()) <= _TITLE_WORDS and not re.search(r",|: ", line) and line[0].isupper()


def _are_lines(lines: Sequence[str]) -> bool:
    """Whether the line ends of a block mean something, as in an address."""
    short = all(len(line) <= _LINE_SIGNS for line in lines)
    return len(lines) >= _LINES and short and not any(line.endswith((".", ";")) for line in lines[:-1])


def _levelled(pieces: Sequence[Piece]) -> list[Piece]:
    """Give each heading without a number a level: below its section, if it has companions there, else beside it."""
    pieces = _without_twins(pieces)
    found = list(pieces)
    sections = [at for at, piece in enumerate(pieces) if piece.level]
    first = sections[0] if sections else len(found)
    for at, piece in enumerate(found):
        if piece.kind is not Kind.HEADING or piece.level:
            continue
        if at == 0:
            found[at] = replace(piece, level=1)
        elif at < first or not sections:
            found[at] = replace(piece, level=2)
        else:
            found[at] = replace(piece, level=_level(pieces, sections, at))
    return found


def _without_twins(pieces: Sequence[Piece]) -> list[Piece]:
    """Take a short line right below a heading without a number for what that is about: it heads nothing itself."""
    found: list[Piece] = []
    for at, piece in enumerate(pieces):
        heads = piece.kind is Kind.HEADING and not piece.level
        twin = heads and at > 1 and found[-1].kind is Kind.HEADING and not found[-1].level
        found.append(replace(piece, kind=Kind.PARAGRAPH) if twin else piece)
    return found


def _level(pieces: Sequence[Piece], sections: Sequence[int], at: int) -> int:
    """Return the level of a heading without a number, behind the first one with a number."""
    start = max(each for each in sections if each < at)
    end = min((each for each in sections if each > at), default=len(pieces))
    companions = sum(each.kind is Kind.HEADING and not each.level for each in pieces[start:end])
    if companions == 1 and start == sections[-1]:
        return 2
    return min(pieces[start].level + 1, _DEEPEST)


def _left_over(pieces: Sequence[Piece]) -> Iterator[str]:
    for piece in pieces:
        if re.match(r"(?:last )?(?:updated|revised|modified)\b", piece.lines[0], re.IGNORECASE):
            yield f"“{piece.lines[0]}” stands in the text: the page shows the date by itself, so it can go."


def _markdown(pieces: Sequence[Piece]) -> str:
    parts: list[str] = []
    for at, piece in enumerate(pieces):
        listed = piece.kind in (Kind.ITEM, Kind.STEP)
        gap = "" if not at or (listed and pieces[at - 1].kind is piece.kind) else "\n"
        parts.append(gap + "\n".join(_written(piece)) + "\n")
    return "".join(parts)


def _written(piece: Piece) -> Iterator[str]:
    match piece.kind:
        case Kind.HEADING:
            yield f"{'#' * piece.level} {_escaped(piece.lines[0])}"
        case Kind.ITEM:
            yield f"- {_inner(piece.lines[0])}"
        case Kind.STEP:
            yield f"{piece.number}. {_inner(piece.lines[0])}"
        case Kind.NOTE:
            first, *others = sentence_lines(piece.lines[1])
            yield f"> **{_escaped(piece.lines[0])}** {_escaped(first)}"
            yield from (f"> {_opened(_escaped(line))}" for line in others)
        case Kind.LINES:
            yield from (f"{_opened(_escaped(line))}  " for line in piece.lines[:-1])
            yield _opened(_escaped(piece.lines[-1]))
        case Kind.PARAGRAPH:
            yield from (_opened(_escaped(line)) for line in sentence_lines(piece.lines[0]))


def _inner(text: str) -> str:
    """Return an item's text; a short label before a colon is what it is about."""
    found = _LABEL.fullmatch(text)
    if found and len(found["label"].split()) <= _LABEL_WORDS:
        return f"**{_escaped(found['label'])}**: {_escaped(found['text'])}"
    return _opened(_escaped(text))


def _escaped(text: str) -> str:
    """Return text that Markdown shows as it stands, with mail and web addresses as links."""
    parts, end = [], 0
    for found in sorted([*_MAIL.finditer(text), *_WEB.finditer(text)], key=lambda each: each.start()):
        if found.start() < end:
            continue
        target = found.group() if "://" in found.group() else f"mailto:{found.group()}"
        parts += [_plain(text[end : found.start()]), f"[{_plain(found.group())}]({target})"]
        end = found.end()
    return "".join([*parts, _plain(text[end:])])


def _plain(text: str) -> str:
    marked = _SPECIAL.sub(lambda found: f"\\{found.group()}", text)
    return marked.replace("&", "&amp;").replace("<", "&lt;") if re.search(r"&#?\w+;|<", marked) else marked


def _opened(line: str) -> str:
    """Keep a line from being taken for a heading, a list or a quotation."""
    found = _OPENING.match(line)
    if not found:
        return line
    mark = found["mark"]
    if mark.isdigit():
        return f"{mark}\\{line[len(mark) :]}"
    return f"\\{line}" if mark[0] in "#>+-" else f"&#{ord(mark[0])};{line[1:]}"
