"""Asks for many rows at once, with one parameter: a thousand would be compiled and bound one by one.

Each function works inside the caller's transaction.
"""

from collections.abc import Sequence

import orjson
from sqlalchemy import ARRAY, Column, ColumnElement, Connection, any_, func, literal, select


def among(
    connection: Connection, column: Column[str] | Column[int], values: Sequence[str] | Sequence[int]
) -> ColumnElement[bool]:
    """Return the condition that a column holds one of some values. As few or many as there are."""
    if connection.dialect.name == "postgresql":
        return column == any_(literal(list(values), ARRAY(column.type)))
    each = func.json_each(orjson.dumps(list(values)).decode()).table_valued("value")
    return column.in_(select(each.c.value))
