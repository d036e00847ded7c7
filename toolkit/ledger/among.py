"""Asks for many rows at once, with one parameter: a thousand would be compiled and bound one by one.

Each function works inside the caller's transaction.
"""

from collections.abc import Sequence

import orjson
from sqlalchemy import JSON, Column, ColumnElement, Connection, Text, any_, cast, func, literal, select


def among(
    connection: Connection, column: Column[str] | Column[int], values: Sequence[str] | Sequence[int]
) -> ColumnElement[bool]:
    """Return the condition that a column holds one of some values. As few or many as there are."""
    said = orjson.dumps(list(values)).decode()  # one text: the drivers take longer over a list
    if connection.dialect.name == "postgresql":
        each = func.json_array_elements_text(cast(literal(said, Text()), JSON)).column_valued("each")
        return column == any_(func.array(select(cast(each, column.type)).scalar_subquery()))
    rows = func.json_each(said).table_valued("value")
    return column.in_(select(rows.c.value))
