"""An existing policy (plain text, HTML, DOCX) -> Markdown with front matter, in which no word is lost.

What was read and what was written are compared word by word before anything is returned.
"""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from toolkit.errors import DocumentError, Misuse
from toolkit.policy.adopt.docx import read_docx
from toolkit.policy.adopt.markup import read_html
from toolkit.policy.adopt.plain import read_plain
from toolkit.policy.adopt.reading import Reading
from toolkit.policy.clauses import Block
from toolkit.policy.document import parse_document
from toolkit.policy.words import words

_READERS = {
    ".txt": read_plain,
    ".text": read_plain,
    ".html": read_html,
    ".htm": read_html,
    ".xhtml": read_html,
    ".docx": read_docx,
}
_SUMMARY = "This is the first version of this policy that we keep with a public history of its changes."
_MONTHS = "january february march april may june july august september october november december".split()  # noqa: SIM905
_UPDATED = re.compile(
    r"(?:updated?|revised|modified|effective|published)[^\n]{0,20}?"
    r"(?:(?P<iso>\d{4}-\d\d-\d\d)|(?P<d>\d{1,2})(?:st|nd|rd|th)? (?P<m>[A-Za-z]+),? (?P<y>\d{4})"
    r"|(?P<m2>[A-Za-z]+) (?P<d2>\d{1,2})(?:st|nd|rd|th)?,? (?P<y2>\d{4}))",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Adopted:
    """The Markdown file, with what is in it, and what a person should look at. `words` stand in both texts."""

    text: str
    title: str
    published: date
    words: int
    headings: int
    items: int
    notes: tuple[str, ...]


def adopt(file: Path, *, today: date, title: str = "", published: date | None = None) -> Adopted:
    """Turn an existing policy into Markdown. `today` is its date where it names none and none is given.

    Raises `Misuse` for a kind of file that is not known, and `DocumentError` where it cannot be read or a word would be
    lost.
    """
    read = _READERS.get(file.suffix.casefold())
    if read is None:
        known = ", ".join(_READERS)
        raise Misuse(
            f"'{file.suffix}' is no kind of file that can be adopted.", where=str(file), mend=f"Known: {known}."
        )
    reading = read(file.read_bytes(), str(file))
    document = parse_document(reading.markdown, name=str(file))
    _prove(reading, document.text, str(file))
    named = title or next((each.text for each in document.clauses if each.level == 1), "") or "Privacy Policy"
    day = published or _date(document.text) or today
    return Adopted(
        text=_head(named, day) + reading.markdown,
        title=named,
        published=day,
        words=len(words(document.text)),
        headings=sum(each.block is Block.HEADING for each in document.clauses),
        items=sum(each.block is Block.ITEM and each.opens for each in document.clauses),
        notes=reading.notes,
    )


def _prove(reading: Reading, after: str, name: str) -> None:
    """Raise `DocumentError` naming the first word that is not the same before and after."""
    before, now = words(reading.visible), words(after)
    if before == now:
        return
    at = next(
        (at for at, pair in enumerate(zip(before, now, strict=False)) if pair[0] != pair[1]), min(len(before), len(now))
    )
    was, becomes = (" ".join(side[max(0, at - 5) : at + 6]) for side in (before, now))
    raise DocumentError(
        f"a word would get lost or change: “{was}” would read “{becomes}”.",
        where=name,
        mend="Nothing was written. Change that place in the original, and adopt it again.",
    )


def _date(text: str) -> date | None:
    """Return the day that the text says it was last updated on, where it can be read."""
    found = _UPDATED.search(text)
    if not found:
        return None
    try:
        if found["iso"]:
            return date.fromisoformat(found["iso"])
        day, month, year = (
            (found["d"], found["m"], found["y"]) if found["d"] else (found["d2"], found["m2"], found["y2"])
        )
        names = [name for name in _MONTHS if name.startswith(month.casefold()[:3])]
        return date(int(year), _MONTHS.index(names[0]) + 1, int(day))
    except (ValueError, IndexError):
        return None


def _head(title: str, day: date) -> str:
    quoted = title.replace("\\", "\\\\").replace('"', '\\"')
    return (
        f'---\ntitle: "{quoted}"\nversion: 1.0.0\npublished: {day}\neffective: {day}\nclass: initial\n'
        f"summary: |\n  - {_SUMMARY}\n---\n\n"
    )
