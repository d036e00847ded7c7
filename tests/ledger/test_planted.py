"""What somebody put in past the toolkit: triggers, indexes, entries it never writes, words that were erased."""
# ruff: noqa: S608 - the statements are ours

from contextlib import suppress

import pytest

from tests.ledger.given import announced, begun, by_hand, notice, outcome, receipt, settle
from toolkit.errors import LedgerError
from toolkit.ledger.entries import Report
from toolkit.ledger.ledger import Ledger
from toolkit.ledger.states import State
from toolkit.ledger.triggers import append_only


@pytest.fixture
def sent(ledger: Ledger) -> Ledger:
    """Give a ledger with a sealed notice: 1 and 2 told."""
    plan = announced(ledger, audience=2).plan
    settle(ledger, begun(ledger, plan), State.ACCEPTED)
    ledger.evidence.seal()
    return ledger


SWALLOW = {
    "sqlite": ("CREATE TRIGGER quiet BEFORE INSERT ON receipts BEGIN SELECT RAISE(IGNORE); END",),
    "postgresql": (
        "CREATE FUNCTION quiet() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
        "CREATE TRIGGER quiet BEFORE INSERT ON receipts FOR EACH ROW EXECUTE FUNCTION quiet()",
    ),
}


def test_a_trigger_that_swallows_evidence_shows(sent: Ledger, url: str) -> None:
    by_hand(url, *SWALLOW["sqlite" if url.startswith("sqlite") else "postgresql"])
    sent.evidence.record_receipts([receipt(1)])
    found = "The trigger, rule, index or table quiet is none of the toolkit's, and may change what is written."
    assert sent.evidence.verify() == (found,)


def test_a_rule_that_swallows_evidence_shows(postgresql_url: str) -> None:
    with Ledger.open(postgresql_url) as ledger:
        by_hand(postgresql_url, "CREATE RULE quiet AS ON INSERT TO receipts DO INSTEAD NOTHING")
        assert "table quiet is none of the toolkit's" in " ".join(ledger.evidence.verify())


UNIQUE = "CREATE UNIQUE INDEX quiet ON receipts (policy)"


def test_an_index_that_would_refuse_evidence_shows_and_swallows_none(sent: Ledger, url: str) -> None:
    by_hand(url, UNIQUE)
    sent.evidence.record_receipts([receipt(1)])
    with pytest.raises(LedgerError):
        sent.evidence.record_receipts([receipt(2)])
    assert "table quiet is none of the toolkit's" in " ".join(sent.evidence.verify())


def test_a_database_that_passes_over_its_triggers_shows(postgresql_url: str) -> None:
    with Ledger.open(postgresql_url) as ledger:
        assert ledger.evidence.verify() == ()
    replica = f"{postgresql_url}%20-csession_replication_role%3Dreplica"
    with Ledger.open(replica) as ledger:
        assert "session_replication_role is not 'origin'" in " ".join(ledger.evidence.verify())


AT = "'2026-11-23 09:00:00'"
LAST = ", NULL, NULL)"
NEVER_WRITTEN = {
    "an unknown kind of receipt": (
        f"INSERT INTO receipts VALUES (99, 'privacy', 1, '1.0.0', 1000000000000, 'bogus', '', '', {AT}, {AT}{LAST}",
        "Row 99 of receipts is 'bogus', which is none.",
    ),
    "a rank that is another version's": (
        f"INSERT INTO receipts VALUES (99, 'privacy', 1, '9.9.9', 1, 'confirmed', '', '', {AT}, {AT}{LAST}",
        "Row 99 of receipts has a rank that is not its version's.",
    ),
    "a number below one": (
        f"INSERT INTO receipts VALUES (-7, 'privacy', 1, '1.0.0', 1000000000000, 'visited', '', '', {AT}, {AT}{LAST}",
        "Row -7 of receipts was never written by the toolkit: it counts from 1.",
    ),
    "an unknown decision": (
        f"INSERT INTO decisions VALUES (99, 1, 'bogus', NULL, NULL, {AT}, {AT})",
        "Row 99 of decisions is 'bogus', which is none.",
    ),
    "a notice that supersedes itself": (
        f"INSERT INTO decisions VALUES (99, 1, 'superseded', 1, NULL, {AT}, {AT})",
        "Row 99 of decisions names a successor that cannot be one.",
    ),
}


@pytest.mark.parametrize("what", NEVER_WRITTEN)
def test_an_entry_that_no_toolkit_writes_shows_and_stops_nothing(sent: Ledger, url: str, what: str) -> None:
    statement, found = NEVER_WRITTEN[what]
    by_hand(url, statement)
    assert found in sent.evidence.verify()
    with suppress(LedgerError):
        sent.notices.decision(notice().plan)


@pytest.mark.parametrize("table", ["personalizations", "raw_reports"])
def test_words_of_an_erased_account_that_are_put_back_show(sent: Ledger, url: str, table: str) -> None:
    ref = by_hand(url, "SELECT ref FROM deliveries WHERE account = 1")[0][0]
    sent.sending.record_report(Report(source="sendgrid", raw=b"to person1@example.com", outcomes=(outcome(ref),)))
    by_hand(url, f"CREATE TABLE kept AS SELECT * FROM {table}")
    sent.accounts.erase("client-1")
    by_hand(url, f"INSERT INTO {table} SELECT * FROM kept WHERE true ON CONFLICT DO NOTHING")
    assert any("was erased" in found for found in sent.evidence.verify())


def test_a_table_that_passes_over_what_it_refuses_shows(sqlite_url: str) -> None:
    with Ledger.open(sqlite_url) as ledger:
        made = by_hand(sqlite_url, "SELECT sql FROM sqlite_master WHERE name = 'receipts'")[0][0]
        other = made.rstrip().removesuffix(")") + ", UNIQUE (policy) ON CONFLICT IGNORE)"
        guards = append_only("receipts", "sqlite")
        by_hand(sqlite_url, "DROP TABLE receipts", other, *guards)
        assert any("table receipts is none of the toolkit's" in found for found in ledger.evidence.verify())
