"""A period as people write it, and the day that lies one before another."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.periods import Period, parse_period


@pytest.mark.parametrize(
    ("text", "day", "before"),
    [
        ("3 years", date(2026, 12, 2), date(2023, 12, 2)),
        ("1 year", date(2028, 2, 29), date(2027, 2, 28)),
        ("18 months", date(2026, 12, 31), date(2025, 6, 30)),
        ("1 month", date(2026, 3, 31), date(2026, 2, 28)),
        ("90 days", date(2026, 3, 31), date(2025, 12, 31)),
    ],
)
def test_a_period_is_counted_back_as_the_calendar_has_it(text: str, day: date, before: date) -> None:
    assert parse_period(text).before(day) == before


@pytest.mark.parametrize("text", ["", "3", "three years", "0 days", "-1 year", "3 weeks", "3 years and 2 months"])
def test_what_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a period like 3 years"):
        parse_period(text)


@given(st.integers(1, 400), st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_a_longer_period_never_ends_later(months: int, day: date) -> None:
    assert Period(months=months).before(day) >= Period(months=months + 1).before(day)
    assert Period(months=months).before(day) <= Period(months=months).before(day + timedelta(days=1))
    assert Period(months=months).before(day) < day
