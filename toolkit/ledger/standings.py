"""Where accounts are with a policy: last told, last seen. Read page by page in the order of the keys.

Each function works inside the caller's transaction.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from toolkit.ledger.accounts import BATCH, KNOWN, to_account, unknown
from toolkit.ledger.announcements import begun
from toolkit.ledger.entries import TOLD, Candidate, Kind, Standing, State
from toolkit.ledger.schema import accounts, attempts, deliveries, notices, persons, receipts

_KINDS = tuple(Kind)  # weakest first
_NOTHING = frozenset({State.CANCELLED, State.SKIPPED})


def standings(connection: Connection, policy: str) -> Iterator[Standing]:
    for page in _pages(connection):
        yield from _standings(connection, policy, page)


def candidates(connection: Connection, policy: str, version: str) -> Iterator[Candidate]:
    of_version = begun(connection, policy, version)
    for page in _pages(connection):
        known = _deliveries(connection, of_version, page)
        for row, standing in zip(page, _standings(connection, policy, page), strict=True):
            yield Candidate(standing=standing, delivery=known.get(row.key))


def standing(connection: Connection, policy: str, account: str) -> Standing:
    """Return one account's standing. Raises `LedgerError` for an account that the ledger does not know."""
    row = connection.execute(KNOWN.where(persons.c.id == account)).one_or_none()
    if row is None:
        raise unknown(account)
    return next(_standings(connection, policy, [row]))


def _pages(connection: Connection) -> Iterator[Sequence[Row[Any]]]:
    last = 0
    after = KNOWN.order_by(accounts.c.key).limit(BATCH)
    while page := connection.execute(after.where(accounts.c.key > last)).all():
        yield page
        last = page[-1].key


def _standings(connection: Connection, policy: str, page: Sequence[Row[Any]]) -> Iterator[Standing]:
    told = _best(connection.execute(_told(policy, page)), lambda row: (row.rank, row.notice))
    seen = _best(connection.execute(_seen(policy, page)), _weight)
    for row in page:
        yield _standing(row, told.get(row.key), seen.get(row.key))


def _standing(row: Row[Any], told: Row[Any] | None, seen: Row[Any] | None) -> Standing:
    return Standing(
        account=to_account(row),
        told=told.version if told else "",
        told_at=told.started_at if told else None,
        delivery=State(told.state) if told else None,
        seen=seen.version if seen else "",
        seen_at=seen.recorded_at if seen else None,
        evidence=Kind(seen.kind) if seen else None,
    )


def _told(policy: str, page: Sequence[Row[Any]]) -> Select[Any]:
    """Ask who was told, and when: when the attempt was made, whenever its answer came."""
    return (
        select(deliveries.c.account, deliveries.c.notice, deliveries.c.state)
        .add_columns(notices.c.version, notices.c.rank, attempts.c.started_at)
        .join_from(deliveries, notices)
        .join(attempts, attempts.c.id == deliveries.c.attempt)
        .where(notices.c.policy == policy, deliveries.c.state.in_(TOLD), _within(deliveries.c.account, page))
    )


def _seen(policy: str, page: Sequence[Row[Any]]) -> Select[Any]:
    kinds = [kind.value for kind in Kind if kind.seen]
    return select(receipts).where(
        receipts.c.policy == policy, receipts.c.kind.in_(kinds), _within(receipts.c.account, page)
    )


def _within(column: Any, page: Sequence[Row[Any]]) -> Any:
    return column.between(page[0].key, page[-1].key)


def _weight(row: Row[Any]) -> tuple[int, int]:
    """Prefer the highest version, then the strongest kind of evidence. An account has each only once."""
    return row.rank, _KINDS.index(Kind(row.kind))


def _best(rows: Iterable[Any], weight: Callable[[Row[Any]], Any]) -> Mapping[int, Row[Any]]:
    best: dict[int, Row[Any]] = {}
    for row in rows:
        if row.account not in best or weight(row) > weight(best[row.account]):
            best[row.account] = row
    return best


def _deliveries(connection: Connection, of: Sequence[int], page: Sequence[Row[Any]]) -> Mapping[int, State]:
    """Return each account's delivery in the notices given: one that still counts before any other."""
    rows = connection.execute(
        select(deliveries.c.account, deliveries.c.notice, deliveries.c.state).where(
            deliveries.c.notice.in_(of), _within(deliveries.c.account, page)
        )
    )
    best = _best(rows, lambda row: (row.state not in _NOTHING, row.notice))
    return {key: State(row.state) for key, row in best.items()}
