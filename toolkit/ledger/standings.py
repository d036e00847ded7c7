"""Where accounts are with a policy: last told, last seen. Read for a page of accounts, in the order of their keys.

Each function works inside the caller's transaction.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, select

from toolkit.ledger.among import among
from toolkit.ledger.batches import SIZE
from toolkit.ledger.entries import ReceiptKind, Standing
from toolkit.ledger.rows import to_account
from toolkit.ledger.schema import attempts, deliveries, notices, receipts
from toolkit.ledger.states import TOLD, State

PAGE = SIZE
_SPARSE = 2  # keys a range has for each account that is asked for
_KINDS = tuple(ReceiptKind)  # weakest first
_NOTHING = frozenset({State.CANCELLED, State.SKIPPED})


def of(
    connection: Connection, policy: str, page: Sequence[Row[Any]], *, withdrawn: Collection[str] = ()
) -> Iterator[Standing]:
    """Give the standing of each account of a page. A `withdrawn` version counts only where there is no other."""
    told = _best(
        connection.execute(_told(policy).where(_within(connection, deliveries.c.account, page))),
        lambda row: (row.version not in withdrawn, row.rank, row.notice),
    )
    seen = _best(
        connection.execute(_seen(policy).where(_within(connection, receipts.c.account, page))),
        lambda row: (row.version not in withdrawn, *_weight(row)),
    )
    for row in page:
        yield _standing(row, told.get(row.key), seen.get(row.key))


def deliveries_of(connection: Connection, of_notices: Sequence[int], page: Sequence[Row[Any]]) -> Mapping[int, State]:
    """Return each account's delivery in the notices given: one that still counts before any other."""
    rows = connection.execute(
        select(deliveries.c.account, deliveries.c.notice, deliveries.c.state).where(
            deliveries.c.notice.in_(of_notices), _within(connection, deliveries.c.account, page)
        )
    )
    best = _best(rows, lambda row: (row.state not in _NOTHING, row.notice))
    return {key: State(row.state) for key, row in best.items()}


def _standing(row: Row[Any], told: Row[Any] | None, seen: Row[Any] | None) -> Standing:
    return Standing(
        account=to_account(row),
        told=told.version if told else "",
        told_at=told.happened_at if told else None,
        delivery=State(told.state) if told else None,
        ref=told.ref if told else "",
        seen=seen.version if seen else "",
        seen_at=seen.happened_at if seen else None,
        evidence=ReceiptKind(seen.kind) if seen else None,
    )


def _told(policy: str) -> Select[Any]:
    """Ask who was told, and when: when the attempt was made, whenever its answer came."""
    return (
        select(deliveries.c.account, deliveries.c.notice, deliveries.c.state, deliveries.c.ref)
        .add_columns(notices.c.version, notices.c.rank, attempts.c.happened_at)
        .join_from(deliveries, notices)
        .join(attempts, attempts.c.id == deliveries.c.attempt)
        .where(notices.c.policy == policy, deliveries.c.state.in_(TOLD))
    )


def _seen(policy: str) -> Select[Any]:
    kinds = [kind.value for kind in ReceiptKind if kind.seen]
    return select(receipts).where(receipts.c.policy == policy, receipts.c.kind.in_(kinds))


def _within(connection: Connection, column: Any, page: Sequence[Row[Any]]) -> ColumnElement[bool]:
    """Return the condition that a row is of a page's account: one of a range, where the page has most of the range."""
    first, last = page[0].key, page[-1].key
    if last - first < _SPARSE * len(page):
        between: ColumnElement[bool] = column.between(first, last)
        return between
    return among(connection, column, [row.key for row in page])


def _weight(row: Row[Any]) -> tuple[int, int]:
    """Prefer the highest version, then the strongest kind of evidence. An account has each only once."""
    return row.rank, _KINDS.index(ReceiptKind(row.kind))


def _best(rows: Iterable[Any], weight: Callable[[Row[Any]], Any]) -> Mapping[int, Row[Any]]:
    best: dict[int, Row[Any]] = {}
    for row in rows:
        if row.account not in best or weight(row) > weight(best[row.account]):
            best[row.account] = row
    return best
