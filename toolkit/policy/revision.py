"""A revision: a commit that touches a policy's file. Pure."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, kw_only=True, slots=True)
class Revision:
    """A commit that touches a policy. `landed_on` is the commit's date in the policy's time zone.

    `dated_on` is what the commit says itself, where that lies ahead and so cannot be; `earliest_on` is then the day
    before which it cannot have landed.
    """

    commit: str
    landed_on: date
    path: str
    blob: str
    source: bytes = field(repr=False)
    subject: str = ""
    dated_on: date | None = None
    earliest_on: date | None = None

    @property
    def short(self) -> str:
        return self.commit[:10]
