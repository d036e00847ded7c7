"""A redline as HTML: lists, tables and headings stay whole, and it reads without colour or JavaScript. Pure."""

from collections.abc import Iterable, Iterator
from html import escape

from toolkit.changes.alignment import Op, Run
from toolkit.changes.redline import Change, Kind, Redline
from toolkit.changes.render.words import Stretch, count, label, stretches
from toolkit.policy.clauses import Clause, Step
from toolkit.policy.clauses import Kind as ClauseKind

_ELEMENTS = {Op.DELETE: "del", Op.INSERT: "ins"}
_CLASSES = {Op.DELETE: "pr-del", Op.INSERT: "pr-ins"}


def fragment(redline: Redline) -> str:
    """Return the redline as the inside of a page: no `<html>`, no style, every text escaped."""
    if not redline.changed:
        return '<p class="pr-none">Nothing changed.</p>'
    homes = _homes(redline.changes)
    return "\n".join(_stretch(stretch, homes) for stretch in stretches(redline.changes))


def page(redline: Redline, *, title: str, verdict: str = "") -> str:
    """Return the redline as a whole page that needs nothing beside it. `verdict` is plain lines to end with."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n<h1>{escape(title)}</h1>\n{_LEGEND}\n{fragment(redline)}\n"
        f'<p class="pr-verdict">{escape(verdict)}</p>\n</main>\n</body>\n</html>\n'
    )


_LEGEND = (
    '<p class="pr-legend">Words that are new are <ins class="pr-ins">underlined</ins>;'
    ' words that are gone are <del class="pr-del">struck through</del>.</p>'
)

_STYLE = """
body{font:1rem/1.6 system-ui,sans-serif;margin:0;color:#1c2330;background:#fff}
main{max-width:46rem;margin:2rem auto;padding:0 1rem}
ins{background:#dcf5e4;color:#0b4a22}del{background:#fde2e1;color:#7a1512}
.pr-label{font-size:.8rem;font-weight:600;color:#444d5c}
.pr-del+.pr-ins{margin-left:.25em}.pr-verdict{white-space:pre-line;border-top:1px solid #b6bdc9;padding-top:1rem}
.pr-place{margin-bottom:.2rem;font-weight:600}
.pr-label::after{content:" "}
details{margin:1rem 0;color:#444d5c}td,th{border:1px solid #b6bdc9;padding:.3rem .5rem}
@media(prefers-color-scheme:dark){body{color:#e6e9ef;background:#14171c}ins{background:#123d22;color:#c9f2d6}
del{background:#4a1a19;color:#ffd6d4}.pr-label,details{color:#b4bccb}td,th{border-color:#4a5261}}
"""

Homes = dict[Step, Step]


def _homes(changes: Iterable[Change]) -> Homes:
    """Map each container of the old text to the one of the new text that took its place.

    So a removed item is shown inside the list it was taken from, where that list still stands.
    """
    homes: Homes = {}
    for change in changes:
        if change.old and change.new and change.kind is not Kind.MOVED:
            olds, news = change.old.containers, change.new.containers
            if [tag for tag, _ in olds] == [tag for tag, _ in news]:
                homes.update(zip(olds, news, strict=True))
    return homes


def _stretch(stretch: Stretch, homes: Homes) -> str:
    inside = "".join(_blocks(stretch.changes, homes))
    if not stretch.folded:
        return _place(stretch.changes[0].clause) + inside
    return f'<details class="pr-fold"><summary>{count(len(stretch.changes))}</summary>\n{inside}</details>'


def _place(clause: Clause) -> str:
    """Return the headings above a clause whose own heading is folded away."""
    if clause.kind is ClauseKind.HEADING or not clause.path:
        return ""
    return f'<p class="pr-place">{escape(" › ".join(clause.path))}</p>\n'


def _blocks(changes: Iterable[Change], homes: Homes) -> Iterator[str]:
    """Yield the clauses, opening and closing the lists and tables around them as they come and go."""
    opened: tuple[Step, ...] = ()
    for change in changes:
        wanted = _containers(change, homes)
        shared = _shared(opened, wanted)
        yield "".join(f"</{tag}>\n" for tag, _ in reversed(opened[shared:]))
        yield "".join(f"<{tag}>" for tag, _ in wanted[shared:])
        opened = wanted
        yield _clause(change)
    yield "".join(f"</{tag}>\n" for tag, _ in reversed(opened))


def _containers(change: Change, homes: Homes) -> tuple[Step, ...]:
    if change.new:
        return change.new.containers
    return tuple(homes.get(step, (step[0], -step[1])) for step in change.clause.containers)


def _shared(one: tuple[Step, ...], other: tuple[Step, ...]) -> int:
    at = 0
    while at < min(len(one), len(other)) and one[at] == other[at]:
        at += 1
    return at


def _clause(change: Change) -> str:
    clause = change.clause
    said = label(change)
    marked = f'<span class="pr-label">{escape(said)}</span> ' if said else ""
    tag = _element(clause)
    inside = marked + "".join(map(_run, change.runs))
    shown = f' class="pr-{change.kind}"' if change.kind is not Kind.UNCHANGED else ""
    return f"<{tag}{shown}>{inside}</{tag}>\n"


def _element(clause: Clause) -> str:
    if clause.kind is ClauseKind.HEADING:
        return f"h{max(2, clause.level)}"
    return "p" if clause.kind is ClauseKind.PARAGRAPH else "span"


def _run(run: Run) -> str:
    text = escape(run.text)
    if run.op is Op.KEEP:
        return text
    return f'<{_ELEMENTS[run.op]} class="{_CLASSES[run.op]}">{text}</{_ELEMENTS[run.op]}>'
