"""Which database this is, and whether it is still the one it was: a copy or an older state must not send by itself.

The record says in which place the ledger lives: the file's own number on its disk, or the PostgreSQL server with the
database's number. A copy lives in another. The newest seal is also kept in a file beside the ledger: a database that
was restored from a backup lacks that seal. The file itself says which one it is and when it was written, so that a
backup of both shows as well. What is copied with the whole machine cannot be told apart.
"""

import json
import os
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, exists, insert, select, text
from sqlalchemy.exc import DBAPIError

from toolkit.errors import LedgerError
from toolkit.ledger import seal
from toolkit.ledger.schema import instances, origin, seals

_PRIVATE_FILE = 0o600
_TOLERANCE_S = 60.0
"""A file that was written this much earlier or later than it says was put there by something else."""

_NS = 1e9


def is_settled(connection: Connection) -> bool:
    """Whether the record says where the ledger lives."""
    return bool(connection.scalar(select(exists(select(instances.c.id)))))


def settle_in(connection: Connection, *, now: datetime) -> None:
    """Write down that the ledger lives in the place where it is now."""
    connection.execute(insert(instances), {"place": find_place(connection), "happened_at": now, "heard_at": now})


def find_place(connection: Connection) -> str:
    """Return the place that the open database is in."""
    if connection.dialect.name == "sqlite":
        return f"file {os.stat(str(connection.engine.url.database)).st_ino}"  # noqa: PTH116 - a number, no path
    oid = connection.scalar(text("SELECT oid FROM pg_database WHERE datname = current_database()"))
    with suppress(DBAPIError), connection.begin_nested():  # not everybody may ask a server for its number
        server = connection.scalar(text("SELECT system_identifier FROM pg_control_system()"))
        return f"server {server}, database {oid}"
    return f"database {oid}"


def keep_head(connection: Connection, folder: Path | None) -> None:
    """Keep the newest seal beside the ledger. A ledger that is in doubt keeps what stands there: it is the proof."""
    if not find_doubt(connection, folder):
        write_head(connection, folder)


def write_head(connection: Connection, folder: Path | None) -> None:
    """Write the newest seal beside the ledger, whatever stands there."""
    file = _file(connection, folder)
    if file is None:
        return
    said = {"ledger": name_of(connection), "seal": seal.head(connection), "written_at": time.time_ns()}
    part = file.with_name(f"{file.name}.{os.getpid()}.part")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _PRIVATE_FILE), "w") as out:
            json.dump({**said, "file": os.fstat(out.fileno()).st_ino}, out)
        part.replace(file)
    except OSError as error:
        raise LedgerError(
            f"the newest seal cannot be kept beside the ledger: {error.strerror}.", where=str(file)
        ) from None


def find_doubt(connection: Connection, folder: Path | None) -> str:
    """Return why this may be a copy of the ledger or an older state of it; empty where nothing says so."""
    newest = select(instances.c.place).order_by(instances.c.id.desc()).limit(1)
    if connection.scalar(newest) != find_place(connection):
        return "it lives in another place than the record says"
    file = _file(connection, folder)
    return _doubt_of_file(connection, file) if file is not None else ""


def refuse_doubtful(connection: Connection, folder: Path | None) -> None:
    """Raise `LedgerError` where this may be a copy of the ledger, or an older state of it."""
    if doubt := find_doubt(connection, folder):
        raise LedgerError(
            f"this may be a copy of the ledger, or an older state of it: {doubt}. Nothing is sent from it.",
            where=str(_file(connection, folder) or ""),
            mend="If it is the one to go on with, say so: 'policy ledger take-over' tells what to look at first.",
        )


def _doubt_of_file(connection: Connection, file: Path) -> str:
    try:
        with file.open(encoding="utf-8") as opened:  # one file, whatever is put into its place meanwhile
            kept, now = json.load(opened), os.fstat(opened.fileno())
        name, head, number = str(kept["ledger"]), str(kept["seal"]), int(kept["file"])
        written_at = float(kept["written_at"]) / _NS
    except FileNotFoundError:
        # A machine that has never sealed for a shared database knows nothing of it yet.
        alone = connection.dialect.name == "sqlite"
        return "the file with its newest seal, which is kept beside it, is missing" if alone else ""
    except (OSError, ValueError, KeyError, TypeError):
        return "the file with its newest seal cannot be read"
    if name != name_of(connection):
        return "the seal beside it is another ledger's"
    if head and not connection.scalar(select(exists().where(seals.c.digest == head))):
        return "it lacks the seal that was kept beside it: entries that were written are gone"
    if now.st_ino != number or abs(now.st_mtime - written_at) > _TOLERANCE_S:
        return "the file beside it was not written by the toolkit: it was copied, or restored"
    return ""


def _file(connection: Connection, folder: Path | None) -> Path | None:
    """Return the file that keeps the newest seal; None where nobody said in which folder."""
    if connection.dialect.name == "sqlite":
        return Path(f"{connection.engine.url.database}.seal")
    return folder / f"ledger-{name_of(connection)[:8]}.seal" if folder is not None else None


def name_of(connection: Connection) -> str:
    """Return the random name that the ledger got when it was begun. A copy has the same."""
    return str(connection.scalar(select(origin.c.ledger)))
