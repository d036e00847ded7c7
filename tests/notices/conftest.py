from collections.abc import Iterator

import pytest

from tests.notices.world import World


@pytest.fixture(autouse=True)
def closed_ledgers() -> Iterator[None]:
    """Close every ledger that a test opened, and every way out that it took."""
    yield
    while World.ways:
        World.ways.pop().close()
    while World.opened:
        World.opened.pop().ledger.close()
