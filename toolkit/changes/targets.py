"""Where a clause's links led before, and where they lead now. Pure."""

from collections.abc import Iterator

from toolkit.changes.redline import Change


def targets(change: Change) -> Iterator[str]:
    """Yield `old → new` for each link of a clause that leads elsewhere."""
    olds = [link.target for link in change.old.links] if change.old else []
    news = [link.target for link in change.new.links] if change.new else []
    for at in range(max(len(olds), len(news))):
        was, becomes = (side[at] if at < len(side) else "nothing" for side in (olds, news))
        if was != becomes:
            yield f"{was} → {becomes}"
