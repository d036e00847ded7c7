"""The door for evidence: receipts recorded, entries sealed, the record verified, one mail found again."""

import json
from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, datetime

from sqlalchemy import Connection, select

from toolkit.errors import LedgerError
from toolkit.ledger import audit, coverage, instance, receipts, seal
from toolkit.ledger.acts import Covered, Unreached
from toolkit.ledger.batches import batches
from toolkit.ledger.database import Database
from toolkit.ledger.entries import HandedOver, Personalization, Receipt
from toolkit.ledger.rows import to_notice, to_variant
from toolkit.ledger.schema import (
    attempts,
    deliveries,
    notices,
    personalizations,
    recipients,
    variants,
)


class Evidence:
    """Each method is one transaction, and raises `LedgerError` where the database refuses."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record_receipts(self, given: Sequence[Receipt]) -> int:
        """Record that accounts saw versions; return how many receipts are new.

        Account, policy, version and kind count once. Raises `LedgerError` for an unknown account.
        """
        with self._database.writing() as connection:
            now = self._database.clock()
            return sum(receipts.write(connection, batch, now=now) for batch in batches(given))

    def seal(self) -> int:
        """Seal the entries that are not sealed yet; return how many. Keep the newest seal beside the ledger, too."""
        with self._database.writing(alone=True) as connection:
            sealed = seal.seal(connection, now=self._database.clock())
        with self._database.reading() as connection:
            instance.keep_head(connection, self._database.folder)
        return sealed

    def name(self) -> str:
        """Return the random name that the ledger got when it was begun; a copy has the same."""
        with self._database.reading() as connection:
            return instance.name_of(connection)

    def doubt(self) -> str:
        """Return why this may be a copy of the ledger, or an older state of it; empty where nothing says so."""
        with self._database.reading() as connection:
            return instance.find_doubt(connection, self._database.folder)

    def take_over(self) -> None:
        """Write down that this is the ledger from now on, though it may be a copy or an older state: see `doubt`."""
        with self._database.writing(alone=True) as connection:
            instance.settle_in(connection, now=self._database.clock())
            seal.seal(connection, now=self._database.clock())
        with self._database.reading() as connection:
            instance.write_head(connection, self._database.folder)

    def unsealed(self) -> int:
        """Return how many entries are not sealed yet."""
        with self._database.reading() as connection:
            return seal.count_unsealed(connection)

    def head(self) -> str:
        """Return the newest seal's digest. Kept elsewhere, it shows if all seals were written anew."""
        with self._database.reading() as connection:
            return seal.head(connection)

    def verify(self, *, anchor: str = "") -> tuple[str, ...]:
        """Return what does not fit the evidence and its seals, one sentence each; empty when all is intact.

        Entries that are not sealed yet are no finding, unless nothing is: `unsealed` counts them.
        `anchor` is a seal's digest kept elsewhere that has to be there still.
        """
        with self._database.reading() as connection:
            return tuple(audit.verify(connection, anchor=anchor))

    def coverage(
        self, policy: str, version: str, date_of: Callable[[datetime], date] = datetime.date
    ) -> tuple[Covered, ...]:
        """Return how many accounts were told of a version, reached, and have seen it; see `coverage.cover`."""
        with self._database.reading() as connection:
            return coverage.cover(connection, policy, version, date_of)

    def unreached(self, policy: str, *, withdrawn: Collection[str] = ()) -> Iterator[Unreached]:
        """Give the accounts whose newest mail did not reach them, in the order of their arrival.

        See `coverage.find_unreached`; `withdrawn` are the versions that are so.
        """
        with self._database.reading() as connection:
            yield from coverage.find_unreached(connection, policy, withdrawn=withdrawn)

    def handed_over(self, ref: str) -> tuple[HandedOver, ...]:
        """Return what was handed over for a delivery, oldest first: more than once where nothing had left before.

        Raises `LedgerError` for an unknown reference.
        """
        with self._database.reading() as connection:
            if connection.scalar(select(deliveries.c.ref).where(deliveries.c.ref == ref)) is None:
                raise LedgerError(f"no delivery has the reference '{ref}'.", mend="'policy standing ACCOUNT' shows it.")
            return tuple(_handed_over(connection, ref))


def _handed_over(connection: Connection, ref: str) -> list[HandedOver]:
    delivery = connection.execute(
        select(deliveries.c.notice, deliveries.c.variant).where(deliveries.c.ref == ref)
    ).one()
    notice = connection.execute(select(notices).where(notices.c.id == delivery.notice)).one()
    variant = connection.execute(
        select(variants).where(variants.c.notice == delivery.notice, variants.c.place == delivery.variant)
    ).one()
    rows = connection.execute(
        select(attempts.c.dated_at, recipients.c.commitment, personalizations.c.filled, personalizations.c.salt)
        .join_from(attempts, recipients, recipients.c.attempt == attempts.c.id)
        .join(
            personalizations,
            (personalizations.c.attempt == attempts.c.id) & (personalizations.c.ref == recipients.c.ref),
            isouter=True,
        )
        .where(recipients.c.ref == ref)
        .order_by(attempts.c.id)
    )
    return [
        HandedOver(
            notice=to_notice(notice),
            variant=to_variant(variant),
            ref=ref,
            dated_at=row.dated_at,
            commitment=row.commitment,
            filled=None if row.filled is None else Personalization(**json.loads(row.filled)),
            salt=None if row.salt is None else bytes(row.salt),
        )
        for row in rows
    ]
