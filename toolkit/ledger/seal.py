"""The seals: they show whether an entry was changed after it was written.

Evidence is written unsealed, by as many workers as there are. One sealer at a time takes what is new: the digests of
a batch of entries are the leaves of a Merkle tree, and each seal holds the tree's root and the digest of the seal
before it. An entry's parts are covered by the root that the entry itself holds.

Who can write to the database can also write the seals anew from some place on: only a seal's digest kept elsewhere
(`head`, given to `audit.verify` as `anchor`) shows that.

Each function works inside the caller's transaction.
"""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, Table, exists, func, insert, select

from toolkit.errors import LedgerError
from toolkit.ledger import canonical
from toolkit.ledger.kinds import ENTRIES
from toolkit.ledger.merkle import find_root
from toolkit.ledger.schema import leaves, seals

PAGE = 1_000
LARGEST = 4_096
"""The most entries of one seal: the proof of one of them then has twelve steps."""


def seal(connection: Connection, *, now: datetime) -> int:
    """Seal every entry that is not sealed yet; return how many. Needs to write alone."""
    place, previous = _end(connection)
    sealed = 0
    new = _unsealed_leaves(connection)
    while batch := list(islice(new, LARGEST)):
        place += 1
        link = {
            "place": place,
            "entries": len(batch),
            "root": root_of_leaves(leaf["digest"] for leaf in batch),
            "happened_at": now,
            "heard_at": now,
        }
        previous = digest_seal(link, previous)
        connection.execute(insert(seals), {**link, "digest": previous})
        connection.execute(insert(leaves), [{"seal": place, "place": at, **leaf} for at, leaf in enumerate(batch)])
        sealed += len(batch)
    return sealed


def head(connection: Connection) -> str:
    """Return the digest of the newest seal; empty while nothing is sealed."""
    return _end(connection)[1]


def count_unsealed(connection: Connection) -> int:
    new = (select(func.count()).select_from(table).where(~_is_sealed(table)) for table in ENTRIES)
    return sum(connection.scalar(count) or 0 for count in new)


def root_of_leaves(digests: Iterator[str] | Sequence[str]) -> str:
    return find_root(digest.encode() for digest in digests)


def digest_seal(link: canonical.Values, previous: str) -> str:
    """Return a seal's own digest, which covers all of it and the digest of the seal before."""
    bound = {name: link[name] for name in ("place", "entries", "root", "happened_at", "heard_at")}
    return hashlib.sha256(canonical.write({**bound, "previous": previous})).hexdigest()


def _end(connection: Connection) -> tuple[int, str]:
    last = connection.execute(select(seals.c.place, seals.c.digest).order_by(seals.c.place.desc()).limit(1))
    row = last.one_or_none()
    return (row.place, row.digest) if row is not None else (0, "")


def _unsealed_leaves(connection: Connection) -> Iterator[dict[str, Any]]:
    for table in ENTRIES:
        for page in _unsealed(connection, table):
            for row in page:
                digest = canonical.digest_row(table, row._mapping)  # noqa: SLF001 - SQLAlchemy's public name
                yield {"source": table.name, "row": row.id, "digest": digest}


def _unsealed(connection: Connection, table: Table) -> Iterator[Sequence[Row[Any]]]:
    # Not simply "above the last one": on PostgreSQL a row with a lower id may be committed later.
    new = select(table).where(~_is_sealed(table)).order_by(table.c.id).limit(PAGE)
    last = 0
    while page := _read(connection, new.where(table.c.id > last), table):
        yield page
        last = page[-1].id


def _is_sealed(table: Table) -> ColumnElement[bool]:
    return exists().where(leaves.c.source == table.name, leaves.c.row == table.c.id)


def _read(connection: Connection, question: Select[Any], table: Table) -> Sequence[Row[Any]]:
    try:
        return connection.execute(question).all()
    except (ValueError, TypeError) as error:  # SQLite keeps whatever was written into a date
        raise LedgerError(f"a new row of {table.name} cannot be read: {error}.", mend="Who wrote it?") from None
