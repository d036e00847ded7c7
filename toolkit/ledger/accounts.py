"""The door for accounts: recorded, looked up, asked where they stand, erased."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update

from toolkit.ledger import consents, imports, standings
from toolkit.ledger.acts import Consent, Proof
from toolkit.ledger.among import among
from toolkit.ledger.batches import batches
from toolkit.ledger.database import Database
from toolkit.ledger.entries import Account, Standing, Tally
from toolkit.ledger.imports import Keyed
from toolkit.ledger.known import find_keys, keys, unknown
from toolkit.ledger.locks import locked
from toolkit.ledger.response_tables import objection_texts, objections
from toolkit.ledger.rows import KNOWN, to_account
from toolkit.ledger.schema import (
    accounts,
    deliveries,
    erasures,
    is_in,
    notices,
    outcomes,
    personalizations,
    persons,
    raw_reports,
)
from toolkit.ledger.states import State, move

_SALT = 32  # bytes
_ONE = KNOWN.where(persons.c.id == bindparam("client"))


class Accounts:
    """Each method is one transaction, and raises `LedgerError` where the database refuses."""

    def __init__(self, database: Database, random_bytes: Callable[[int], bytes]) -> None:
        self._database = database
        self._random_bytes = random_bytes

    def record(self, given: Sequence[Account]) -> Tally:
        """Add or change accounts by the client's id; the last of two with one id wins. Again changes nothing.

        A delivery that a sender holds but has not begun is taken back when its account changes.
        """
        latest = {account.id: account for account in given}
        with self._database.writing(alone=True) as connection:
            return self._record(connection, latest)

    def add_unknown(self, connection: Connection, given: Sequence[Account]) -> None:
        """Add the accounts that are not known, in a transaction that writes alone. The others stay as they are."""
        known = find_keys(connection, [account.id for account in given])
        if new := {account.id: account for account in given if account.id not in known}:
            self._record(connection, new)

    def withhold_address(self, account: str) -> bool:
        """Leave an account without an address until it is recorded again. Return whether it is known and had one."""
        with self._database.writing(alone=True) as connection:
            row = connection.execute(KNOWN.where(persons.c.id == account)).one_or_none()
            if row is None or not row.email:
                return False
            self._record(connection, {account: replace(to_account(row), email="")})
            return True

    def known(self, given: Sequence[str]) -> frozenset[str]:
        """Return those of the accounts' ids that the ledger knows."""
        with self._database.reading() as connection:
            return frozenset(find_keys(connection, given))

    def count(self) -> int:
        """Return how many accounts there are, erased ones not counted."""
        with self._database.reading() as connection:
            return connection.scalar(select(func.count()).select_from(persons)) or 0

    def standings(self, policy: str) -> Iterator[Standing]:
        """Give every account's standing, in the order of the accounts' arrival, reading page by page."""
        with self._database.reading() as connection:
            for page in pages(connection):
                yield from standings.of(connection, policy, page)

    def standing(self, policy: str, account: str) -> Standing:
        """Return one account's standing. Raises `LedgerError` for an account that is not known."""
        with self._database.reading() as connection:
            row = connection.execute(KNOWN.where(persons.c.id == account)).one_or_none()
            if row is None:
                raise unknown(account)
            return next(standings.of(connection, policy, [row]))

    def proofs(self, policy: str, account: str) -> tuple[Proof, ...]:
        """Return what is known of an account and each version. Raises `LedgerError` for one that is not known."""
        with self._database.reading() as connection:
            return standings.proofs(connection, policy, keys(connection, [account])[account])

    def position(
        self, policy: str, account: str, *, withdrawn: Collection[str] = ()
    ) -> tuple[Standing, tuple[Consent, ...]] | None:
        """Return what `positions` gives of one account; None for one that is not known."""
        with self._database.reading() as connection:
            row = connection.execute(_ONE, {"client": account}).one_or_none()
            if row is None:
                return None
            said = consents.newest_of_one(connection, policy, row.key, account)
            return standings.of_one(connection, policy, row, withdrawn=withdrawn), said

    def positions(
        self, policy: str, ids: Sequence[str], *, withdrawn: Collection[str] = ()
    ) -> Iterator[tuple[Standing, tuple[Consent, ...]]]:
        """Give the standing of each of some accounts that is known, and what it said last about its consents.

        What it was told and has seen of a `withdrawn` version counts only where there is nothing else.
        """
        with self._database.reading() as connection:
            for batch in batches(ids):
                page = connection.execute(
                    KNOWN.where(among(connection, persons.c.id, batch)).order_by(accounts.c.key)
                ).all()
                if page:
                    said = consents.newest(connection, policy, {row.key: row.id for row in page})
                    found = standings.of(connection, policy, page, withdrawn=withdrawn)
                    yield from ((each, said.get(row.key, ())) for row, each in zip(page, found, strict=True))

    def erase(self, account: str) -> None:
        """Delete id, address and name of an account, what was filled in, what it wrote, and what was heard of it.

        What evidence says of it names nobody then, and no mail to it can be shown any more. That it was erased is
        evidence itself: else a row that somebody took away would pass for one.
        """
        with self._database.writing(alone=True) as connection:
            key = keys(connection, [account])[account]
            now = self._database.clock()
            connection.execute(insert(erasures), {"account": key, "happened_at": now, "heard_at": now})
            # In this order: a claim waits for the person's row, and an attempt or a report that is just being written
            # for the delivery's; what it fills in and what it heard is there when the last two are deleted.
            connection.execute(delete(persons).where(persons.c.account == key))
            connection.execute(update(accounts).where(accounts.c.key == key).values(**imports.NOTHING))
            refs = _locked_refs(connection, key)
            _take_back(connection, [key])
            about = select(outcomes.c.report).where(outcomes.c.ref.in_(refs))
            connection.execute(delete(raw_reports).where(raw_reports.c.report.in_(about)))
            connection.execute(delete(personalizations).where(personalizations.c.ref.in_(refs)))
            objected = select(objections.c.id).where(objections.c.account == key)
            connection.execute(delete(objection_texts).where(objection_texts.c.objection.in_(objected)))

    def _record(self, connection: Connection, latest: Mapping[str, Account]) -> Tally:
        added = changed = 0
        for batch in batches(latest.values()):
            known = _known(connection, [account.id for account in batch])
            new = self._keyed_anew(connection, [account for account in batch if account.id not in known])
            differing = [a for a in batch if a.id in known and to_account(known[a.id]) != a]
            other = [self._keyed(known[account.id].key, account) for account in differing]
            _add(connection, new)
            _change(connection, other)
            imports.write(connection, [*new, *other], now=self._database.clock())
            added, changed = added + len(new), changed + len(other)
        return Tally(added=added, changed=changed, unchanged=len(latest) - added - changed)

    def _keyed_anew(self, connection: Connection, new: Sequence[Account]) -> list[Keyed]:
        first = (connection.scalar(select(func.max(accounts.c.key))) or 0) + 1
        return [self._keyed(key, account) for key, account in enumerate(new, start=first)]

    def _keyed(self, key: int, account: Account) -> Keyed:
        return Keyed(key=key, account=account, salt=self._random_bytes(_SALT))


