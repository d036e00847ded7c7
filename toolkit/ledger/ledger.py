"""The only way to the database: a few doors, each of which owns its transactions."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from toolkit.ledger.accounts import Accounts
from toolkit.ledger.database import Database
from toolkit.ledger.evidence import Evidence
from toolkit.ledger.keys import Keys
from toolkit.ledger.notices import Notices
from toolkit.ledger.posts import Posts
from toolkit.ledger.responses import Responses
from toolkit.ledger.sending import Sending


def _now() -> datetime:
    return datetime.now(UTC)


class Ledger:
    """Who was told, who has seen. May be shared between threads; a process opens its own."""

    def __init__(self, database: Database, random_bytes: Callable[[int], bytes]) -> None:
        self.accounts = Accounts(database, random_bytes)
        self.notices = Notices(database, random_bytes)
        self.sending = Sending(database, random_bytes)
        self.evidence = Evidence(database)
        self.posts = Posts(database, random_bytes)
        self.responses = Responses(database, self.accounts, random_bytes)
        self.keys = Keys(database, random_bytes)
        self._database = database

    @classmethod
    def open(
        cls,
        url: str,
        *,
        create: bool = True,
        clock: Callable[[], datetime] = _now,
        rehearsal: bool = False,
        random_bytes: Callable[[int], bytes] = secrets.token_bytes,
        folder: Path | None = None,
    ) -> Self:
        """Open a ledger by its URL; make it, or bring it to the newest schema, where needed.

        `clock` dates what is written. Without `create`, `LedgerError` is raised where SQLite has no such file, and
        nothing is made. A `rehearsal` may write only a ledger that was begun in one. `folder` is where the newest seal
        of a PostgreSQL is kept; that of a file stands beside it.
        """
        database = Database.open(
            url, create=create, clock=clock, rehearsal=rehearsal, random_bytes=random_bytes, folder=folder
        )
        return cls(database, random_bytes)

    def close(self) -> None:
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
