"""Where a removed clause is shown: inside the list or table that took the place of the one it stood in. Pure."""

from collections.abc import Iterable

from toolkit.changes.redline import Change, Place
from toolkit.policy.clauses import Container

Homes = dict[Container, Container]
"""Each container of the old text, and the one of the new text that took its place."""


def find_homes(changes: Iterable[Change]) -> Homes:
    """Find the containers that took each other's place: those around a clause that stands in both texts."""
    homes: Homes = {}
    for change in changes:
        if change.old and change.new and change.place is Place.SAME:
            olds, news = change.old.containers, change.new.containers
            if [tag for tag, _ in olds] == [tag for tag, _ in news]:
                homes.update(zip(olds, news, strict=True))
    return homes


def containers_of(change: Change, homes: Homes) -> tuple[Container, ...]:
    """Return the containers that a clause is shown in; one of the old text that is gone gets a number below 0."""
    if change.new:
        return change.new.containers
    return tuple(homes.get(step, (step[0], -step[1])) for step in change.clause.containers)
