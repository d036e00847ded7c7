"""The door for deliveries on their way: claimed, begun, answered for, recovered.

The order of the commits is the promise: an attempt is written before anything is handed over, so that what a crash
leaves is surely unsent, or is called unknown. Senders, transports and reports speak of deliveries by their references.
"""

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, insert, select, update

from toolkit.errors import LedgerError
from toolkit.ledger import canonical, claims, decisions, instance, reports
from toolkit.ledger.batches import batches
from toolkit.ledger.commitments import commit
from toolkit.ledger.database import Database
from toolkit.ledger.entries import Attempt, Claimed, Count, Mail, Personalization, Report
from toolkit.ledger.locks import lock_notices, locked
from toolkit.ledger.schema import attempts, deliveries, is_in, notices, personalizations, recipients
from toolkit.ledger.states import State

LONGEST_LEASE = timedelta(hours=1)
_SALT = 32  # bytes


class Sending:
    """Each method is one transaction, and raises `LedgerError` where the database refuses.

    `plan` is always a notice's whole hash. `token` names the sender; nobody else may use it. A lease counts by the
    database's own clock where it has one, so that a sender's wrong clock ends nobody's lease.
    """

    def __init__(self, database: Database, random_bytes: Callable[[int], bytes]) -> None:
        self._database = database
        self._random_bytes = random_bytes
        self._known = False  # whether it was found that this is the ledger, and no copy of it

    def refuse_copy(self) -> None:
        """Raise `LedgerError` for a copy of the ledger or an older state of it: its people may have been told."""
        with self._database.reading() as connection:
            doubt = instance.find_doubt(connection, self._database.folder)
        if doubt:  # perhaps somebody sealed in between: a second look sees all that the file beside it names
            with self._database.reading() as connection:
                instance.refuse_doubtful(connection, self._database.folder)
        self._known = True

    def refuse_rehearsal(self) -> None:
        """Raise `LedgerError` for a rehearsal's ledger under the real clock: its people are not to be told."""
        self._database.refuse_sending_from_a_rehearsal()

    def claim(
        self,
        plan: str,
        *,
        size: int,
        lease: timedelta,
        token: str,
        on: date,
        withdrawn: Collection[str] = (),
        public_at: datetime | None = None,
        held_since: date | None = None,
        past: Claimed | None = None,
    ) -> tuple[Claimed, ...]:
        """Take up to `size` pending deliveries, all of one variant, for the length of a lease: an hour at most.

        Accounts are read again: whoever is closed `on` the day of sending, restricted, erased, without address or
        told of a later version is skipped, and the reason is written down. A closed account that is told all the same
        is skipped where it closed up to `held_since`. A later version that is `withdrawn` does
        not count, nor a mail that left before this one was public, at `public_at`. Who was told of this version by
        the evidence is not returned either, whatever the delivery's row says. Only deliveries `past` another one are
        taken, in the order of variants and accounts. Empty only when nothing is left to claim there, or the notice is
        paused.
        Raises `LedgerError` for a rehearsal's ledger under the real clock, and for a copy of the ledger.
        """
        self.refuse_rehearsal()
        if not self._known:
            self.refuse_copy()
        if lease > LONGEST_LEASE:
            raise LedgerError(f"a lease of {lease} is too long.", mend=f"Take at most {LONGEST_LEASE}.")
        while taken := self._take(plan, size=size, lease=lease, token=token, past=past):
            with self._database.writing() as connection:
                now, notice = self._database.clock(), _standing(connection, plan)
                kept = claims.keep(
                    connection,
                    notice,
                    taken,
                    token=token,
                    on=on,
                    withdrawn=withdrawn,
                    public_at=public_at,
                    held_since=held_since,
                    now=now,
                )
                if kept:
                    return kept
        return ()

    def renew(self, plan: str, *, lease: timedelta, token: str) -> int:
        """Let what a living sender holds last for another lease; return how many deliveries."""
        with self._database.writing() as connection:
            mine = (claims.claimed(_notice(connection, plan).id), deliveries.c.claim == token)
            held = update(deliveries).where(locked(connection, *mine))
            until = self._database.lease_clock(connection) + min(lease, LONGEST_LEASE)
            return connection.execute(held.values(lease_until=until)).rowcount

    def begin(
        self, plan: str, *, token: str, transport: str, host: str, dated_at: datetime, mails: Sequence[Mail]
    ) -> Attempt:
        """Write that these mails are about to be handed over, before they are.

        Keeps of each salted commitments to its exact bytes and to what was filled in and, erasable, that itself.
        Raises `ClaimLost` when `token` does not hold all of them any more: the lease ran out, an account changed
        since the claim, or evidence came that it was told. Nothing is written then; release the claim and claim again.

        """
        refs = tuple(mail.ref for mail in mails)
        if not refs or len(set(refs)) != len(refs):
            raise LedgerError("an attempt needs at least one delivery, and each of them once.")
        with self._database.writing() as connection:
            notice = _notice(connection, plan)
            keys = self._held(connection, notice, refs, token)
            started_at = self._database.clock()
            salts = [self._random_bytes(_SALT) for _ in mails]
            filled_in = [json.dumps(_said(mail.filled)) for mail in mails]
            parts = [
                {
                    "place": place,
                    "ref": mail.ref,
                    "account": key,
                    "commitment": commit(salt, mail.body),
                    "filled": commit(salt, said.encode()),
                }
                for place, (mail, key, salt, said) in enumerate(zip(mails, keys, salts, filled_in, strict=True))
            ]
            number = connection.scalar(
                insert(attempts).returning(attempts.c.id),
                {
                    "notice": notice.id,
                    "transport": transport,
                    "host": host,
                    "dated_at": dated_at,
                    "recipients_root": canonical.root_of_parts(recipients.c.attempt, parts),
                    "happened_at": started_at,
                    "heard_at": started_at,
                },
            )
            connection.execute(insert(recipients), [{**part, "attempt": number} for part in parts])
            filled = [
                {"ref": ref, "attempt": number, "filled": said, "salt": salt}
                for ref, said, salt in zip(refs, filled_in, salts, strict=True)
            ]
            connection.execute(insert(personalizations), filled)
            claims.put(connection, notice.id, keys, attempt=number)
        return Attempt(
            id=int(number or 0),
            plan=plan,
            transport=transport,
            host=host,
            started_at=started_at,
            dated_at=dated_at,
            refs=refs,
        )

    def record_report(self, report: Report, *, token: str = "") -> None:
        """Write what was heard, and put the deliveries it speaks of where the evidence then says: see `course.py`.

        The one entry for all that is heard. With `token` it is the transport's own answer: the sender has to hold
        every delivery, in the attempt it began (else `ClaimLost`). Without, it settles what is unknown, or it is a
        provider's event; then nobody can say that nothing left while its sender is still at it, nor what only the
        ledger decides. E-mail addresses are blanked. Raises `LedgerError` for those, for an unknown reference, and
        for an attempt that had no such delivery.
        """
        with self._database.writing() as connection:
            salt = self._random_bytes(_SALT)
            reports.record(connection, report, token=token, salt=salt, now=self._database.clock())

    def release(self, plan: str, *, token: str) -> int:
        """Give back what `token` holds and has not begun; return how many."""
        with self._database.writing() as connection:
            notice = _standing(connection, plan).id
            mine = claims.unbegun(notice), deliveries.c.claim == token
            return claims.lapse(connection, decisions.undone(connection, notice), *mine)

    def recover(self, plan: str) -> tuple[Count, ...]:
        """End the leases that ran out: not begun is pending again, begun is unknown. Return how many."""
        with self._database.writing() as connection:
            return self._recover(connection, _standing(connection, plan).id)

    def cancel(self, plan: str) -> int:
        """End a notice: cancel what has not begun, and return how many.

        What is being handed over goes on; what did not leave after all is cancelled then.
        """
        with self._database.writing() as connection:
            notice = _standing(connection, plan, to_decide=True).id
            self._recover(connection, notice)
            if not decisions.stands(connection, notice) or not claims.any_open(connection, notice):
                return 0
            decisions.cancel(connection, notice, now=self._database.clock())
            pending = and_(deliveries.c.notice == notice, is_in(State.PENDING))
            return claims.cancel(connection, State.CLAIMED, claims.unbegun(notice)) + claims.cancel(
                connection, State.PENDING, pending
            )

    def pause(self, plan: str) -> bool:
        """Let nothing more of a notice be claimed until it is resumed. Return whether anything was there to pause.

        What is being handed over goes on.
        """
        with self._database.writing() as connection:
            notice = _standing(connection, plan, to_decide=True).id
            going = decisions.stands(connection, notice) and not decisions.is_paused(connection, notice)
            if going and claims.any_open(connection, notice):
                decisions.pause(connection, notice, now=self._database.clock())
                return True
            return False

    def resume(self, plan: str) -> bool:
        """Let a notice that was paused be claimed again. Return whether it was paused."""
        with self._database.writing() as connection:
            notice = _standing(connection, plan, to_decide=True).id
            paused = decisions.is_paused(connection, notice)
            if paused:
                decisions.resume(connection, notice, now=self._database.clock())
            return paused

    def unknown(self, plan: str) -> tuple[Attempt, ...]:
        """Return the attempts with unknown deliveries, oldest first, each with the deliveries still unknown."""
        with self._database.reading() as connection:
            notice = _notice(connection, plan).id
            lost = select(deliveries.c.attempt).where(deliveries.c.notice == notice, is_in(State.UNKNOWN))
            rows = connection.execute(select(attempts).where(attempts.c.id.in_(lost)).order_by(attempts.c.id)).all()
            return tuple(_unsettled(connection, plan, row) for row in rows)

    def _take(self, plan: str, *, size: int, lease: timedelta, token: str, past: Claimed | None) -> Sequence[Row[Any]]:
        """Take deliveries in a transaction of its own: accounts are locked before deliveries, and never after."""
        with self._database.writing() as connection:
            until = self._database.lease_clock(connection) + lease
            notice = _standing(connection, plan).id
            if decisions.is_paused(connection, notice):
                return ()
            return claims.take(connection, notice, size=size, until=until, token=token, past=past)

    def _recover(self, connection: Connection, notice: int) -> tuple[Count, ...]:
        now = self._database.lease_clock(connection)
        # A lease that ends later than any may was given by a clock that ran ahead, and has run out, too.
        # One at a time: with an OR, SQLite would go through the whole notice.
        over = (deliveries.c.lease_until <= now, deliveries.c.lease_until > now + LONGEST_LEASE)
        undone = decisions.undone(connection, notice)
        given_back = sum(claims.lapse(connection, undone, claims.unbegun(notice), each) for each in over)
        lost = sum(claims.lapse(connection, State.UNKNOWN, claims.claimed(notice), each) for each in over)
        return Count(state=State.PENDING, deliveries=given_back), Count(state=State.UNKNOWN, deliveries=lost)

    def _held(self, connection: Connection, notice: Row[Any], refs: Sequence[str], token: str) -> list[int]:
        """Return the accounts of deliveries that `token` holds. Raises `ClaimLost` where it does not hold all."""
        now = self._database.lease_clock(connection)
        mine = (
            select(deliveries.c.ref, deliveries.c.account)
            .where(claims.unbegun(notice.id), deliveries.c.claim == token, deliveries.c.lease_until > now)
            .order_by(deliveries.c.ref)
            .with_for_update()
        )
        held: dict[str, int] = {}
        for batch in batches(sorted(refs)):
            held.update((row.ref, row.account) for row in connection.execute(mine.where(deliveries.c.ref.in_(batch))))
        # An answer may have come since the claim.
        told = claims.already_told(connection, notice, list(held.values()))
        for ref in refs:
            if ref not in held or (held[ref] in told and not told[held[ref]].later):
                raise reports.lost(ref)
        return [held[ref] for ref in refs]


