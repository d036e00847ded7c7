"""Receipts from a CSV file: each row becomes one, or says why it is none."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from toolkit.intake.accounts import parse_id
from toolkit.intake.tables import BadRow, Unfit, read_table, shortened
from toolkit.ledger.entries import Receipt, ReceiptKind
from toolkit.policy.version import Version

COLUMNS = ("account", "version", "kind", "at")


def read_receipts(
    path: Path, *, policy: str, versions: Sequence[Version], now: datetime
) -> Iterator[tuple[int, Receipt] | BadRow]:
    """Give the line and the receipt, or a bad row, for every row of a UTF-8 file; else as `read_accounts`.

    `versions` are those released: a receipt of any other is a bad row, and so is one of before its version was
    published, or of after `now`. The file's name is the receipts' source.
    """
    published = {str(version.number): version.published for version in versions}

    def receipt(values: Mapping[str, str]) -> Receipt:
        if values["version"] not in published:
            raise Unfit(f"'version' was never released: '{shortened(values['version'])}'")
        return Receipt(
            account=parse_id(values["account"]),
            policy=policy,
            version=values["version"],
            kind=_kind(values["kind"]),
            happened_at=_within(_instant(values["at"]), published[values["version"]], now),
            source=path.name,
        )

    return read_table(path, COLUMNS, receipt)


def _kind(value: str) -> ReceiptKind:
    if value not in list(ReceiptKind):
        raise Unfit(f"'kind' is none of {', '.join(ReceiptKind)}: '{shortened(value)}'")
    return ReceiptKind(value)


def _instant(value: str) -> datetime:
    with suppress(ValueError, OverflowError):
        found = datetime.fromisoformat(value)
        if found.tzinfo is not None:
            return found.astimezone(UTC)
    raise Unfit(f"'at' is no instant like 2026-12-31T09:00:00+08:00: '{shortened(value, 30)}'")


def _within(at: datetime, published: date, now: datetime) -> datetime:
    """Return an instant at which a version could be seen. `published` is a date of the policy's own time zone."""
    if at > now:
        raise Unfit(f"'at' lies in the future: {at.isoformat()}")
    if at.date() < published - timedelta(days=1):
        raise Unfit(f"'at' is before the version was published on {published}: {at.isoformat()}")
    return at
