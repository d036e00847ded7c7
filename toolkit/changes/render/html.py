"""A redline as HTML: lists, tables and headings stay whole, and it reads without colour or JavaScript. Pure."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import escape

from toolkit.changes.alignment import Op
from toolkit.changes.redline import Aspect, Change, Redline
from toolkit.changes.render.homes import Homes, containers_of, find_homes
from toolkit.changes.render.inline import Segment, inline
from toolkit.changes.render.words import Stretch, has_moves, label, stretches
from toolkit.changes.wording import Wording
from toolkit.policy.clauses import Block, Clause, Container, Inline, Span

_MARKS = {Op.DELETE: ("del", "pr-del"), Op.INSERT: ("ins", "pr-ins")}
_ELEMENTS = {Inline.STRONG: "strong", Inline.EMPHASIS: "em", Inline.CODE: "code"}
_SAFE = ("https://", "http://", "mailto:", "tel:")

Href = Callable[[str, Op], str]
"""Where a link of the policy's text leads on the page that shows the redline; empty for no link at all."""


def lead_outside(target: str, _: Op) -> str:
    """Link what leads to a web page, a mail or a telephone; anything else leads nowhere from a page of its own."""
    return target if target.lower().startswith(_SAFE) else ""


def fragment(redline: Redline, wording: Wording, *, href: Href = lead_outside) -> str:
    """Return the redline as the inside of a page: no `<html>`, no style, every text escaped."""
    if not redline.changed:
        return f'<p class="pr-none">{escape(wording.say("redline.nothing"))}</p>'
    writer = _Writer(wording=wording, href=href, homes=find_homes(redline.changes))
    moved = f'<p class="pr-legend">{escape(wording.say("redline.moved_words"))}</p>\n' if has_moves(redline) else ""
    return moved + "\n".join(writer.stretch(stretch) for stretch in stretches(redline.changes))


def legend(wording: Wording) -> str:
    """Return the sentence that says how new and gone words are marked."""
    marked = {
        name: f'<{tag} class="{kind}">{escape(wording.say(f"redline.{word}"))}</{tag}>'
        for name, word, (tag, kind) in (
            ("new", "underlined", _MARKS[Op.INSERT]),
            ("gone", "struck", _MARKS[Op.DELETE]),
        )
    }
    return escape(wording.phrases["redline.legend"]).format(**marked)


def page(redline: Redline, wording: Wording, *, title: str, verdict: str = "") -> str:
    """Return the redline as a whole page that needs nothing beside it. `verdict` is plain lines to end with."""
    return (
        f'<!doctype html>\n<html lang="{escape(wording.language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n<h1>{escape(title)}</h1>\n"
        f'<p class="pr-legend">{legend(wording)}</p>\n{fragment(redline, wording)}\n'
        f'<p class="pr-verdict">{escape(verdict)}</p>\n</main>\n</body>\n</html>\n'
    )


_STYLE = """
body{font:1rem/1.6 system-ui,sans-serif;margin:0;color:#1c2330;background:#fff}
main{max-width:46rem;margin:2rem auto;padding:0 1rem}
a{color:#0b57a4}ins{background:#dcf5e4;color:#0b4a22}del{background:#fde2e1;color:#7a1512}
.pr-label{font-size:.8rem;font-weight:600;color:#444d5c}
.pr-went{background:none;text-decoration-style:dotted;opacity:.8}
.pr-del+.pr-ins{margin-left:.25em}.pr-verdict{white-space:pre-line;border-top:1px solid #b6bdc9;padding-top:1rem}
.pr-place{margin-bottom:.2rem;font-weight:600}
.pr-label::after{content:" "}
details{margin:1rem 0;color:#444d5c}td,th{border:1px solid #b6bdc9;padding:.3rem .5rem}
@media(prefers-color-scheme:dark){body{color:#e6e9ef;background:#14171c}a{color:#8fbcff}ins{background:#123d22;color:#c9f2d6}
del{background:#4a1a19;color:#ffd6d4}.pr-label,details{color:#b4bccb}td,th{border-color:#4a5261}}
"""


@dataclass(frozen=True, kw_only=True)
class _Writer:
    """What writing needs beside the changes: the words, where links lead, and which list took another's place."""

    wording: Wording
    href: Href
    homes: Homes

    def stretch(self, stretch: Stretch) -> str:
        inside = "".join(self._blocks(stretch.changes))
        if not stretch.folded:
            return _place(stretch.changes[0].clause) + inside
        summary = escape(self.wording.say_count("redline.unchanged", len(stretch.changes)))
        return f'<details class="pr-fold"><summary>{summary}</summary>\n{inside}</details>'

    def _blocks(self, changes: Iterable[Change]) -> Iterator[str]:
        """Yield the clauses, opening and closing the lists and tables around them as they come and go."""
        opened: tuple[Container, ...] = ()
        for change in changes:
            wanted = containers_of(change, self.homes)
            shared = _shared(opened, wanted)
            yield "".join(f"</{tag}>\n" for tag, _ in reversed(opened[shared:]))
            yield "".join(f"<{tag}>" for tag, _ in wanted[shared:])
            opened = wanted
            yield self._clause(change)
        yield "".join(f"</{tag}>\n" for tag, _ in reversed(opened))

    def _clause(self, change: Change) -> str:
        said = label(change, self.wording)
        marked = f'<span class="pr-label">{escape(said)}</span> ' if said else ""
        tag = _element(change.clause)
        inside = marked + "".join(write_run(op, segments, self.href) for op, segments in inline(change))
        return f"<{tag}{_classes(change)}>{inside}</{tag}>\n"


def write_run(op: Op, segments: tuple[Segment, ...], href: Href = lead_outside) -> str:
    """Return the words of one run, marked, with what stands on them."""
    inside = "".join(_segment(segment, href) for segment in segments)
    if op is Op.KEEP:
        return inside
    tag, kind = _MARKS[op]
    moved = " pr-went" if segments and segments[0].moved else ""
    return f'<{tag} class="{kind}{moved}">{inside}</{tag}>'


def _segment(segment: Segment, href: Href) -> str:
    links = [span for span in segment.spans if span.kind is Inline.LINK]
    shown = escape(segment.text)
    for span in reversed(segment.spans):
        if span not in links[1:]:  # a link has none inside it
            shown = _inside(span, segment.op, shown, href)
    return shown


def _inside(span: Span, op: Op, shown: str, href: Href) -> str:
    if span.kind is not Inline.LINK:
        return f"<{_ELEMENTS[span.kind]}>{shown}</{_ELEMENTS[span.kind]}>"
    leads = href(span.target, op)
    return f'<a href="{escape(leads)}">{shown}</a>' if leads else shown


def _place(clause: Clause) -> str:
    """Return the headings above a clause whose own heading is folded away."""
    if clause.block is Block.HEADING or not clause.path:
        return ""
    return f'<p class="pr-place">{escape(" › ".join(clause.path))}</p>\n'


def _shared(one: tuple[Container, ...], other: tuple[Container, ...]) -> int:
    at = 0
    while at < min(len(one), len(other)) and one[at] == other[at]:
        at += 1
    return at


def _classes(change: Change) -> str:
    """Return what a style sheet may tell clauses apart by: the place, and each aspect, in their fixed order."""
    if not change.shows:
        return ""
    names = [change.place, *(aspect for aspect in Aspect if aspect in change.aspects)]
    return f' class="{" ".join(f"pr-{name}" for name in names)}"'


def _element(clause: Clause) -> str:
    if clause.block is Block.HEADING:
        return f"h{max(2, clause.level)}"
    return "p" if clause.block is Block.PARAGRAPH else "span"
