"""What a mail may hold: short lines, a bounded size, nothing from outside, no tag but ours. Pure."""

import re
from html.parser import HTMLParser
from textwrap import TextWrapper

from toolkit.errors import NoticeError
from toolkit.notices.tags import HTML, MARK, TAG, WIDEST
from toolkit.notices.tags import tag as tag_of

LONGEST_LINE = 997
"""Octets of a line in a mail without its line break (RFC 5322, 2.1.1)."""

LARGEST_HTML, LARGEST_TEXT = 60_000, 36_000
"""Octets. Gmail cuts a mail at about 102,000; what is filled in and the heads have the rest."""

COLUMNS = 72

_WIDE = "\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef"
_BREAK = re.compile(rf" |(?<=[{_WIDE}])(?=[{_WIDE}])")
_FOLD = 900
_PAD = "\0"
_PICTURES = ("img", "image", "svg", "video", "audio", "source", "iframe", "frame", "object", "embed")
_FOREIGN = frozenset((*_PICTURES, "script", "link", "base", "form", "input", "button"))
# A backslash can spell any of these in CSS, so none may stand in a style.
_CALLS = re.compile(r"url\s*\(|@import|image-set\s*\(|src\s*\(|\\", re.IGNORECASE)
_LEADS = re.compile(r"(?:https?://|mailto:|tel:|#)", re.IGNORECASE)
_LOADING = frozenset(("src", "srcset", "background", "poster", "data", "ping"))


def wrap_text(text: str) -> str:
    """Wrap a plain text at 72 columns; list items hang, addresses of pages stay whole."""
    return "\n".join(wrapped for line in text.split("\n") for wrapped in _wrap(line.rstrip()))


def _wrap(line: str) -> list[str]:
    lead = re.match(r"\s*(?:[-*•] )?", line)
    hanging = " " * (lead.end() if lead else 0)
    wrapper = TextWrapper(
        width=COLUMNS,
        subsequent_indent=hanging,
        break_long_words="://" not in line,
        break_on_hyphens=False,
        replace_whitespace=False,
        drop_whitespace=True,
    )
    return wrapper.wrap(line) or [""]


def fold_html(html: str, *, where: str) -> str:
    """Break the lines of an HTML text at spaces, so that none is too long once values are filled in."""
    padded = _widen(html)
    folded = "\n".join(piece for line in padded.split("\n") for piece in _fold(line, where))
    return folded.replace(_PAD, "")


def _fold(line: str, where: str) -> list[str]:
    pieces: list[str] = []
    while len(line.encode()) > _FOLD:
        head = line.encode()[:_FOLD].decode(errors="ignore")
        spots = [match for match in _BREAK.finditer(head) if match.start() > 0]
        if not spots:
            raise _too_long(where)
        pieces.append(line[: spots[-1].start()])
        line = line[spots[-1].end() :]
    return [*pieces, line]


def refuse_long_lines(text: str, *, where: str) -> None:
    """Raise `NoticeError` where a line could become longer than mail servers take."""
    if any(len(line.encode()) > LONGEST_LINE for line in _widen(text).split("\n")):
        raise _too_long(where)


def refuse_large(text: str, most: int, *, where: str) -> None:
    """Raise `NoticeError` where a part of a mail has more octets than `most`."""
    size = len(text.encode())
    if size > most:
        raise NoticeError(
            f"this part of the mail has {size:,} octets; {most:,} are the most.",
            where=where,
            mend="Shorten the summary or the template: some mail programs cut a longer mail.",
        )


def refuse_tags(text: str, *, where: str) -> None:
    """Raise `NoticeError` where a text that is not ours holds the beginning of a tag."""
    if MARK in text:
        raise NoticeError(
            f"'{MARK}' stands in the text; account values are put in there.",
            where=where,
            mend="Write it another way.",
        )


def refuse_unknown_tags(text: str, *, where: str) -> None:
    """Raise `NoticeError` where something would be left of a tag after filling in."""
    refuse_tags(TAG.sub("", text), where=where)


def refuse_foreign(html: str, *, where: str) -> None:
    """Raise `NoticeError` where a mail would fetch anything, or holds a picture, a script or a form."""
    reader = _Foreign()
    reader.feed(html)
    reader.close()
    if reader.found:
        raise NoticeError(
            f"the mail holds {reader.found[0]}.",
            where=where,
            mend="A notice has no picture, script, form or anything else that is fetched from outside.",
        )


class _Foreign(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._styling = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._styling = tag == "style"
        if tag in _FOREIGN:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            if self._is_foreign(tag, name, value or ""):
                self.found.append(f"'{name}' in <{tag}>")

    def _is_foreign(self, tag: str, name: str, value: str) -> bool:
        """Whether an attribute fetches, runs or sends: a link may lead out, but never carry an account's values."""
        if name in _LOADING or name.startswith("on") or (tag, name) == ("meta", "http-equiv"):
            return True
        if name == "href":
            own = value == tag_of("link", HTML)  # the account's own page, and nothing around it
            return not own and (not _LEADS.match(value.strip()) or bool(TAG.search(value)))
        return name == "style" and bool(_CALLS.search(value))

    def handle_comment(self, data: str) -> None:
        """Refuse comments: some mail programs read what stands in one."""
        self.found.append(f"a comment: {data.strip()[:20]}")

    def handle_data(self, data: str) -> None:
        if self._styling and _CALLS.search(data):
            self.found.append("a style that fetches something")

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 - the library's shape
        self._styling = False


def _widen(text: str) -> str:
    """Return `text` with every tag as wide as its widest value."""
    return TAG.sub(lambda match: match.group().ljust(WIDEST, _PAD), text)


def _too_long(where: str) -> NoticeError:
    return NoticeError(
        f"a line of the mail is longer than {LONGEST_LINE} octets.",
        where=where,
        mend="Shorten the sentence or the address of a page, or put fewer account values on one line.",
    )
