"""Announcing: an audience frozen once, and nobody in two of them."""

import pytest

from tests.ledger.given import NOW, VARIANTS, account, announce, announced, begun, claim, counted, notice, planned, send
from toolkit.errors import LedgerError
from toolkit.ledger.ledger import Ledger
from toolkit.ledger.states import State


def test_a_notice_comes_back_with_its_exact_texts(ledger: Ledger) -> None:
    announced(ledger)
    assert ledger.notices.find(notice().plan) == notice()
    assert ledger.notices.variants(notice().plan) == VARIANTS


def test_the_counts_have_every_state_and_add_up_to_the_audience(ledger: Ledger) -> None:
    plan = announced(ledger, audience=5).plan
    claim(ledger, plan, size=2)
    counts = ledger.notices.counts(plan)
    assert [count.state for count in counts] == list(State)
    assert sum(count.deliveries for count in counts) == 5


def test_the_same_plan_again_changes_nothing(ledger: Ledger) -> None:
    plan = announced(ledger).plan
    begun(ledger, plan, size=1)
    announce(ledger, notice(), planned(1, 2, 3))
    assert counted(ledger, plan) == {State.CLAIMED: 1, State.PENDING: 2}
    assert len(ledger.notices.newest_first()) == 1


def test_a_new_plan_cancels_an_earlier_one_that_has_not_begun(ledger: Ledger) -> None:
    first = announced(ledger)
    announce(ledger, notice("b"), planned(1, 2))
    assert counted(ledger, first.plan) == {State.CANCELLED: 3}
    assert counted(ledger, notice("b").plan) == {State.PENDING: 2}


def test_a_plan_that_was_superseded_can_be_the_wanted_one_again(ledger: Ledger) -> None:
    first = announced(ledger)
    announce(ledger, notice("b"), planned(1, 2))
    announce(ledger, first, planned(1, 2, 3))
    assert counted(ledger, first.plan) == {State.PENDING: 3}
    assert counted(ledger, notice("b").plan) == {State.CANCELLED: 2}


def test_a_notice_of_another_version_or_policy_is_left_alone(ledger: Ledger) -> None:
    first = announced(ledger)
    announce(ledger, notice("b", version="3.0.0"), planned(1))
    announce(ledger, notice("c", policy="terms"), planned(1))
    assert counted(ledger, first.plan) == {State.PENDING: 3}


def test_a_begun_notice_goes_on_and_another_may_tell_only_the_others(ledger: Ledger) -> None:
    first = announced(ledger)
    begun(ledger, first.plan, size=1)
    ledger.accounts.record([account(4)])
    announce(ledger, notice("b"), planned(4))
    assert counted(ledger, first.plan) == {State.CLAIMED: 1, State.PENDING: 2}
    assert counted(ledger, notice("b").plan) == {State.PENDING: 1}


@pytest.mark.parametrize("state", [State.ACCEPTED, State.REFUSED, State.UNKNOWN])
def test_nobody_is_told_of_one_version_by_two_notices(ledger: Ledger, state: State) -> None:
    first = announced(ledger)
    send(ledger, first.plan, state)
    with pytest.raises(LedgerError, match=f"account 'client-2' has a delivery of privacy 2.0.0: {state}"):
        announce(ledger, notice("b"), planned(2))
    assert [known.plan for known in ledger.notices.newest_first()] == [first.plan]


def test_who_was_skipped_may_be_in_a_later_notice(ledger: Ledger) -> None:
    first = announced(ledger)
    ledger.accounts.record([account(2, restricted=True)])
    send(ledger, first.plan)
    ledger.accounts.record([account(2)])
    announce(ledger, notice("b"), planned(2))
    assert [held.account.id for held in claim(ledger, notice("b").plan)] == ["client-2"]


def test_a_refused_announcement_leaves_nothing_behind(ledger: Ledger) -> None:
    first = announced(ledger)
    for wrong in ([*planned(1), *planned(99)], [*planned(1), *planned(1)], planned(1, variant=2)):
        with pytest.raises(LedgerError):
            announce(ledger, notice("b"), wrong)
    assert counted(ledger, first.plan) == {State.PENDING: 3}
    assert len(ledger.notices.newest_first()) == 1


def test_a_notice_is_found_by_a_beginning_that_fits_only_one(ledger: Ledger) -> None:
    announced(ledger)
    announce(ledger, notice(plan="ab" * 32, version="3.0.0"), [])
    announce(ledger, notice(plan="ab" * 16 + "cd" * 16, version="4.0.0"), [])
    assert ledger.notices.find("a" * 8) == notice()
    with pytest.raises(LedgerError, match="2 notices"):
        ledger.notices.find("ab" * 4)
    with pytest.raises(LedgerError, match="too short"):
        ledger.notices.find("a" * 7)
    with pytest.raises(LedgerError, match="no notice"):
        ledger.notices.find("%" * 8)


def test_notices_are_listed_newest_first(ledger: Ledger) -> None:
    for number, plan in enumerate("abc"):
        announce(ledger, notice(plan, version=f"{number + 1}.0.0", planned_at=NOW.replace(hour=number)), [])
    assert [known.version for known in ledger.notices.newest_first()] == ["3.0.0", "2.0.0", "1.0.0"]


def test_a_version_that_is_no_number_is_refused(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match=r"'2\.0' is not a version number"):
        announce(ledger, notice(version="2.0"), [])


def test_an_instant_without_a_time_zone_is_refused(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="no time zone"):
        announce(ledger, notice(planned_at=NOW.replace(tzinfo=None)), [])


def test_an_audience_of_another_size_than_planned_is_refused(ledger: Ledger) -> None:
    announced(ledger)
    with pytest.raises(LedgerError, match="the plan tells 2 accounts, and 3 are given"):
        ledger.notices.announce(notice("b", audience=2), VARIANTS, planned(1, 2, 3))
    assert counted(ledger, notice().plan) == {State.PENDING: 3}


def test_the_notice_that_was_announced_again_is_the_newest(ledger: Ledger) -> None:
    first = announced(ledger, audience=1)
    ledger.accounts.record([account(2)])
    second = announce(ledger, notice("b"), planned(1, 2))
    assert [known.plan for known in ledger.notices.newest_first()] == [second.plan, first.plan]
    ledger.notices.announce(first, VARIANTS, planned(1))
    assert [known.plan for known in ledger.notices.newest_first()] == [first.plan, second.plan]