def _said(filled: Personalization) -> dict[str, str]:
    """Return what is kept of what was filled in: a link only where the mail has one."""
    return {name: value for name, value in asdict(filled).items() if value or name != "link"}


def _standing(connection: Connection, plan: str, *, to_decide: bool = False) -> Any:
    """Return a notice, about which nobody else decides anything until the transaction ends."""
    lock_notices(connection, notices.c.plan == plan, to_decide=to_decide)
    return _notice(connection, plan)


def _notice(connection: Connection, plan: str) -> Any:
    wanted = select(notices.c.id, notices.c.policy, notices.c.rank).where(notices.c.plan == plan)
    found: Any = connection.execute(wanted).one_or_none()
    if found is None:
        raise LedgerError(f"the ledger knows no notice with the plan '{plan}'.", mend="Plan it first.")
    return found


def _unsettled(connection: Connection, plan: str, row: Row[Any]) -> Attempt:
    mine = select(deliveries.c.ref).where(
        deliveries.c.notice == row.notice, is_in(State.UNKNOWN), deliveries.c.attempt == row.id
    )
    return Attempt(
        id=row.id,
        plan=plan,
        transport=row.transport,
        host=row.host,
        started_at=row.happened_at,
        dated_at=row.dated_at,
        refs=tuple(connection.scalars(mine.order_by(deliveries.c.account))),
    )
