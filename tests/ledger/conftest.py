"""One suite of promises, kept on every database that there is."""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ledger.given import by_hand
from toolkit.ledger.ledger import Ledger

POSTGRES = os.environ.get("POLICY_TEST_POSTGRES", "")
"""The URL of a PostgreSQL on which the tests may make schemas; without it, SQLite alone is tested."""

DATABASES = ["sqlite", *(["postgresql"] if POSTGRES else [])]


@pytest.fixture(params=DATABASES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the URL of a database that holds nothing yet."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'ledger.db'}"
        return
    schema = f"test_{secrets.token_hex(6)}"
    by_hand(POSTGRES, f"CREATE SCHEMA {schema}")
    yield f"{POSTGRES}{'&' if '?' in POSTGRES else '?'}options=-csearch_path%3D{schema}"
    by_hand(POSTGRES, f"DROP SCHEMA {schema} CASCADE")


@pytest.fixture
def ledger(url: str) -> Iterator[Ledger]:
    with Ledger.open(url) as opened:
        yield opened
