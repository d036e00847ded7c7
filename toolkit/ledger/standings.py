"""Where accounts are with a policy: last told, last seen. Read for a page of accounts, in the order of their keys.

Each function works inside the caller's transaction.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, select

from toolkit.ledger.acts import Proof
from toolkit.ledger.among import among
from toolkit.ledger.batches import SIZE
from toolkit.ledger.columns import rank
from toolkit.ledger.entries import ReceiptKind, Standing
from toolkit.ledger.rows import to_account
from toolkit.ledger.schema import attempts, deliveries, notices, receipts
from toolkit.ledger.states import TOLD, State

PAGE = SIZE
_SPARSE = 2  # keys a range has for each account that is asked for
_KINDS = tuple(ReceiptKind)  # weakest first
FURTHEST = (  # of several mails about one version, the last of these counts
    *(State.CANCELLED, State.SKIPPED, State.PENDING, State.CLAIMED, State.REFUSED, State.DROPPED, State.BOUNCED),
    *(State.UNKNOWN, State.ACCEPTED, State.DELIVERED),
)
_NOTHING = frozenset({State.CANCELLED, State.SKIPPED})


def of(
    connection: Connection, policy: str, page: Sequence[Row[Any]], *, withdrawn: Collection[str] = ()
) -> Iterator[Standing]:
    """Give the standing of each account of a page. A `withdrawn` version counts only where there is no other."""
    given = {"policy": policy}
    told = connection.execute(_TOLD.where(_within(connection, deliveries.c.account, page)), given)
    seen = connection.execute(_SEEN.where(_within(connection, receipts.c.account, page)), given)
    yield from _standings(page, told, seen, withdrawn)


def of_one(connection: Connection, policy: str, row: Row[Any], *, withdrawn: Collection[str] = ()) -> Standing:
    """Return the standing of one account, as `of` does; quickly, for portals ask hundreds of times a second."""
    given = {"policy": policy, "key": row.key}
    told, seen = connection.execute(_ONE_TOLD, given), connection.execute(_ONE_SEEN, given)
    return next(_standings([row], told, seen, withdrawn))


def _standings(
    page: Sequence[Row[Any]], told: Iterable[Any], seen: Iterable[Any], withdrawn: Collection[str]
) -> Iterator[Standing]:
    best_told = _best(told, lambda row: (row.version not in withdrawn, row.rank, row.notice))
    best_seen = _best(seen, lambda row: (row.version not in withdrawn, *_weight(row)))
    for row in page:
        yield _standing(row, best_told.get(row.key), best_seen.get(row.key))


def proofs(connection: Connection, policy: str, key: int) -> tuple[Proof, ...]:
    """Return what is known of an account and each version, in order of number: the strongest of each."""
    given = {"policy": policy, "key": key}
    mails: dict[str, Any] = {}
    for row in connection.execute(_MAILS, given):
        best = mails.get(row.version)
        if best is None or FURTHEST.index(row.state) >= FURTHEST.index(best.state):
            mails[row.version] = row
    acts: dict[str, Any] = {}
    for row in connection.execute(_ACTS, given):
        best = acts.get(row.version)
        if best is None or _KINDS.index(row.kind) > _KINDS.index(best.kind):
            acts[row.version] = row
    return tuple(
        _proof(version, mails.get(version), acts.get(version)) for version in sorted({*mails, *acts}, key=rank)
    )


def _proof(version: str, mail: Any, act: Any) -> Proof:
    return Proof(
        version=version,
        delivery=State(mail.state) if mail else None,
        told_at=mail.happened_at if mail else None,
        evidence=ReceiptKind(act.kind) if act else None,
        seen_at=act.happened_at if act else None,
    )


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


_TOLD = (
    # When it was told is when the attempt was made, whenever its answer came.
    select(deliveries.c.account, deliveries.c.notice, deliveries.c.state, deliveries.c.ref)
    .add_columns(notices.c.version, notices.c.rank, attempts.c.happened_at)
    .join_from(deliveries, notices)
    .join(attempts, attempts.c.id == deliveries.c.attempt)
    .where(notices.c.policy == bindparam("policy"), deliveries.c.state.in_([state.value for state in TOLD]))
)
_SEEN = select(receipts).where(
    receipts.c.policy == bindparam("policy"), receipts.c.kind.in_([kind.value for kind in ReceiptKind if kind.seen])
)
_MAILS = (
    select(deliveries.c.state, notices.c.version, attempts.c.happened_at)
    .join_from(deliveries, notices)
    .join(attempts, attempts.c.id == deliveries.c.attempt, isouter=True)
    .where(notices.c.policy == bindparam("policy"), deliveries.c.account == bindparam("key"))
    .order_by(notices.c.id)
)
_ACTS = select(receipts.c.version, receipts.c.kind, receipts.c.happened_at).where(
    receipts.c.policy == bindparam("policy"), receipts.c.account == bindparam("key")
)
# Made once: to make such a question takes longer than to answer it for one account.
_ONE_TOLD = _TOLD.where(deliveries.c.account == bindparam("key"))
_ONE_SEEN = _SEEN.where(receipts.c.account == bindparam("key"))
