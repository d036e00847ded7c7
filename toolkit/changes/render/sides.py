"""A redline as a page with the old text on the left and the new one on the right, for wide screens. Pure.

On a narrow screen the two sides of a clause stand one below the other.
"""

from collections.abc import Iterator
from html import escape

from toolkit.changes.alignment import Op
from toolkit.changes.redline import Change, Redline
from toolkit.changes.render import html
from toolkit.changes.render.inline import inline
from toolkit.changes.render.words import has_moves, label, stretches
from toolkit.changes.wording import Wording
from toolkit.policy.clauses import Block, Clause

_STYLE = """
body{font:1rem/1.6 system-ui,sans-serif;margin:0;color:#1c2330;background:#fff}
main{max-width:84rem;margin:2rem auto;padding:0 1rem}
a{color:#0b57a4}ins{background:#dcf5e4;color:#0b4a22}del{background:#fde2e1;color:#7a1512}
table{border-collapse:collapse;width:100%;table-layout:fixed}
td,th{vertical-align:top;text-align:left;padding:.35rem .8rem;border-bottom:1px solid #d3d9e2;overflow-wrap:anywhere}
.pr-label{font-size:.8rem;font-weight:600;color:#444d5c}.pr-fold td{color:#444d5c;font-style:italic}
.pr-went{background:none;text-decoration-style:dotted}.pr-level{font-weight:600}.pr-item::before{content:"• "}
.pr-verdict{white-space:pre-line;border-top:1px solid #b6bdc9;padding-top:1rem}
@media(max-width:48rem){td,th{display:block}td:empty{display:none}}
@media(prefers-color-scheme:dark){body{color:#e6e9ef;background:#14171c}a{color:#8fbcff}ins{background:#123d22;color:#c9f2d6}
del{background:#4a1a19;color:#ffd6d4}.pr-label,.pr-fold td{color:#b4bccb}td,th{border-color:#4a5261}}
"""


def page(redline: Redline, wording: Wording, *, title: str, verdict: str = "") -> str:
    """Return the redline as a whole page of two columns. `verdict` is plain lines to end with."""
    moved = f"<p>{escape(wording.say('redline.moved_words'))}</p>\n" if has_moves(redline) else ""
    return (
        f'<!doctype html>\n<html lang="{escape(wording.language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{escape(title)}</h1>\n"
        f'<p class="pr-legend">{html.legend(wording)}</p>\n{moved}'
        f"<table>\n<thead><tr><th>{escape(redline.old.name)}</th><th>{escape(redline.new.name)}</th></tr></thead>\n"
        f"<tbody>\n{''.join(_rows(redline, wording))}</tbody>\n</table>\n"
        f'<p class="pr-verdict">{escape(verdict)}</p>\n</main>\n</body>\n</html>\n'
    )


def _rows(redline: Redline, wording: Wording) -> Iterator[str]:
    if not redline.changed:
        yield f'<tr><td colspan="2">{escape(wording.say("redline.nothing"))}</td></tr>\n'
        return
    for stretch in stretches(redline.changes):
        if stretch.folded:
            said = wording.say_count("redline.unchanged", len(stretch.changes))
            yield f'<tr class="pr-fold"><td colspan="2">{escape(said)}</td></tr>\n'
        else:
            yield from (_row(change, wording) for change in stretch.changes)


def _row(change: Change, wording: Wording) -> str:
    said = label(change, wording)
    marked = f'<span class="pr-label">{escape(said)}</span> ' if said else ""
    left, right = _side(change, change.old, Op.DELETE), _side(change, change.new, Op.INSERT)
    if change.new is None:
        return f"<tr><td>{marked}{left}</td><td></td></tr>\n"
    return f"<tr><td>{left}</td><td>{marked}{right}</td></tr>\n"


def _side(change: Change, clause: Clause | None, op: Op) -> str:
    if clause is None:
        return ""
    inside = "".join(html.write_run(kind, segments) for kind, segments in inline(change) if kind in (Op.KEEP, op))
    kind = "level" if clause.level else "item" if clause.block is Block.ITEM else "text"
    return f'<span class="pr-{kind}">{inside}</span>'
