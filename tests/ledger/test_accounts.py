"""Accounts: imported again and again, counted, erased."""

from datetime import date

import pytest

from tests.ledger.given import account, announced, begun, by_hand, claim, counted, settle
from toolkit.errors import LedgerError
from toolkit.ledger.entries import Account, Tally
from toolkit.ledger.ledger import Ledger
from toolkit.ledger.states import State


def stored(ledger: Ledger, number: int = 1) -> Account:
    return ledger.accounts.standing("privacy", f"client-{number}").account


def test_importing_the_same_accounts_again_changes_nothing(ledger: Ledger) -> None:
    given = [account(number) for number in range(2_500)]
    assert ledger.accounts.record(given) == Tally(added=2_500)
    assert ledger.accounts.record(given) == Tally(unchanged=2_500)
    assert ledger.accounts.count() == 2_500


def test_an_account_comes_back_as_it_was_given(ledger: Ledger) -> None:
    given = account(1, name="陳大文, Jr. 😀", language="zh-Hant", closed=date(2025, 2, 28), restricted=True)
    ledger.accounts.record([given])
    assert stored(ledger) == given


@pytest.mark.parametrize(
    "other",
    [
        {"email": "new@example.com"},
        {"name": "New"},
        {"language": "zh-Hant"},
        {"created": date(2020, 1, 1)},
        {"closed": date(2026, 1, 1)},
        {"restricted": True},
    ],
)
def test_a_change_of_any_field_is_taken_over(ledger: Ledger, other: dict[str, object]) -> None:
    ledger.accounts.record([account(1), account(2)])
    assert ledger.accounts.record([account(1, **other), account(2)]) == Tally(changed=1, unchanged=1)
    assert stored(ledger) == account(1, **other)


def test_the_last_of_two_rows_with_one_id_wins(ledger: Ledger) -> None:
    assert ledger.accounts.record([account(1), account(2), account(1, name="Last")]) == Tally(added=2)
    assert stored(ledger).name == "Last"


def test_an_import_happens_as_a_whole_or_not_at_all(ledger: Ledger) -> None:
    broken = account(9, name=None)
    with pytest.raises(LedgerError):
        ledger.accounts.record([account(1), broken])
    assert ledger.accounts.count() == 0


def test_an_erased_account_is_gone_and_an_import_makes_a_new_one(ledger: Ledger, url: str) -> None:
    ledger.accounts.record([account(1)])
    ledger.accounts.erase("client-1")
    assert ledger.accounts.count() == 0
    assert by_hand(url, "SELECT * FROM persons") == []
    with pytest.raises(LedgerError, match="no account 'client-1'"):
        stored(ledger)
    assert ledger.accounts.record([account(1)]) == Tally(added=1)
    assert by_hand(url, "SELECT account FROM persons") == [(2,)]


def test_an_unknown_account_cannot_be_erased(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="no account 'client-1'"):
        ledger.accounts.erase("client-1")


def test_a_changed_address_takes_a_held_delivery_back(ledger: Ledger) -> None:
    plan = announced(ledger).plan
    claim(ledger, plan)
    ledger.accounts.record([account(2, email="moved@example.com")])
    assert counted(ledger, plan) == {State.CLAIMED: 2, State.PENDING: 1}
    assert [held.account.email for held in claim(ledger, plan)] == ["moved@example.com"]


def test_a_begun_delivery_is_not_taken_back_and_can_be_settled_after_an_erasure(ledger: Ledger) -> None:
    plan = announced(ledger).plan
    attempt = begun(ledger, plan)
    ledger.accounts.record([account(2, email="moved@example.com")])
    ledger.accounts.erase("client-1")
    settle(ledger, attempt, State.ACCEPTED)
    assert counted(ledger, plan) == {State.ACCEPTED: 3}


def test_erasing_takes_back_what_a_sender_holds(ledger: Ledger, url: str) -> None:
    plan = announced(ledger).plan
    claim(ledger, plan)
    ledger.accounts.erase("client-2")
    assert counted(ledger, plan) == {State.CLAIMED: 2, State.PENDING: 1}
    assert by_hand(url, "SELECT claim, lease_until FROM deliveries WHERE account = 2") == [(None, None)]
