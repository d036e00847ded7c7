"""HTML -> Markdown, by markdownify. Pure: it loads nothing that the page names."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from markdownify import MarkdownConverter

from toolkit.errors import DocumentError
from toolkit.policy.adopt.reading import Reading, sentence_lines
from toolkit.policy.reader import ClauseReader
from toolkit.policy.words import words

_UNSEEN = ("script", "style", "template", "noscript", "head", "svg", "iframe")
_REGIONS = ("main", "[role=main]", "article", "body")
_STRUCTURE = re.compile(r"\s*(?:[#>|`~*+-]|\d+[.)]|\[)")


def read_html(source: bytes, name: str) -> Reading:
    """Read a page: its main part, as the page marks it. Raises `DocumentError` where it holds no words."""
    soup = BeautifulSoup(source, "html.parser")
    for unseen in soup.find_all(_UNSEEN):
        unseen.decompose()
    region = next(filter(None, (soup.select_one(each) for each in _REGIONS)), soup)
    around = len(words(_visible(str(soup)))) - len(words(_visible(str(region))))
    notes = (
        (f"{around} words around the page's main part were left out: menus, footers and the like.",) if around else ()
    )
    return convert_html(region, name, notes=notes)


def convert_html(region: Tag, name: str, *, notes: tuple[str, ...] = ()) -> Reading:
    """Convert a part of a page. Raises `DocumentError` where it holds no words."""
    visible = _visible(str(region))
    if not words(visible):
        raise DocumentError("there are no words in it.", where=name, mend="Save the page with its text, and try again.")
    converter = MarkdownConverter(
        heading_style="atx", bullets="-", autolinks=False, escape_misc=True, strip=["img"], sup_symbol="", sub_symbol=""
    )
    markdown = re.sub(r"\n{3,}", "\n\n", str(converter.convert_soup(region))).strip()
    return Reading(markdown="\n".join(_lines(markdown)) + "\n", visible=visible, notes=notes)


def _visible(html: str) -> str:
    reader = ClauseReader()
    reader.feed(html)
    reader.close()
    return "\n".join(clause.text for clause in reader.clauses)


def _lines(markdown: str) -> Iterator[str]:
    """Yield the lines with one sentence each, where they are a paragraph's."""
    fenced = False
    for line in markdown.split("\n"):
        fenced ^= line.lstrip().startswith("```")
        if line.startswith("#"):
            yield re.sub(r"(?<=\d)\\\.", ".", line)  # in a heading no number opens a list
        elif fenced or not line.strip() or _STRUCTURE.match(line):
            yield line
        else:
            ends = line[len(line.rstrip()) :]
            *first, last = sentence_lines(line.strip())
            yield from first
            yield f"{last}{ends}"
