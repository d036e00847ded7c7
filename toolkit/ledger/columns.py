"""What all tables share: how they name things, and how an instant and a version's number are kept in a column."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, DateTime, Dialect, MetaData, TypeDecorator

from toolkit.errors import LedgerError
from toolkit.policy.classes import Number

_PART = 1_000_000  # of a version's number; three of them fit 64 bits


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ix": "ix_%(table_name)s_%(column_0_name)s",
    }
)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware in, aware UTC out, on both databases. A naive one is refused with `LedgerError`."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise LedgerError(f"the instant {value} has no time zone.", mend="Give it one, as in datetime.now(UTC).")
        return value if value.tzinfo is UTC else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def rank(version: str) -> int:
    """Return a number that sorts versions: 10.0.0 above 2.0.0. Raises `LedgerError` for no version number."""
    try:
        number = Number.parse(version)
    except ValueError as error:
        raise LedgerError(str(error), mend="Write three numbers and two dots.") from None
    if max(number.major, number.minor, number.patch) >= _PART:
        raise LedgerError(f"the version number {version} is too large.", mend=f"Keep each part below {_PART:,}.")
    return (number.major * _PART + number.minor) * _PART + number.patch


def times() -> tuple[Column[Any], Column[Any]]:
    """Return the columns that every entry of evidence has."""
    return Column("happened_at", UtcDateTime, nullable=False), Column("heard_at", UtcDateTime, nullable=False)
