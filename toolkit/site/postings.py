"""History -> Postings: the versions that the public may know of on a day, with their addresses. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from toolkit.policy.version import History, Status, Version


@dataclass(frozen=True, kw_only=True)
class Posting:
    """A version as it is posted on a day. Addresses are paths below the site's own.

    `home` is the address of the policy's current text. `previous` is what the public read before; None for
    the first. `last_on` is the last day on which a superseded version bound.
    """

    version: Version
    status: Status
    home: str
    previous: Version | None
    last_on: date | None

    @property
    def number(self) -> str:
        return str(self.version.number)

    @property
    def address(self) -> str:
        """The version's permanent address, from the day it is published."""
        return f"{self.home}{self.number}/"

    @property
    def changes(self) -> str:
        """The address of the redline against `previous`; empty for the first version."""
        return f"{self.address}changes/" if self.previous else ""


def post(history: History, *, on: date, home: str) -> tuple[Posting, ...]:
    """Return what is posted of a policy on a day, newest number first.

    A withdrawn version stays, for its address was public; one that was withdrawn before its published date never
    was. A scheduled version is left out, as a neighbour too.
    """
    announced = history.announced(on)
    shown = [v for v in history.versions if v in announced or history.was_withdrawn(v, on)]
    return tuple(
        Posting(
            version=version,
            status=history.status(version, on),
            home=home,
            previous=_previous(announced, version),
            last_on=_last_on(history, announced, version, on),
        )
        for version in reversed(shown)
    )


def _previous(announced: Sequence[Version], version: Version) -> Version | None:
    """Return the next lower number; unlike `History.previous`, nothing that is not announced yet."""
    lower = [v for v in announced if v.number < version.number]
    return lower[-1] if lower else None


def _last_on(history: History, announced: Sequence[Version], version: Version, on: date) -> date | None:
    if history.status(version, on) is not Status.SUPERSEDED:
        return None
    later = next(v for v in announced if v.number > version.number)
    return later.effective - timedelta(days=1)
