"""Receipts from a CSV file: every row is a receipt or says why it is none."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.repositories import policy_text
from toolkit.intake.receipts import read_receipts
from toolkit.intake.tables import BadRow
from toolkit.ledger.entries import Receipt
from toolkit.policy.landing import build_history
from toolkit.policy.revision import Revision

RECEIPTS = "account,version,kind,at\n"
VERSIONS = build_history(
    "privacy",
    [
        Revision(
            commit="1" * 40,
            landed_on=date(2026, 11, 23),
            path="policy/privacy.md",
            blob="1" * 40,
            source=policy_text(number="1.0.0", published="2026-11-23").encode(),
        )
    ],
).versions


def receipts_of(tmp_path: Path, *lines: str) -> list[tuple[int, Receipt] | BadRow]:
    file = tmp_path / "receipts.csv"
    file.write_text(RECEIPTS + "\n".join(lines))
    now = datetime(2026, 12, 31, 1, 0, tzinfo=UTC)
    return list(read_receipts(file, policy="privacy", versions=VERSIONS, now=now))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("10001,9.9.9,confirmed,2026-12-31T09:00:00+08:00", "never released"),
        ("10001,1.0.0,seen,2026-12-31T09:00:00+08:00", "'kind' is none of"),
        ("10001,1.0.0,confirmed,2026-12-31", "'at' is no instant"),
        ("10001,1.0.0,confirmed,0001-01-01T00:00:00+08:00", "'at' is no instant"),
        ("10001,1.0.0,confirmed,9999-12-31T23:59:00-08:00", "'at' is no instant"),
        (",1.0.0,confirmed,2026-12-31T09:00:00+08:00", "id is empty"),
        ("10001,1.0.0,confirmed,2026-12-31T09:00:01+08:00", "'at' lies in the future"),
        ("10001,1.0.0,confirmed,2026-11-22T00:30:00+08:00", "before the version was published on 2026-11-23"),
    ],
)
def test_a_row_that_is_no_receipt_says_why(tmp_path: Path, row: str, said: str) -> None:
    first, second = receipts_of(tmp_path, row, "10002,1.0.0,confirmed,2026-12-31T09:00:00+08:00")
    assert isinstance(first, BadRow)
    assert (first.line, said in first.cause) == (2, True)
    assert not isinstance(second, BadRow)
    assert second[1].source == "receipts.csv"


def test_a_receipt_of_the_morning_of_publication_east_of_greenwich_counts(tmp_path: Path) -> None:
    (found,) = receipts_of(tmp_path, "10001,1.0.0,confirmed,2026-11-23T00:30:00+08:00")
    assert not isinstance(found, BadRow)
