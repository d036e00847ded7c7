"""Evidence: written once, chained, naming nobody."""

import hmac
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, inspect

from tests.ledger.given import (
    LATER,
    NOW,
    account,
    announce,
    announced,
    begun,
    by_hand,
    disarm,
    notice,
    outcomes,
    planned,
    send,
)
from toolkit.errors import LedgerError
from toolkit.ledger.entries import Kind, Outcome, Receipt, State
from toolkit.ledger.ledger import Ledger
from toolkit.ledger.schema import EVIDENCE

TABLES = [table.name for table in EVIDENCE]


def receipt(number: int, kind: Kind = Kind.CONFIRMED) -> Receipt:
    return Receipt(account=f"client-{number}", policy="privacy", version="2.0.0", kind=kind, recorded_at=NOW)


@pytest.fixture
def full(ledger: Ledger) -> Ledger:
    """Give a ledger that has something of everything, sealed."""
    plan = announced(ledger, audience=5).plan
    attempt = begun(ledger, plan, size=2)
    said = [
        Outcome(account="client-1", state=State.ACCEPTED, answer="250 <person1@example.com>: taken", provider_id="x"),
        Outcome(account="client-2", state=State.REFUSED, answer="550 no Person2@Example.com here"),
    ]
    ledger.settle(attempt, token="mine", outcomes=said, now=NOW)
    send(ledger, plan)
    ledger.record_receipts([receipt(number) for number in range(1, 4)])
    ledger.seal(NOW)
    return ledger


def all_of(url: str, table: str) -> list[Any]:
    return by_hand(url, f"SELECT * FROM {table}")  # noqa: S608 - the table's name is ours


@pytest.mark.parametrize("table", TABLES)
def test_evidence_refuses_to_be_changed_or_deleted(full: Ledger, url: str, table: str) -> None:
    before = all_of(url, table)
    assert before
    column = {"recipients": "place", "outcomes": "answer", "seals": "place"}.get(table, "id")
    for deed in ("UPDATE {0} SET {1} = {1}", "DELETE FROM {0}"):
        with pytest.raises(Exception, match="evidence is append-only"):
            by_hand(url, deed.format(table, column))
    assert all_of(url, table) == before


def test_the_toolkit_itself_says_so_in_one_sentence(full: Ledger) -> None:
    with pytest.raises(LedgerError, match="evidence cannot be changed"), full._database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM receipts")


def test_sqlite_does_not_let_evidence_be_replaced(tmp_path: Path) -> None:
    with Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}") as ledger:
        announced(ledger)
        replace = "INSERT OR REPLACE INTO notices SELECT * FROM notices"
        with pytest.raises(LedgerError, match="cannot be changed"), ledger._database.writing() as connection:
            connection.exec_driver_sql(replace)


def test_no_personal_value_stands_in_any_evidence(full: Ledger, url: str) -> None:
    for table in (*TABLES, "accounts", "deliveries"):
        for row in all_of(url, table):
            shown = " ".join(map(str, row)).lower()
            assert "example.com" not in shown
            assert "person" not in shown
            assert "client-" not in shown


def test_personal_values_stand_in_one_table_only(full: Ledger, url: str) -> None:
    engine = create_engine(url)
    names = {
        table: {column["name"] for column in inspect(engine).get_columns(table)}
        for table in inspect(engine).get_table_names()
    }
    engine.dispose()
    holding = [table for table, columns in names.items() if columns & {"email", "name", "salt"}]
    assert holding == ["persons"]


def test_a_mail_servers_answer_is_kept_without_the_address(full: Ledger, url: str) -> None:
    found = by_hand(url, "SELECT text, provider_id FROM outcomes WHERE answer = 1 ORDER BY account")
    assert found == [("250 <address>: taken", "x"), ("550 no <address> here", "")]


def test_the_commitment_proves_the_address_to_whoever_has_the_salt(full: Ledger, url: str) -> None:
    ((salt, commitment),) = by_hand(
        url,
        "SELECT salt, commitment FROM persons JOIN recipients ON recipients.account = persons.account"
        " WHERE id = 'client-1'",
    )
    assert len(salt) == 32
    assert commitment == hmac.new(bytes(salt), b"person1@example.com", "sha256").hexdigest()


def test_randomness_comes_from_outside(url: str) -> None:
    with Ledger.open(url, random_bytes=lambda size: b"\x07" * size) as ledger:
        ledger.record_accounts([account(1)])
    ((salt,),) = by_hand(url, "SELECT salt FROM persons")
    assert bytes(salt) == b"\x07" * 32


def test_sealing_chains_what_is_new_and_nothing_twice(full: Ledger) -> None:
    assert full.verify() == ()
    assert full.seal(LATER) == 0
    full.record_receipts([receipt(4), receipt(5)])
    assert full.seal(LATER) == 2
    assert full.verify() == ()


