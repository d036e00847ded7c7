"""The portal's keys: shown once, kept as a digest, valid until they are revoked."""

import pytest

from tests.ledger.given import NOW, by_hand
from toolkit.errors import LedgerError
from toolkit.ledger.acts import Scope
from toolkit.ledger.keys import PREFIX
from toolkit.ledger.ledger import Ledger


def test_a_key_opens_what_it_was_made_for(ledger: Ledger) -> None:
    secret = ledger.keys.create("portal", {Scope.READ})
    found = ledger.keys.find(secret)
    assert secret.startswith(PREFIX)
    assert found is not None
    assert (found.name, found.scopes, found.created_at) == ("portal", frozenset({Scope.READ}), NOW)


@pytest.mark.parametrize("other", ["", "policy_", "policy_x" * 9, "\udcff", "x" * 100_000])
def test_any_other_text_is_no_key(ledger: Ledger, other: str) -> None:
    ledger.keys.create("portal", {Scope.READ})
    assert ledger.keys.find(other) is None


def test_the_ledger_does_not_hold_the_key(ledger: Ledger, url: str) -> None:
    secret = ledger.keys.create("portal", {Scope.READ, Scope.RECORD})
    kept = str(by_hand(url, "SELECT * FROM api_keys"))
    assert secret not in kept
    assert secret.removeprefix(PREFIX) not in kept


def test_a_revoked_key_opens_nothing_and_is_still_listed(ledger: Ledger) -> None:
    secret = ledger.keys.create("portal", {Scope.RECORD})
    ledger.keys.revoke("portal")
    assert ledger.keys.find(secret) is None
    assert [(key.name, key.revoked_at) for key in ledger.keys.list()] == [("portal", NOW)]
    with pytest.raises(LedgerError, match="no valid key"):
        ledger.keys.revoke("portal")
    assert ledger.keys.find(ledger.keys.create("portal", {Scope.READ})) is not None


def test_two_valid_keys_have_two_names(ledger: Ledger) -> None:
    ledger.keys.create("portal", {Scope.READ})
    with pytest.raises(LedgerError, match="there is a key named 'portal'"):
        ledger.keys.create("portal", {Scope.READ})
