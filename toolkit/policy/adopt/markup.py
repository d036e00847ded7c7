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
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LOST = (
    ("del, s, strike", "text is struck through", "Take it away, or keep it without the line, and adopt it again."),
    ("[rowspan]:not([rowspan='1'])", "a table's cell goes over several rows", "Give each row all its cells."),
)
_STRUCTURE = re.compile(r"\s*(?:[#>|`~*+-]|\d+[.)]|\[)")


def read_html(source: bytes, name: str) -> Reading:
    """Read a page: its main part, as the page marks it. Raises `DocumentError` where it holds no words."""
    soup = BeautifulSoup(source, "lxml")
    for unseen in soup.find_all(_UNSEEN):
        unseen.decompose()
    hidden = _drop_hidden(soup)
    region = next(filter(None, (soup.select_one(each) for each in _REGIONS)), soup)
    around = len(words(_visible(str(soup)))) - len(words(_visible(str(region))))
    notes = (
        (f"{around} words around the page's main part were left out: menus, footers and the like.",) if around else ()
    )
    if hidden:
        notes = (*notes, f"{hidden} hidden parts of the page were left out.")
    return convert_html(region, name, notes=notes)


def _drop_hidden(soup: BeautifulSoup) -> int:
    """Take away what the page does not show by its own marks, and return how much that was."""
    hidden = [tag for tag in soup.find_all(True) if tag.has_attr("hidden") or _HIDDEN.search(str(tag.get("style", "")))]
    controls = soup.find_all(["button", "select", "input", "textarea"])
    for tag in (*hidden, *controls):
        tag.decompose()
    return len(hidden)


def _refuse_lost(region: Tag, name: str) -> None:
    """Raise `DocumentError` for what Markdown cannot say, so that its words would mean something else."""
    for tags, what, mend in _LOST:
        if found := region.select_one(tags):
            words_in = " ".join(found.get_text(" ").split())[:60]
            raise DocumentError(f"{what}: “{words_in}”.", where=name, mend=mend)


def _mark_raised(region: Tag) -> bool:
    """Write raised and lowered signs apart from the words before them: 10 to the 6th is not 106."""
    found = region.find_all(["sup", "sub"])
    for tag in found:
        tag.replace_with(f"{'^' if tag.name == 'sup' else '_'}{tag.get_text()}")
    return bool(found)


def convert_html(region: Tag, name: str, *, notes: tuple[str, ...] = ()) -> Reading:
    """Convert a part of a page. Raises `DocumentError` where it holds no words."""
    _refuse_lost(region, name)
    if _mark_raised(region):
        notes = (*notes, "Raised signs were written with ^, lowered ones with _: look at footnotes and powers.")
    visible = _visible(str(region))
    if not words(visible):
        raise DocumentError("there are no words in it.", where=name, mend="Save the page with its text, and try again.")
    converter = MarkdownConverter(
        heading_style="atx", bullets="-", autolinks=False, escape_misc=True, strip=["img"], sup_symbol="", sub_symbol=""
    )
    try:
        markdown = re.sub(r"\n{3,}", "\n\n", str(converter.convert_soup(region))).strip()
    except RecursionError:
        raise DocumentError("the page is nested too deeply.", where=name, mend="Save its main part alone.") from None
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
