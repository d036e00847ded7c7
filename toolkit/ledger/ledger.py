"""The only door to the database: every question and every entry.

Each entry is one transaction: it happens as a whole or not at all. Every method raises `LedgerError` where
the database refuses. A ledger may be shared between threads; a process opens its own.
"""

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Self

from toolkit.ledger import accounts, announcements, attempts, audit, claims, receipts, seal, standings
from toolkit.ledger.database import Database
from toolkit.ledger.entries import (
    Account,
    Attempt,
    Candidate,
    Claimed,
    Count,
    Notice,
    Outcome,
    Planned,
    Receipt,
    Standing,
    Tally,
)


class Ledger:
    """Who was told, who has seen."""

    def __init__(self, database: Database, *, random_bytes: Callable[[int], bytes] = secrets.token_bytes) -> None:
        self._database = database
        self._random_bytes = random_bytes

    @classmethod
    def open(cls, url: str, *, create: bool = True, random_bytes: Callable[[int], bytes] = secrets.token_bytes) -> Self:
        """Open a ledger by its URL; make it, or bring it to the newest schema, where needed.

        Without `create`, `LedgerError` is raised where SQLite has no such file, and nothing is made.
        """
        return cls(Database.open(url, create=create), random_bytes=random_bytes)

    def close(self) -> None:
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Accounts.

    def record_accounts(self, given: Sequence[Account]) -> Tally:
        """Add or change accounts by the client's id; the last of two with one id wins. Again changes nothing.

        A delivery that a sender holds but has not begun is taken back when its account changes.
        """
        with self._database.writing(alone=True) as connection:
            return accounts.record(connection, given, random_bytes=self._random_bytes)

    def known(self, given: Sequence[str]) -> frozenset[str]:
        """Return those of the accounts' ids that the ledger knows."""
        with self._database.reading() as connection:
            return frozenset(accounts.find_keys(connection, given))

    def count_accounts(self) -> int:
        """Return how many accounts there are, erased ones not counted."""
        with self._database.reading() as connection:
            return accounts.count(connection)

    def erase(self, account: str) -> None:
        """Delete id, address, name and salt of an account. What evidence says of it names nobody then."""
        with self._database.writing() as connection:
            accounts.erase(connection, account)

    # Who is where.

    def standings(self, policy: str) -> Iterator[Standing]:
        """Give every account's standing, in the order of the accounts' arrival, reading page by page."""
        with self._database.reading() as connection:
            yield from standings.standings(connection, policy)

    def standing(self, policy: str, account: str) -> Standing:
        """Return one account's standing. Raises `LedgerError` for an account that is not known."""
        with self._database.reading() as connection:
            return standings.standing(connection, policy, account)

    def candidates(self, policy: str, version: str) -> Iterator[Candidate]:
        """Give every account, with its delivery of this version in a notice that has begun, if any."""
        with self._database.reading() as connection:
            yield from standings.candidates(connection, policy, version)

    def record_receipts(self, given: Sequence[Receipt]) -> int:
        """Record that accounts saw versions; return how many receipts are new.

        Account, policy, version and kind count once. Raises `LedgerError` for an unknown account.
        """
        with self._database.writing() as connection:
            return receipts.record(connection, given)

    # Notices.

    def announce(self, notice: Notice, planned: Iterable[Planned]) -> None:
        """Write a notice and freeze its audience. The same plan again changes nothing.

        Earlier notices of the same version that have not begun are cancelled. Raises `LedgerError` for an
        account that already has a delivery of this version which was neither skipped nor cancelled.
        """
        with self._database.writing(alone=True) as connection:
            announcements.announce(connection, notice, planned)

    def notice(self, plan: str) -> Notice:
        """Return a notice by its plan, or by at least 8 characters that begin only one."""
        with self._database.reading() as connection:
            return announcements.read(connection, announcements.find(connection, plan))

    def notices(self) -> tuple[Notice, ...]:
        """Return every notice, newest first."""
        with self._database.reading() as connection:
            return tuple(announcements.newest_first(connection))

    def counts(self, plan: str) -> tuple[Count, ...]:
        """Return how many deliveries are in each state, zeros included: together they are the audience."""
        with self._database.reading() as connection:
            return announcements.counts(connection, announcements.find(connection, plan).id)

    # Deliveries on their way.

    def claim(self, plan: str, *, size: int, lease: timedelta, now: datetime, token: str) -> tuple[Claimed, ...]:
        """Take up to `size` pending deliveries, all of one variant, for the length of a lease.

        Accounts are read again: whoever is closed, restricted, erased or without address is skipped and not
        returned; nor is who was told of this version by the evidence, whatever the delivery's row says. Empty only
        when nothing is left to claim. `token` names the sender; nobody else may use it. A lease is an hour at most.
        """
        with self._database.writing() as connection:
            notice = announcements.find(connection, plan)
            return claims.claim(connection, notice, size=size, lease=lease, now=now, token=token)

    def begin(
        self,
        plan: str,
        *,
        token: str,
        transport: str,
        host: str,
        body_digest: str,
        accounts: Sequence[str],
        now: datetime,
    ) -> Attempt:
        """Write that these claimed accounts are about to be handed over, before they are.

        Raises `ClaimLost` when `token` does not hold all of them any more: the lease ran out, or an account
        changed since the claim. Nothing is written then; release the claim and claim again.
        """
        with self._database.writing() as connection:
            notice = announcements.find(connection, plan)
            call = Attempt(
                id=0,
                notice=notice.plan,
                transport=transport,
                host=host,
                started_at=now,
                body_digest=body_digest,
                accounts=tuple(accounts),
            )
            return attempts.begin(connection, notice, token=token, call=call)

    def settle(self, attempt: Attempt, *, token: str, outcomes: Sequence[Outcome], now: datetime) -> None:
        """Write what the transport answered. An outcome `pending` says that it certainly has nothing.

        Needs the claim's token. E-mail addresses in an answer's text are blanked; a provider's id is kept.
        """
        with self._database.writing() as connection:
            attempts.settle(connection, attempt, token=token, said=outcomes, now=now)

    def cancel(self, plan: str, *, now: datetime) -> int:
        """End a notice: cancel what is pending, and return how many. What a sender holds goes on.

        A claim whose lease ran out and that nobody began is pending, too.
        """
        with self._database.writing() as connection:
            notice = announcements.find(connection, plan)
            claims.recover(connection, notice.id, now=now)
            return claims.cancel(connection, notice.id)

    def release(self, plan: str, *, token: str) -> int:
        """Give back what `token` holds and has not begun; return how many."""
        with self._database.writing() as connection:
            return claims.release(connection, announcements.find(connection, plan).id, token=token)

    def recover(self, plan: str, *, now: datetime) -> tuple[Count, ...]:
        """End the leases that ran out: not begun is pending again, begun is unknown. Return how many."""
        with self._database.writing() as connection:
            return claims.recover(connection, announcements.find(connection, plan).id, now=now)

    def unknown(self, plan: str) -> tuple[Attempt, ...]:
        """Return the attempts with unknown deliveries, oldest first, each with the accounts still unknown.

        An erased account is not among them: nobody can be asked about it any more.
        """
        with self._database.reading() as connection:
            return attempts.unknown(connection, announcements.find(connection, plan).id)

    def resolve(self, attempt: Attempt, outcomes: Sequence[Outcome], *, now: datetime) -> None:
        """Write what is known of an attempt by now, and move its deliveries that are still unknown."""
        with self._database.writing() as connection:
            attempts.resolve(connection, attempt, said=outcomes, now=now)

    # The chain.

    def seal(self, now: datetime) -> int:
        """Chain the evidence that is not chained yet; return how many rows."""
        with self._database.writing(alone=True) as connection:
            return seal.seal(connection, now=now)

    def unsealed(self) -> int:
        """Return how many entries of evidence are not chained yet."""
        with self._database.reading() as connection:
            return seal.unsealed(connection)

    def head(self) -> str:
        """Return the newest link's digest. Kept elsewhere, it shows if the whole chain was written anew."""
        with self._database.reading() as connection:
            return seal.head(connection)

    def verify(self, *, anchor: str = "") -> tuple[str, ...]:
        """Return what does not fit the evidence and its chain, one sentence each; empty when all is intact.

        Entries that are not sealed yet are no finding, unless nothing is: `unsealed` counts them.
        `anchor` is a link kept elsewhere that has to be in the chain still.
        """
        with self._database.reading() as connection:
            return tuple(audit.verify(connection, anchor=anchor))
