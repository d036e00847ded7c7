"""A length of time as people write it: `3 years`, `18 months`, `90 days`. Pure."""

import calendar
import re
from dataclasses import dataclass
from datetime import MAXYEAR, date, timedelta

_PERIOD = re.compile(r"([1-9][0-9]{0,4}) (year|month|day)s?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Period:
    """So many months, and so many days."""

    months: int = 0
    days: int = 0

    def before(self, day: date) -> date:
        """Return the day that lies a period before another. Where its month is too short, its last day."""
        months = day.year * 12 + day.month - 1 - self.months
        year, month = max(1, months // 12), months % 12 + 1
        last = calendar.monthrange(year, month)[1]
        return date(year, month, min(day.day, last)) - timedelta(days=self.days)

    def after(self, day: date) -> date:
        """Return the day that lies a period after another. Where its month is too short, its last day."""
        months = day.year * 12 + day.month - 1 + self.months
        year, month = min(MAXYEAR, months // 12), months % 12 + 1
        last = calendar.monthrange(year, month)[1]
        return date(year, month, min(day.day, last)) + timedelta(days=self.days)


def parse_period(text: str) -> Period:
    """Read a period. Raises `ValueError` for anything else."""
    match = _PERIOD.fullmatch(text.strip())
    if not match:
        raise ValueError(f"'{text}' is not a period like 3 years, 18 months or 90 days.")
    count = int(match[1])
    if match[2] == "day":
        return Period(days=count)
    return Period(months=count * (12 if match[2] == "year" else 1))
