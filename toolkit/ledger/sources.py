"""Accounts and receipts read from CSV files: each row becomes one, or says why it is none."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from toolkit.ledger.entries import Account, Kind, Receipt
from toolkit.ledger.tables import BadRow, Unfit, read_table, shortened
from toolkit.policy.version import Version

COLUMNS = ("id", "email", "name", "language", "created", "closed", "restricted")
RECEIPT_COLUMNS = ("account", "version", "kind", "at")

_LONGEST_ID = 255
_LONGEST_ADDRESS, _LONGEST_LOCAL = 254, 64  # RFC 5321
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN = re.compile(rf"({_LABEL}\.)+(?!\d+\Z){_LABEL}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False, "": False}


def read_csv(path: Path, *, today: date | None = None) -> Iterator[Account | BadRow]:
    """Give an account or a bad row for every row of a UTF-8 file, in its order, never holding the whole file.

    The first line names the columns, in any order. An empty `email` is an account that cannot be mailed; an
    empty `language` stays empty. Of two rows with one id the later is bad; so is one `created` after `today`.
    Raises `LedgerError` at once for columns that are missing, unknown or named twice, and for a file that cannot
    be read.
    """

    def account(values: Mapping[str, str]) -> Account:
        found = _account(values)
        if today is not None and found.created > today:
            raise Unfit(f"'created' {found.created} lies in the future")
        return found

    return _distinct(read_table(path, COLUMNS, account))


def read_receipts(
    path: Path, *, policy: str, versions: Sequence[Version], now: datetime
) -> Iterator[tuple[int, Receipt] | BadRow]:
    """Give the line and the receipt, or a bad row, for every row of a UTF-8 file; else as `read_csv`.

    `versions` are those released: a receipt of any other is a bad row, and so is one of before its version was
    published, or of after `now`. The file's name is the receipts' source.
    """
    published = {str(version.number): version.published for version in versions}

    def receipt(values: Mapping[str, str]) -> Receipt:
        if values["version"] not in published:
            raise Unfit(f"'version' was never released: '{shortened(values['version'])}'")
        return Receipt(
            account=_id(values["account"]),
            policy=policy,
            version=values["version"],
            kind=_kind(values["kind"]),
            recorded_at=_within(_instant(values["at"]), published[values["version"]], now),
            source=path.name,
        )

    return read_table(path, RECEIPT_COLUMNS, receipt)


def _distinct(rows: Iterator[tuple[int, Account] | BadRow]) -> Iterator[Account | BadRow]:
    known: set[int] = set()  # numbers, not ids: a million of them stay below 100 MB
    for row in rows:
        if isinstance(row, BadRow):
            yield row
            continue
        line, account = row
        if hash(account.id) in known:
            yield BadRow(line=line, cause="an earlier line has the same id")
            continue
        known.add(hash(account.id))
        yield account


def _account(values: Mapping[str, str]) -> Account:
    account = Account(
        id=_id(values["id"]),
        email=_email(values["email"]),
        name=values["name"],
        language=_language(values["language"]),
        created=_date(values["created"], "created"),
        closed=_date(values["closed"], "closed") if values["closed"] else None,
        restricted=_flag(values["restricted"]),
    )
    if account.closed is not None and account.closed < account.created:
        raise Unfit(f"'closed' {account.closed} is before 'created' {account.created}")
    return account


def _id(value: str) -> str:
    if not value:
        raise Unfit("the account's id is empty")
    if len(value) > _LONGEST_ID or not value.isprintable():
        raise Unfit(f"the account's id is longer than {_LONGEST_ID} characters, or holds some that cannot be seen")
    return value


def _email(value: str) -> str:
    if not value:
        return value
    local, at, domain = value.rpartition("@")
    if not at:
        raise Unfit("the e-mail address has no '@'")
    if len(value) > _LONGEST_ADDRESS or len(local) > _LONGEST_LOCAL:
        raise Unfit("the e-mail address is too long")
    if not _LOCAL.fullmatch(local):
        raise Unfit("what stands before the '@' is no name of a mailbox")
    if not _DOMAIN.fullmatch(domain):
        raise Unfit("what stands after the '@' is no domain; an international one is written as xn--...")
    return value


def _language(value: str) -> str:
    if value and not _LANGUAGE.fullmatch(value):
        raise Unfit(f"'language' is no language like en or zh-Hant: '{shortened(value)}'")
    return value


def _date(value: str, column: str) -> date:
    with suppress(ValueError):
        if _DATE.fullmatch(value):
            return date.fromisoformat(value)
    raise Unfit(f"'{column}' is no date like 2026-12-31: '{shortened(value)}'")


def _flag(value: str) -> bool:
    if value.lower() not in _FLAGS:
        raise Unfit(f"'restricted' is neither yes nor no: '{shortened(value)}'")
    return _FLAGS[value.lower()]


def _kind(value: str) -> Kind:
    if value not in list(Kind):
        raise Unfit(f"'kind' is none of {', '.join(Kind)}: '{shortened(value)}'")
    return Kind(value)


def _instant(value: str) -> datetime:
    with suppress(ValueError):
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
