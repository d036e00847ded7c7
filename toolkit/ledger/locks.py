"""One order in which rows are locked, so that two writers never wait for each other: notices, accounts, deliveries."""

from sqlalchemy import ARRAY, ColumnElement, Connection, Text, and_, any_, literal, select

from toolkit.ledger.schema import deliveries, notices


def locked(connection: Connection, *which: ColumnElement[bool]) -> ColumnElement[bool]:
    """Lock some deliveries in the order of their references, and return the condition that names just those.

    An update that followed by itself would lock what has come to fit meanwhile, in any order. SQLite has one writer.
    """
    if connection.dialect.name != "postgresql":
        return and_(*which)
    in_order = select(deliveries.c.ref).where(*which).order_by(deliveries.c.ref).with_for_update()
    refs = list(connection.scalars(in_order))
    return deliveries.c.ref == any_(literal(refs, ARRAY(Text)))


def lock_notices(connection: Connection, which: ColumnElement[bool], *, to_decide: bool = False) -> None:
    """Keep what is decided about some notices as it is until the transaction ends.

    Many may rely on a decision at once; who is `to_decide` waits for them, and they for it. SQLite has one writer.
    """
    if connection.dialect.name != "postgresql":
        return
    in_order = select(notices.c.id).where(which).order_by(notices.c.id)
    mode = in_order.with_for_update(key_share=True) if to_decide else in_order.with_for_update(read=True)
    connection.execute(mode).all()
