"""One order in which deliveries are locked, so that two writers never wait for each other."""

from sqlalchemy import ARRAY, ColumnElement, Connection, Text, and_, any_, literal, select

from toolkit.ledger.schema import deliveries


def locked(connection: Connection, *which: ColumnElement[bool]) -> ColumnElement[bool]:
    """Lock some deliveries in the order of their references, and return the condition that names just those.

    An update that followed by itself would lock what has come to fit meanwhile, in any order. SQLite has one writer.
    """
    if connection.dialect.name != "postgresql":
        return and_(*which)
    in_order = select(deliveries.c.ref).where(*which).order_by(deliveries.c.ref).with_for_update()
    refs = list(connection.scalars(in_order))
    return deliveries.c.ref == any_(literal(refs, ARRAY(Text)))
