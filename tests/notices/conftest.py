from collections.abc import Iterator

import pytest

from tests.notices.world import World


@pytest.fixture(autouse=True)
def closed_ledgers() -> Iterator[None]:
    """Close every ledger that a test opened."""
    yield
    while World.opened:
        World.opened.pop().ledger.close()
