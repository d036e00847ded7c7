"""One suite of promises, kept on every database that there is."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.ledger.given import NOW, Clock, by_hand
from tests.postgres import server
from toolkit.ledger.ledger import Ledger


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """Give the URL of a real PostgreSQL, started for the tests or named by `POLICY_TEST_POSTGRES`."""
    with server() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give the URL of a database that holds nothing yet."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'ledger.db'}"
        return
    with schema_of_its_own(request.getfixturevalue("postgresql")) as made:
        yield made


@contextmanager
def schema_of_its_own(postgresql: str) -> Iterator[str]:
    schema = f"test_{secrets.token_hex(6)}"
    by_hand(postgresql, f"CREATE SCHEMA {schema}")
    yield f"{postgresql}{'&' if '?' in postgresql else '?'}options=-csearch_path%3D{schema}"
    by_hand(postgresql, f"DROP SCHEMA {schema} CASCADE")


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
def ledger(url: str, clock: Clock) -> Iterator[Ledger]:
    with Ledger.open(url, clock=clock) as opened:
        yield opened


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """For what only SQLite does."""
    return f"sqlite:///{tmp_path / 'ledger.db'}"


@pytest.fixture
def postgresql_url(postgresql: str) -> Iterator[str]:
    """For what only PostgreSQL does: the URL of a database that holds nothing yet."""
    with schema_of_its_own(postgresql) as url:
        yield url
