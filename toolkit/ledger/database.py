"""One database, SQLite or PostgreSQL: opened, brought to the newest schema, read from and written to.

SQLAlchemy's exceptions end here, in `_translated`.
"""

import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Self

from sqlalchemy import Connection, Engine, create_engine, event, func, insert, inspect, select, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from toolkit.errors import LedgerError
from toolkit.ledger import instance, seal
from toolkit.ledger.schema import REVISION, origin

if TYPE_CHECKING:
    from sqlalchemy.engine.interfaces import DBAPIConnection

MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 0x6B766D  # any number will do, as long as every toolkit takes the same
_PATIENCE_S = 30
_NAME_BYTES = 16
_PRIVATE_FILE = 0o600
_PRIVATE_FOLDER = 0o700
_SHAPES = "Write it like sqlite:///build/ledger.db or postgresql://user@host/name."


class Database:
    """The open database. Safe to share between threads; a process opens its own."""

    def __init__(self, engine: Engine, clock: Callable[[], datetime], *, rehearsal: bool, folder: Path | None) -> None:
        self.clock = clock
        self.folder = folder
        self._rehearsal = rehearsal
        self._begun_in_rehearsal = rehearsal
        self._engine = engine
        postgresql = engine.dialect.name == "postgresql"
        self.one_writer = not postgresql
        # One question is answered from one moment, though it is read page by page.
        self._reader = engine.execution_options(isolation_level="REPEATABLE READ") if postgresql else engine
        self._writer = engine.execution_options(begin="BEGIN IMMEDIATE")

    @classmethod
    def open(
        cls,
        url: str,
        *,
        create: bool,
        clock: Callable[[], datetime],
        rehearsal: bool,
        random_bytes: Callable[[int], bytes],
        folder: Path | None = None,
    ) -> Self:
        """Open a database by URL, make it where there is none, and bring it to the newest schema.

        Without `create` a file has to be there. What is made is its owner's only, has a random name, and is marked
        for ever as a rehearsal's if it is one. `folder` is where the newest seal of a PostgreSQL is kept. Raises
        `LedgerError` for a URL of another kind, a file that is no ledger, or a newer schema.
        """
        place = _place(url)
        with _translated(place):
            engine = _engine(place)  # first: a driver that is not there must leave no file behind
            _find_or_make(place, create=create)
            database = cls(engine, clock, rehearsal=rehearsal, folder=folder)
            try:
                database._prepare(random_bytes, create=create)
            except BaseException:
                database.close()
                raise
        return database

    def close(self) -> None:
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one moment of the database and changes nothing."""
        with _translated(self._engine.url), self._reader.connect() as connection:
            yield connection

    @contextmanager
    def writing(self, *, alone: bool = False) -> Iterator[Connection]:
        """Give a connection whose one transaction is committed at the end, or rolled back by an exception.

        `alone` keeps every other such transaction out. On SQLite any writer is alone. Raises `LedgerError` where a
        rehearsal would write into a ledger that was begun without one.
        """
        if self._rehearsal and not self._begun_in_rehearsal:
            raise LedgerError(
                "this ledger is a real one, and POLICY_NOW makes this a rehearsal: nothing is written.",
                where=_shown(self._engine.url),
                mend="Name another ledger with POLICY_LEDGER, or rehearse in another folder.",
            )
        with _translated(self._engine.url), self._writer.begin() as connection:
            if alone and connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            yield connection

    def lease_clock(self, connection: Connection) -> datetime:
        """Return the instant that leases count by: the database's own where senders on many machines share it."""
        if connection.dialect.name != "postgresql":
            return self.clock()
        now: datetime = connection.execute(select(func.clock_timestamp())).scalar_one()
        return now

    def refuse_sending_from_a_rehearsal(self) -> None:
        """Raise `LedgerError` where the clock is real and the ledger a rehearsal's: its people are not to be told."""
        if self._begun_in_rehearsal and not self._rehearsal:
            raise LedgerError(
                "this ledger was begun under POLICY_NOW: it is a rehearsal's, and nothing is sent from it.",
                where=_shown(self._engine.url),
                mend="Begin a ledger without POLICY_NOW, or set POLICY_NOW to go on with the rehearsal.",
            )

    def _prepare(self, random_bytes: Callable[[int], bytes], *, create: bool) -> None:
        if self._engine.dialect.name == "sqlite":
            _write_ahead(self._engine)
        with self.reading() as connection:
            ready = _revision(connection) == REVISION
        settles = not ready and self._migrate(random_bytes, create=create)
        with self.reading() as connection:
            if settles:
                instance.write_head(connection, self.folder)
            self._begun_in_rehearsal = bool(connection.scalar(select(origin.c.rehearsal)))

    def _migrate(self, random_bytes: Callable[[int], bytes], *, create: bool) -> bool:
        """Bring the schema forward. Return whether the ledger found its place just now."""
        with self.reading() as connection:
            if _revision(connection) is not None:  # a rehearsal does not even migrate a ledger that is not its own
                self._begun_in_rehearsal = bool(connection.scalar(select(origin.c.rehearsal)))
            elif not create:
                raise _no_ledger(_shown(self._engine.url))
        with self.writing(alone=True) as connection:
            before = _revision(connection)
            if before == REVISION:  # somebody was quicker
                return False
            if before == _GIVEN_UP:
                raise LedgerError(
                    "the ledger is from before the first release, and its schema was given up.",
                    where=_shown(self._engine.url),
                    mend="Move it away, and bring in the accounts again.",
                )
            _upgrade(connection, now=self.clock(), random_bytes=random_bytes)
            if before is None:
                now = self.clock()
                name = random_bytes(_NAME_BYTES).hex()
                values = {"id": 1, "ledger": name, "rehearsal": self._rehearsal, "happened_at": now, "heard_at": now}
                connection.execute(insert(origin), values)
            settles = not instance.is_settled(connection)
            if settles:
                instance.settle_in(connection, now=self.clock())
            seal.seal(connection, now=self.clock())  # a ledger without any seal has lost them
        return settles