def pages(connection: Connection) -> Iterator[Sequence[Row[Any]]]:
    """Give every account's row, as many at a time as are read together."""
    last = 0
    after = KNOWN.order_by(accounts.c.key).limit(standings.PAGE)
    while page := connection.execute(after.where(accounts.c.key > last)).all():
        yield page
        last = page[-1].key


def _locked_refs(connection: Connection, key: int) -> Sequence[str]:
    """Lock an account's deliveries and return their references. Asked notice by notice, for only then a key is used."""
    every = select(notices.c.id)
    mine = select(deliveries.c.ref).where(deliveries.c.notice.in_(every), deliveries.c.account == key)
    return connection.scalars(mine.order_by(deliveries.c.ref).with_for_update()).all()


def _take_back(connection: Connection, changed: Sequence[int]) -> None:
    """Take back what a sender holds and has not begun: it read an account that is no longer so."""
    mine = (is_in(State.CLAIMED), deliveries.c.account.in_(changed))
    connection.execute(
        update(deliveries)
        .where(locked(connection, *mine), deliveries.c.attempt.is_(None))
        .values(state=move(State.CLAIMED, State.PENDING).value, claim=None, lease_until=None)
    )


def _known(connection: Connection, ids: Sequence[str]) -> Mapping[str, Row[Any]]:
    return {row.id: row for row in connection.execute(KNOWN.where(persons.c.id.in_(ids)))}


def _add(connection: Connection, new: Sequence[Keyed]) -> None:
    if not new:
        return
    connection.execute(insert(accounts), [{"key": one.key, **imports.working(one.account)} for one in new])
    connection.execute(insert(persons), [{"account": one.key, **imports.personal(one)} for one in new])


def _change(connection: Connection, changed: Sequence[Keyed]) -> None:
    if not changed:
        return
    numbers = [one.key for one in changed]
    # In one order, and so that a claim waits here and then sees the account as it has become. Not more than that: an
    # attempt that refers to the account may be written meanwhile.
    mine = KNOWN.where(accounts.c.key.in_(numbers)).order_by(accounts.c.key)
    connection.execute(mine.with_for_update(key_share=True)).all()
    connection.execute(
        update(persons).where(persons.c.account == bindparam("of")),
        [{"of": one.key, **imports.personal(one)} for one in changed],
    )
    connection.execute(
        update(accounts).where(accounts.c.key == bindparam("of")),
        [{"of": one.key, **imports.working(one.account)} for one in changed],
    )
    _take_back(connection, numbers)