def test_a_chain_of_many_rows_holds(ledger: Ledger) -> None:
    ledger.record_accounts([account(number) for number in range(2_300)])
    ledger.record_receipts([receipt(number) for number in range(2_300)])
    assert ledger.seal(NOW) == 2_300
    assert ledger.verify() == ()


def test_an_empty_chain_is_intact(ledger: Ledger) -> None:
    assert (ledger.seal(NOW), ledger.head(), ledger.verify()) == (0, "", ())


@pytest.mark.parametrize(
    ("table", "change", "finding"),
    [
        ("receipts", "UPDATE receipts SET version = '3.0.0' WHERE id = 2", "Row 2 of receipts was changed"),
        ("receipts", "DELETE FROM receipts WHERE id = 2", "Row 2 of receipts, sealed at link"),
        ("notices", "UPDATE notices SET sender = 'Them'", "Row 1 of notices was changed"),
        ("variants", "UPDATE variants SET text = 'Other' WHERE place = 1", "Row 2 of variants was changed"),
        ("attempts", "UPDATE attempts SET host = 'there' WHERE id = 1", "Row 1 of attempts was changed"),
        ("answers", "UPDATE answers SET attempt = 2 WHERE id = 1", "Row 1 of answers was changed"),
        ("recipients", "UPDATE recipients SET account = 5 WHERE account = 2", "recipients of row 1 of attempts"),
        ("recipients", "DELETE FROM recipients WHERE account = 2", "recipients of row 1 of attempts"),
        ("outcomes", "UPDATE outcomes SET state = 'accepted' WHERE account = 2", "outcomes of row 1 of answers"),
        ("seals", "UPDATE seals SET row_digest = digest WHERE place = 2", "Link 2 of the chain was changed"),
        ("seals", "UPDATE seals SET digest = row_digest WHERE place = 2", "Link 2 of the chain was changed"),
        (
            "seals",
            "UPDATE seals SET sealed_at = '2020-01-01 00:00:00' WHERE place = 2",
            "Link 2 of the chain was changed",
        ),
        ("seals", "DELETE FROM seals WHERE place = 2", "Link 2 of the chain is missing"),
    ],
)
def test_tampering_shows(full: Ledger, url: str, table: str, change: str, finding: str) -> None:
    disarm(url, table, change)
    assert finding in " ".join(full.verify())


def test_a_forged_row_that_is_sealed_again_breaks_the_chain_where_it_stands(full: Ledger, url: str) -> None:
    disarm(url, "receipts", "UPDATE receipts SET version = '3.0.0' WHERE id = 1")
    place = by_hand(url, "SELECT place FROM seals WHERE source = 'receipts' AND seals.row = 1")[0][0]
    first, *_ = full.verify()
    assert first == f"Row 1 of receipts was changed after it was sealed at link {place}."


def test_a_chain_cut_at_its_end_shows_only_against_a_link_kept_elsewhere(full: Ledger, url: str) -> None:
    kept = full.head()
    disarm(url, "receipts", "DELETE FROM receipts WHERE id = (SELECT max(id) FROM receipts)")
    disarm(url, "seals", "DELETE FROM seals WHERE place = (SELECT max(place) FROM seals)")
    assert full.verify() == ()
    assert full.verify(anchor=kept) == (f"The chain no longer holds the link {kept}.",)


def test_erasing_a_person_leaves_the_chain_verifiable(full: Ledger, url: str) -> None:
    kept = full.head()
    for number in range(1, 6):
        full.erase(f"client-{number}")
    assert by_hand(url, "SELECT count(*) FROM persons") == [(0,)]
    assert by_hand(url, "SELECT count(*) FROM recipients") == [(5,)]
    assert full.verify(anchor=kept) == ()


def test_a_correction_is_a_new_entry(ledger: Ledger, url: str) -> None:
    plan = announced(ledger, audience=1).plan
    attempt = begun(ledger, plan)
    ledger.settle(attempt, token="mine", outcomes=outcomes(attempt, State.UNKNOWN), now=NOW)
    ledger.seal(NOW)
    ledger.resolve(attempt, outcomes(attempt), now=NOW + timedelta(days=1))
    ledger.seal(LATER)
    assert by_hand(url, "SELECT state FROM outcomes ORDER BY answer") == [("unknown",), ("accepted",)]
    assert ledger.verify() == ()


def test_instants_read_back_as_the_same_moment(ledger: Ledger) -> None:
    there = NOW.astimezone(tz=None).replace(microsecond=123_456)
    announce(ledger, notice(planned_at=there), planned())
    found = ledger.notice(notice().plan).planned_at
    assert (found, found.utcoffset()) == (there, timedelta(0))
