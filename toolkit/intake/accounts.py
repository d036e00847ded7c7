"""Accounts from a CSV file: each row becomes one, or says why it is none."""

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path

from toolkit.addresses import parse_address
from toolkit.intake.tables import BadRow, Unfit, read_table, shortened
from toolkit.languages import parse_tag
from toolkit.ledger.entries import Account

COLUMNS = ("id", "email", "name", "language", "created", "closed", "restricted")

_LONGEST_ID = 255
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False, "": False}


def read_accounts(path: Path, *, today: date | None = None) -> Iterator[Account | BadRow]:
    """Give an account or a bad row for every row of a UTF-8 file, in its order, never holding the whole file.

    The first line names the columns, in any order. An empty `email` is an account that cannot be mailed; an
    empty `language` stays empty. Of two rows with one id the later is bad; so is one `created` after `today`.
    Raises `IntakeError` at once for columns that are missing, unknown or named twice, and for a file that cannot
    be read.
    """

    def account(values: Mapping[str, str]) -> Account:
        found = _account(values)
        if today is not None and found.created > today:
            raise Unfit(f"'created' {found.created} lies in the future")
        return found

    return _distinct(read_table(path, COLUMNS, account))


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
        id=parse_id(values["id"]),
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


def parse_id(value: str) -> str:
    if not value:
        raise Unfit("the account's id is empty")
    if len(value) > _LONGEST_ID or not value.isprintable():
        raise Unfit(f"the account's id is longer than {_LONGEST_ID} characters, or holds some that cannot be seen")
    return value


def _email(value: str) -> str:
    """Return an address as the client wrote it, if mail can be sent there. Empty is an account without one."""
    try:
        if value:
            parse_address(value)
    except ValueError as error:
        raise Unfit(f"the e-mail address cannot be used: {error}") from None
    return value


def _language(value: str) -> str:
    try:
        return parse_tag(value) if value else value
    except ValueError:
        raise Unfit(f"'language' is no language like en or zh-Hant: '{shortened(value)}'") from None


def _date(value: str, column: str) -> date:
    with suppress(ValueError):
        if _DATE.fullmatch(value):
            return date.fromisoformat(value)
    raise Unfit(f"'{column}' is no date like 2026-12-31: '{shortened(value)}'")


def _flag(value: str) -> bool:
    if value.lower() not in _FLAGS:
        raise Unfit(f"'restricted' is neither yes nor no: '{shortened(value)}'")
    return _FLAGS[value.lower()]