def _place(url: str) -> URL:
    try:
        place = make_url(url)
    except ArgumentError:
        raise LedgerError("the ledger's URL cannot be read.", mend=_SHAPES) from None
    if place.get_backend_name() not in ("sqlite", "postgresql"):
        raise LedgerError(f"a ledger cannot be kept in '{place.get_backend_name()}'.", mend=_SHAPES)
    nowhere = place.database in (None, "", ":memory:") or str(place.database).startswith("file:")
    if place.get_backend_name() == "sqlite" and nowhere:
        raise LedgerError("a ledger needs a file, for it has to be there tomorrow.", mend=_SHAPES)
    return place


def _find_or_make(place: URL, *, create: bool) -> None:
    """Make a private file, and a private folder for it, where there is none. SQLite's own files beside it follow."""
    if place.get_backend_name() != "sqlite" or place.database is None or Path(place.database).exists():
        return
    file = Path(place.database)
    if not create:
        raise _no_ledger(str(file))
    try:
        file.parent.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
    except OSError as error:
        raise LedgerError(f"the ledger's folder cannot be made: {error.strerror}.", where=str(file.parent)) from None
    try:
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, _PRIVATE_FILE))
    except OSError as error:
        what = f"the ledger's file cannot be made: {error.strerror}."
        raise LedgerError(what, where=str(file), mend="Check its name and permissions.") from None


def _no_ledger(where: str) -> LedgerError:
    return LedgerError(f"there is no ledger at {where}.", mend="Bring in accounts first: 'policy accounts import'.")


