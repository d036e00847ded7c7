"""Where a clause's links led before, and where they lead now. Pure."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from toolkit.changes.redline import Change
from toolkit.policy.clauses import Clause, Link


def targets(change: Change) -> Iterator[tuple[str, str]]:
    """Yield what was and what becomes of each link that differs; a side that has none is empty.

    A link that leads where it led is told by its title or, where that is the same too, by its words.
    """
    olds, news = _links(change.old), _links(change.new)
    gone, come = _without(olds, news), _without(news, olds)
    if not gone and not come:
        gone, come = _moved(olds, news)
    for was, becomes in zip_longest(gone, come):
        words = bool(was and becomes) and (was.target, was.title) == (becomes.target, becomes.title)
        yield _told(was, words=words), _told(becomes, words=words)


def _links(clause: Clause | None) -> Sequence[Link]:
    return clause.links if clause else ()


def _without(links: Sequence[Link], others: Sequence[Link]) -> list[Link]:
    """Return the links that are not among the others, each of which answers for one."""
    left = list(others)
    found = []
    for link in links:
        if link in left:
            left.remove(link)
        else:
            found.append(link)
    return found


def _moved(olds: Sequence[Link], news: Sequence[Link]) -> tuple[list[Link], list[Link]]:
    """Return the links that are the same as a set, and stand in another order or on the same words elsewhere."""
    pairs = [pair for pair in zip(olds, news, strict=True) if pair[0] != pair[1]] or list(zip(olds, news, strict=True))
    return [old for old, _ in pairs], [new for _, new in pairs]


def _told(link: Link | None, *, words: bool) -> str:
    if link is None:
        return ""
    title = f" ({link.title})" if link.title else ""
    told = f"{link.target}{title} [{link.text}]" if words else f"{link.target}{title}"
    return " ".join(told.split())
