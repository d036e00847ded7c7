"""Lists and headings as CommonMark and the web editors read them, written so that Python-Markdown does too. Pure.

Python-Markdown wants four spaces a level and a blank line before a list. Legal's editor previews `- item` right
below a sentence as a list, and nests from two spaces on. The page must show what the preview showed.
"""

import re
from collections.abc import Iterable, Iterator

_ITEM = re.compile(r"(?P<indent> *)(?P<marker>[-*+]|(?P<number>\d{1,9})[.)])(?P<space>[ ]+)(?P<text>\S.*)")
_RULE = re.compile(r" {0,3}(?:(?:- *){3,}|(?:\* *){3,}|(?:_ *){3,})$")
_FENCE = re.compile(r" *(?:```|~~~)")
_HEADING = re.compile(r" *#{1,6}(?: |$)")
_UNDERLINE = re.compile(r" {0,3}(?P<line>=+|-+)$")
# Behind a fence only a language's name may stand: classes and ids there would reach into the page's own look.
_FENCE_WORD = re.compile(r"^( *(?:`{3,}|~{3,})[ ]*(?:[A-Za-z0-9+#-]+(?=\s*$))?).*$")
_BLOCK = re.compile(r"#{1,6} |>|\||<")
_TAB = 4


def open_lists(body: str) -> str:
    """Return a Markdown text with every list set apart by a blank line and indented by four spaces a level.

    Underlined headings become `#` headings, for Python-Markdown knows those of one line only.
    """
    return "\n".join(_Lines().read(_headings(body.split("\n"))))


def _headings(lines: list[str]) -> Iterator[str]:
    paragraph: list[str] = []
    fenced = False
    for line in lines:
        fenced ^= bool(_FENCE.match(line))
        if fenced:
            yield from (*paragraph, line)
            paragraph = []
            continue
        underline = _UNDERLINE.match(line.rstrip())
        if underline and paragraph:
            yield f"{'#' if underline['line'][0] == '=' else '##'} {' '.join(map(str.strip, paragraph))}"
            paragraph = []
        elif _is_text(line):
            paragraph.append(line)
        else:
            yield from (*paragraph, line)
            paragraph = []
    yield from paragraph


def _is_text(line: str) -> bool:
    """Whether a line can be the text of an underlined heading: no item, no code, no other block."""
    plain = line.strip()
    indented = line.startswith(("    ", "\t"))
    return bool(plain) and not indented and not (_ITEM.match(line) or _FENCE.match(line) or _BLOCK.match(plain))


class _Lines:
    """One pass over the lines. `_edges` holds, for each open item, the column its text begins at."""

    def __init__(self) -> None:
        self._edges: list[int] = []
        self._kinds: list[bool] = []  # for each level, whether its items are numbered
        self._blank = True
        self._fenced = False
        self._column = 0  # where the first line since the last blank one begins, as written

    def read(self, lines: Iterable[str]) -> Iterator[str]:
        for line in lines:
            plain = line.expandtabs(_TAB).rstrip()
            if _FENCE.match(plain):
                self._fenced = not self._fenced
            elif not self._fenced:
                yield from self._line(plain, line)
                self._blank = not plain
                continue
            shown = _FENCE_WORD.sub(r"\1", plain) if _FENCE.match(plain) else line
            yield self._inside(shown.rstrip()) if self._edges else shown

    def _line(self, plain: str, line: str) -> Iterator[str]:
        item = None if _RULE.match(plain) else _ITEM.match(plain)
        if not plain:
            yield ""
        elif item and self._opens(item):
            yield from self._item(item)
        elif self._edges and self._ends(plain):
            self._edges, self._column = [], 0
            yield from ("", line) if not self._blank else (line,)
        elif self._edges:
            yield self._inside(plain)
        else:
            yield line.lstrip() if _HEADING.match(plain) and not line.startswith(" " * _TAB) else line

    def _opens(self, item: re.Match[str]) -> bool:
        """Whether a marker opens an item here, and is not just a dash or a number in the text."""
        if self._edges:
            return len(item["indent"]) < self._edges[-1] + _TAB
        interrupts = not item["number"] or item["number"] == "1"
        return len(item["indent"]) < _TAB and (self._blank or interrupts)

    def _item(self, item: re.Match[str]) -> Iterator[str]:
        indent = len(item["indent"])
        opening = not self._edges
        while self._edges and indent < self._edges[-1]:
            self._edges.pop()
        level = len(self._edges)
        opening |= self._kinds[level : level + 1] not in ([], [bool(item["number"])])
        self._kinds[level:] = [bool(item["number"])]
        column = _TAB * level
        # Python-Markdown takes lines without a blank one between them for one block, as deep as its first line.
        apart = not self._blank and (opening or column < self._column)
        if self._blank or apart:
            self._column = column
        # After five spaces or more the text is code; its column is one past the marker.
        width = len(item["space"]) if len(item["space"]) <= _TAB else 1
        self._edges.append(indent + len(item["marker"]) + width)
        if apart:
            yield ""
        marker = f"{item['number']}." if item["number"] else "-"
        yield f"{' ' * column}{marker} {item['text']}"

    def _ends(self, plain: str) -> bool:
        """Whether a line that is no item leaves the list: after a blank line, or because it opens a block."""
        indent = len(plain) - len(plain.lstrip())
        if self._blank:
            while len(self._edges) > 1 and indent < self._edges[-1]:
                self._edges.pop()
            return indent < self._edges[0]
        return indent < self._edges[0] and bool(_BLOCK.match(plain.lstrip()))

    def _inside(self, plain: str) -> str:
        """Return a line of an item's text at the column where Python-Markdown looks for it."""
        column = _TAB * len(self._edges)
        if self._blank:
            self._column = column
        kept = max(0, len(plain) - len(plain.lstrip()) - self._edges[-1])
        return f"{' ' * (column + (0 if _HEADING.match(plain) else kept))}{plain.lstrip()}"
