"""The door for what people do in answer: receipts, consents and objections, recorded together or not at all."""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, exists, insert, select

from toolkit.ledger import consents, receipts
from toolkit.ledger.accounts import Accounts
from toolkit.ledger.acts import (
    LONGEST_OBJECTION,
    Acts,
    Addressee,
    Consent,
    Forwarded,
    KeyReused,
    Objection,
    Once,
    Recorded,
    Waiting,
)
from toolkit.ledger.batches import batches
from toolkit.ledger.blanking import blank
from toolkit.ledger.commitments import commit
from toolkit.ledger.database import Database
from toolkit.ledger.known import keys
from toolkit.ledger.response_tables import answers, forwardings, objection_texts, objections
from toolkit.ledger.rows import KNOWN, to_account
from toolkit.ledger.schema import deliveries, notices, persons
from toolkit.ledger.states import State

_SALT = 32  # bytes
KEPT = timedelta(days=2)
"""How long an answer is kept for a caller that asks again."""


class Responses:
    """Each method is one transaction, and raises `LedgerError` where the database refuses."""

    def __init__(self, database: Database, accounts: Accounts, random_bytes: Callable[[int], bytes]) -> None:
        self._database = database
        self._accounts = accounts
        self._random_bytes = random_bytes

    def addressee(self, ref: str) -> Addressee | None:
        """Return whom a delivery is for; None for no delivery of this ledger, and where the account was erased."""
        question = (
            KNOWN.add_columns(notices.c.policy, notices.c.version)
            .join(deliveries, deliveries.c.account == persons.c.account)
            .join(notices, notices.c.id == deliveries.c.notice)
            .where(deliveries.c.ref == ref)
        )
        with self._database.reading() as connection:
            row = connection.execute(question).one_or_none()
        if row is None:
            return None
        return Addressee(ref=ref, account=to_account(row), policy=row.policy, version=row.version)

    def record(self, acts: Acts, *, once: Once | None = None) -> Recorded:
        """Record what was done, and return how much of it is new: a receipt counts once, a consent when it differs.

        Asked again under one name, nothing is recorded and the first answer returned. Raises `KeyReused` where the name
        stood for another request, and `LedgerError` for an unknown account; nothing is recorded then.
        """
        with self._database.writing(alone=bool(acts.accounts)) as connection:
            now = self._database.clock()
            before = _answered(connection, once) if once else None
            if before is not None:
                return before
            self._accounts.add_unknown(connection, acts.accounts)
            recorded = Recorded(
                receipts=sum(receipts.write(connection, batch, now=now) for batch in batches(acts.receipts)),
                consents=sum(consents.write(connection, each, now=now) for each in acts.consents),
                objections=sum(self._write_objection(connection, each, now) for each in acts.objections),
            )
            if once:
                _keep(connection, once, recorded, now)
            return recorded

    def recall(self, once: Once) -> Recorded | None:
        """Return the answer to a request that was made before; None for a new one. Raises `KeyReused` as `record`."""
        with self._database.reading() as connection:
            return _answered(connection, once)

    def consents(self, policy: str, account: str) -> tuple[Consent, ...]:
        """Return what an account said last about each version and purpose. Raises `LedgerError` if it is unknown."""
        with self._database.reading() as connection:
            key = keys(connection, [account])[account]
            return consents.newest(connection, policy, {key: account}).get(key, ())

    def objected(self, policy: str, account: str) -> tuple[datetime, ...]:
        """Return when an account objected, oldest first. Raises `LedgerError` if it is unknown."""
        with self._database.reading() as connection:
            mine = objections.c.account == keys(connection, [account])[account]
            when = select(objections.c.happened_at).where(mine, objections.c.policy == policy)
            return tuple(connection.scalars(when.order_by(objections.c.id)))

    def unforwarded(self) -> tuple[Waiting, ...]:
        """Return the objections that nobody was told of yet, oldest first. Those of erased accounts are gone."""
        taken = exists().where(forwardings.c.objection == objections.c.id, forwardings.c.state == State.ACCEPTED.value)
        question = (
            select(objections, objection_texts.c.text, persons.c.id.label("client"))
            .join_from(objections, objection_texts)
            .join(persons, persons.c.account == objections.c.account)
            .where(~taken)
            .order_by(objections.c.id)
        )
        with self._database.reading() as connection:
            return tuple(
                Waiting(
                    number=row.id,
                    objection=Objection(
                        account=row.client,
                        policy=row.policy,
                        version=row.version,
                        text=row.text,
                        happened_at=row.happened_at,
                        language=row.language,
                        source=row.source,
                        ref=row.ref or "",
                    ),
                )
                for row in connection.execute(question)
            )

    def record_forwarding(self, number: int, forwarded: Forwarded) -> None:
        """Write which way an objection was forwarded, and what the other side answered."""
        with self._database.writing() as connection:
            now = self._database.clock()
            said = {
                "objection": number,
                "transport": forwarded.transport,
                "host": forwarded.host,
                "state": forwarded.state.value,
                "text": blank(forwarded.text),
            }
            connection.execute(insert(forwardings), {**said, "happened_at": now, "heard_at": now})

    def _write_objection(self, connection: Connection, given: Objection, now: datetime) -> int:
        key, salt = keys(connection, [given.account])[given.account], self._random_bytes(_SALT)
        text = given.text[:LONGEST_OBJECTION]
        values = {
            "policy": given.policy,
            "account": key,
            "version": given.version,
            "commitment": commit(salt, text.encode()),
            "language": blank(given.language),
            "source": blank(given.source),
            "ref": given.ref or None,
            "happened_at": given.happened_at,
            "heard_at": now,
        }
        number = connection.scalar(insert(objections).returning(objections.c.id), values)
        connection.execute(insert(objection_texts), {"objection": number, "text": text, "salt": salt})
        return 1


def _answered(connection: Connection, once: Once) -> Recorded | None:
    mine = select(answers).where(answers.c.caller == once.caller, answers.c.key == once.key)
    row = connection.execute(mine).one_or_none()
    if row is None:
        return None
    if row.request != once.request:
        raise KeyReused(
            "this idempotency key was used for another request.", mend="Give each request a key of its own."
        )
    return Recorded(**{**json.loads(row.answer), "again": True})


def _keep(connection: Connection, once: Once, recorded: Recorded, now: datetime) -> None:
    connection.execute(delete(answers).where(answers.c.heard_at < now - KEPT))
    connection.execute(
        insert(answers),
        {
            "caller": once.caller,
            "key": once.key,
            "request": once.request,
            "answer": json.dumps(asdict(recorded)),
            "heard_at": now,
        },
    )