def _engine(place: URL) -> Engine:
    if place.get_backend_name() == "postgresql":
        return create_engine(place)
    engine = create_engine(place, connect_args={"timeout": _PATIENCE_S})
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _set_up(connection: "DBAPIConnection", _: object) -> None:
    connection.isolation_level = None  # or sqlite3 would begin transactions of its own, and too late
    for pragma in (
        "foreign_keys = ON",
        "cache_size = -65536",  # KiB: a post of a thousand events touches as many pages
        # An attempt that is committed before the mail leaves must outlive a power cut, or the mail goes out twice.
        "synchronous = FULL",
        "secure_delete = ON",  # what is erased is gone from the file's free pages, too
        "recursive_triggers = ON",  # or INSERT OR REPLACE would delete evidence past its trigger
    ):
        connection.cursor().execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """Begin by hand. A writer takes its lock at once: one that reads first can fail at its first write."""
    connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))


def _write_ahead(engine: Engine) -> None:
    """Let readers and one writer go side by side. The file remembers it; no transaction can set it."""
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode")
        if cursor.fetchone() != ("wal",):
            cursor.execute("PRAGMA journal_mode = WAL")
        cursor.close()
    finally:
        connection.close()


def _revision(connection: Connection) -> str | None:
    tables = inspect(connection).get_table_names()
    if "alembic_version" in tables:
        return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    if tables:
        raise LedgerError(
            f"the database holds other tables, such as '{tables[0]}', and is no ledger.",
            where=_shown(connection.engine.url),
            mend="Name a database of its own.",
        )
    return None


_GIVEN_UP = "0001"  # a schema that no released toolkit wrote


def _upgrade(connection: Connection, *, now: datetime, random_bytes: Callable[[int], bytes]) -> None:
    """Run the migrations that are missing. Those that write evidence of what they find date it `now`."""
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes.update(connection=connection, now=now, random_bytes=random_bytes)
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise LedgerError(
            "the ledger has a schema that this toolkit does not know.",
            where=_shown(connection.engine.url),
            mend="Use the newer toolkit that wrote it.",
        ) from error


@contextmanager
def _translated(place: URL) -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as error:
        raise LedgerError(
            f"the package '{error.name}' for this database is not installed.",
            where=_shown(place),
            mend="Install kvm-policy-toolkit[postgres].",
        ) from error
    except (SQLAlchemyError, sqlite3.Error) as error:
        if isinstance(error, StatementError) and isinstance(error.orig, LedgerError):
            raise error.orig from None  # a column's own type refused a value
        what, mend = _sentence(error)
        raise LedgerError(what, where=_shown(place), mend=mend) from error


_SENTENCES = (
    (r"not a database|malformed", "the file is not a database.", "Name another file."),
    (r"locked|busy", "another process is writing to the ledger.", "Try again in a moment."),
    (r"unable to open", "the file cannot be opened.", "Check its name and permissions."),
    (r"readonly", "the ledger may not be written to.", "Check the file's permissions."),
    (r"is full", "there is no room left for the ledger.", "Make room on the disk."),
    (r"append-only", "evidence cannot be changed or deleted.", "A correction is a new entry."),
    (
        r"connection|could not translate|timeout",
        "the database does not answer.",
        "Check that it runs at this address.",
    ),
)


def _sentence(error: Exception) -> tuple[str, str]:
    """Return what happened and how to mend it. Only the first line: PostgreSQL's others quote values."""
    if isinstance(error, ArgumentError):
        return "the ledger's URL cannot be read.", _SHAPES
    if isinstance(error, PoolTimeoutError):
        return "too many threads use the ledger at once.", "Use fewer."
    first = str(error.orig if isinstance(error, StatementError) else error).partition("\n")[0]
    for pattern, what, mend in _SENTENCES:
        if re.search(pattern, first):
            return what, mend
    return f"the database refuses: {first.rstrip('.')}.", ""


def _shown(place: URL) -> str:
    return place.database or "" if place.get_backend_name() == "sqlite" else place.render_as_string()
