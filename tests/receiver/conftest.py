"""One service, on every database that there is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ledger.conftest import postgresql, schema_of_its_own
from tests.ledger.given import NOW
from tests.receiver.house import CONSENT, FIRST, SECOND, THIRD, House, made
from toolkit.ledger.ledger import Ledger

__all__ = ["postgresql"]


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
    if request.param == "sqlite":
        with Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}", clock=lambda: NOW) as opened:
            yield opened
        return
    with (
        schema_of_its_own(request.getfixturevalue("postgresql")) as url,
        Ledger.open(url, clock=lambda: NOW, folder=tmp_path) as opened,
    ):
        yield opened


@pytest.fixture
def house(ledger: Ledger, tmp_path: Path) -> Iterator[House]:
    """Give a service of three versions, with mails about the newest handed over to three accounts."""
    found = made(tmp_path / "project", ledger)
    found.tell(1, 2, 3)
    with found.serving():
        yield found


@pytest.fixture
def asking(ledger: Ledger, tmp_path: Path) -> Iterator[House]:
    """Give a service whose newest version asks for consent."""
    found = made(tmp_path / "project", ledger, FIRST, SECOND, THIRD, CONSENT)
    found.tell(1, 2, 3)
    with found.serving():
        yield found
