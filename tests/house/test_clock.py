"""The clock: begun before anything it dates, and never going back."""

from datetime import UTC, datetime, timedelta

import pytest

from toolkit.clock import Clock
from toolkit.errors import SettingsError


def test_an_instant_that_was_given_runs_on_and_is_a_rehearsal() -> None:
    steady = iter([5.0, 5.0, 7.5])
    clock = Clock(began=datetime(2026, 12, 1, tzinfo=UTC), rehearsal=True, steady=lambda: next(steady))

    assert [clock.now() - clock.began for _ in range(2)] == [timedelta(0), timedelta(seconds=2.5)]


def test_the_environment_may_give_the_instant() -> None:
    clock = Clock.read({"POLICY_NOW": "2026-12-01T09:00:00+08:00"})

    assert (clock.began, clock.rehearsal) == (datetime(2026, 12, 1, 1, tzinfo=UTC), True)


def test_without_one_it_is_now_and_no_rehearsal() -> None:
    before = datetime.now(UTC)
    clock = Clock.read({})

    assert before <= clock.began <= clock.now()
    assert not clock.rehearsal


@pytest.mark.parametrize("said", ["tomorrow", "2026-12-01T09:00:00"])
def test_what_is_no_instant_is_refused(said: str) -> None:
    with pytest.raises(SettingsError, match="is not an instant"):
        Clock.read({"POLICY_NOW": said})
