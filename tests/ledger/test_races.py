"""Two at once: whoever comes second sees what the first did, and the record verifies.

On PostgreSQL, for SQLite has one writer.
"""

import threading
from collections.abc import Callable, Iterator

import pytest

from tests.ledger.given import (
    account,
    announce,
    announced,
    begun,
    by_hand,
    claim,
    counted,
    known_later,
    notice,
    outcome,
    planned,
    settle,
)
from toolkit.ledger.entries import Report
from toolkit.ledger.ledger import Ledger
from toolkit.ledger.states import State

ROUNDS = range(12)


def at_once(*deeds: Callable[[], object]) -> list[BaseException]:
    """Do each deed once, all at one time; return what went wrong."""
    wrong: list[BaseException] = []
    start = threading.Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> None:
        start.wait()
        try:
            deed()
        except BaseException as error:  # noqa: BLE001 - whatever it is, the test must see it
            wrong.append(error)

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def verified(ledger: Ledger) -> tuple[str, ...]:
    ledger.evidence.seal()
    return ledger.evidence.verify()


@pytest.fixture
def ledger(postgresql_url: str) -> Iterator[Ledger]:
    with Ledger.open(postgresql_url) as opened:
        yield opened


@pytest.mark.parametrize("_", ROUNDS)
def test_what_did_not_leave_while_its_notice_is_cancelled_is_cancelled(ledger: Ledger, _: int) -> None:
    plan = announced(ledger).plan
    attempt = begun(ledger, plan)
    assert not at_once(lambda: settle(ledger, attempt, State.PENDING), lambda: ledger.sending.cancel(plan))
    assert counted(ledger, plan) == {State.CANCELLED: 3}
    assert verified(ledger) == ()


@pytest.mark.parametrize("_", ROUNDS)
def test_what_did_not_leave_while_its_notice_is_wanted_again_is_wanted(ledger: Ledger, _: int) -> None:
    given = announced(ledger)
    attempt = begun(ledger, given.plan)
    settle(ledger, attempt, State.UNKNOWN)
    ledger.sending.cancel(given.plan)
    assert not at_once(
        lambda: known_later(ledger, attempt, State.PENDING), lambda: announce(ledger, given, planned(1, 2, 3))
    )
    assert counted(ledger, given.plan) == {State.PENDING: 3}
    assert verified(ledger) == ()


@pytest.mark.parametrize("_", ROUNDS)
def test_a_claim_beside_another_announcement_is_of_one_that_stands(ledger: Ledger, _: int) -> None:
    plan = announced(ledger, audience=2).plan
    ledger.accounts.record([account(3)])
    at_once(lambda: claim(ledger, plan, size=1), lambda: announce(ledger, notice("b"), planned(3)))
    assert verified(ledger) == ()


@pytest.mark.parametrize("_", ROUNDS)
def test_who_is_erased_stays_erased_whatever_comes_at_the_same_time(
    ledger: Ledger, postgresql_url: str, _: int
) -> None:
    attempt = begun(ledger, announced(ledger).plan)
    settle(ledger, attempt, State.ACCEPTED)
    said = Report(source="sendgrid", raw=b"to x", outcomes=(outcome(attempt.refs[0], State.DELIVERED),))
    deeds: list[Callable[[], object]] = [
        lambda: ledger.sending.record_report(said),
        lambda: ledger.accounts.withhold_address("client-1"),
        lambda: ledger.accounts.erase("client-1"),
    ]
    assert not at_once(*deeds)
    assert by_hand(postgresql_url, "SELECT count(*) FROM persons WHERE id = 'client-1'") == [(0,)]
    assert verified(ledger) == ()


@pytest.mark.parametrize("_", ROUNDS)
def test_an_import_beside_an_erasure_writes_onto_no_erased_account(ledger: Ledger, _: int) -> None:
    announced(ledger)
    assert not at_once(
        lambda: ledger.accounts.record([account(1, language="zh-Hant")]),
        lambda: ledger.accounts.erase("client-1"),
    )
    assert verified(ledger) == ()
