"""How far a version has come, counted by account, and whom it did not reach."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from tests.ledger.given import NOW, account, announce, begun, heard, notice, outcome, planned, receipt, settle
from toolkit.ledger.acts import Acts
from toolkit.ledger.entries import Receipt, ReceiptKind
from toolkit.ledger.ledger import Ledger
from toolkit.ledger.states import State

HONG_KONG = timedelta(hours=8)


def covered(ledger: Ledger, version: str = "2.0.0") -> Mapping[str, int]:
    found: dict[str, int] = {}
    for each in ledger.evidence.coverage("privacy", version):
        found[each.what] = found.get(each.what, 0) + each.accounts
    return found


def told(ledger: Ledger) -> tuple[str, ...]:
    ledger.accounts.record([account(number, language="zh-Hant" if number > 3 else "en") for number in range(1, 6)])
    plan = announce(ledger, notice(), planned(1, 2, 3, 4, 5)).plan
    attempt = begun(ledger, plan)
    settle(ledger, attempt, State.ACCEPTED)
    return attempt.refs


def test_each_account_counts_once_for_each_thing_by_its_language_and_day(ledger: Ledger) -> None:
    one, two, *_ = told(ledger)
    heard(ledger, outcome(one, State.DELIVERED, happened_at=NOW + timedelta(days=1)), outcome(two, State.BOUNCED))
    ledger.responses.record(Acts(receipts=(receipt(1), receipt(1, ReceiptKind.VISITED), receipt(4))))
    found = {
        (each.what, each.language, each.day): each.accounts for each in ledger.evidence.coverage("privacy", "2.0.0")
    }
    day = NOW.date()
    assert found == {
        ("told", "en", day): 2,
        ("told", "zh-Hant", day): 2,
        ("delivered", "en", day + timedelta(days=1)): 1,
        ("bounced", "en", day): 1,
        ("confirmed", "en", day): 1,
        ("confirmed", "zh-Hant", day): 1,
        ("visited", "en", day): 1,
    }


def test_a_day_is_the_policys_own(ledger: Ledger) -> None:
    told(ledger)
    late = NOW.replace(hour=20)

    def local(instant: datetime) -> date:
        return (instant + HONG_KONG).date()

    ledger.responses.record(Acts(receipts=(replace_at(late),)))
    days = {each.day for each in ledger.evidence.coverage("privacy", "2.0.0", local) if each.what == "confirmed"}
    assert days == {NOW.date() + timedelta(days=1)}


def replace_at(at: datetime) -> Receipt:

    return replace(receipt(1), happened_at=at)


def test_an_account_of_two_notices_counts_by_the_one_that_came_furthest(ledger: Ledger) -> None:
    ledger.accounts.record([account(1)])
    ledger.sending.cancel(announce(ledger, notice(), planned(1)).plan)
    assert covered(ledger) == {"cancelled": 1}
    again = announce(ledger, notice("b"), planned(1)).plan
    settle(ledger, begun(ledger, again), State.ACCEPTED)
    assert covered(ledger) == {"told": 1}


def test_of_a_version_nobody_was_told_of_there_is_nothing(ledger: Ledger) -> None:
    told(ledger)
    assert covered(ledger, "9.0.0") == {}


def test_who_was_not_reached_is_listed_with_what_was_said_and_without_the_erased(ledger: Ledger) -> None:
    one, two, three, *_ = told(ledger)
    heard(ledger, outcome(one, State.BOUNCED, text="bounce: 550 no such user"))
    heard(ledger, outcome(two, State.DROPPED, text="dropped: Bounced Address"), outcome(three, State.BOUNCED))
    ledger.accounts.erase("client-3")
    found = list(ledger.evidence.unreached("privacy"))
    assert [(each.account, each.version, each.state, each.text) for each in found] == [
        ("client-1", "2.0.0", State.BOUNCED, "bounce: 550 no such user"),
        ("client-2", "2.0.0", State.DROPPED, "dropped: Bounced Address"),
    ]


def test_only_the_newest_notice_counts(ledger: Ledger) -> None:
    one, *_ = told(ledger)
    heard(ledger, outcome(one, State.BOUNCED))
    later = announce(ledger, notice("c", version="3.0.0"), planned(1)).plan
    settle(ledger, begun(ledger, later), State.ACCEPTED)
    assert list(ledger.evidence.unreached("privacy")) == []


def test_who_has_seen_it_all_the_same_and_what_was_withdrawn_is_no_work_left(ledger: Ledger) -> None:
    one, two, *_ = told(ledger)
    heard(ledger, outcome(one, State.BOUNCED), outcome(two, State.BOUNCED))
    ledger.responses.record(Acts(receipts=(receipt(1), receipt(2, ReceiptKind.VISITED))))
    assert [each.account for each in ledger.evidence.unreached("privacy")] == ["client-2"]
    assert list(ledger.evidence.unreached("privacy", withdrawn=("2.0.0",))) == []
