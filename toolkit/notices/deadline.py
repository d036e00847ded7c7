"""How much notice customers get: counted from the last planned mail to the day the version binds. Pure.

A late notice is still owed. So lateness is said, and nothing is refused for it unless the settings ask for that.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from toolkit.errors import NoticeError

LONGEST = timedelta(days=3_650)
"""No forecast goes further."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Deadline:
    """What a notice leaves its readers: `period` days are owed before a version binds.

    Its last mail leaves on `last_on`.
    """

    version: str
    period: int
    effective: date
    last_on: date

    @property
    def days_left(self) -> int:
        """Days from the last mail to the day the version binds; negative once it does."""
        return (self.effective - self.last_on).days

    @property
    def missing(self) -> int:
        """How many days of the period are missing; 0 where the notice is in time."""
        return max(0, self.period - max(0, self.days_left))

    def __str__(self) -> str:
        verb = "is" if self.missing == 1 else "are"
        missing = f"{_days(self.missing)} of the {_days(self.period)} of notice {verb} missing"
        if self.days_left < 0:
            return f"late: version {self.version} has applied for {_days(-self.days_left)}; {missing}"
        return f"late for version {self.version}: {missing}"


def worst_of(deadlines: Iterable[Deadline]) -> Deadline:
    """Return the deadline that misses most days, and of those the one that leaves least."""
    return max(deadlines, key=lambda each: (each.missing, -each.days_left))


def _days(number: int) -> str:
    return f"{number} day{'' if number == 1 else 's'}"


def refuse_late(deadline: Deadline, *, refuse: bool) -> None:
    """Raise `NoticeError` where a notice comes late and the settings `refuse` that."""
    if refuse and deadline.missing:
        raise NoticeError(
            f"the notice comes {deadline}.",
            where="refuse_late",
            mend="Move 'effective', or take 'refuse_late' out of the settings: a late notice is still owed.",
        )


def forecast_end(left: int, *, per_second: float, now: datetime) -> datetime | None:
    """Return when so many deliveries will have ended at a rate; None where that cannot be said."""
    if not left:
        return now
    if per_second <= 0 or left / per_second > LONGEST.total_seconds():
        return None
    return now + timedelta(seconds=left / per_second)
