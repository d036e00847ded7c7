"""Accounts from a CSV file: each row becomes one, or says why it is none."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import TypeVar

from toolkit.addresses import parse_address
from toolkit.intake.tables import BadRow, Remark, Unfit, read_table, shortened
from toolkit.languages import parse_tag
from toolkit.ledger.entries import Account

COLUMNS = ("id", "email", "name", "language", "created", "closed", "restricted")

_LONGEST_ID = 255
_Value = TypeVar("_Value")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False, "": False}


def read_accounts(path: Path, *, today: date | None = None) -> Iterator[Account | Remark | BadRow]:
    """Give an account or a bad row for every row of a UTF-8 file, in its order, never holding the whole file.

    The first line names the columns, in any order. An empty `email` is an account that cannot be mailed; an
    empty `language` stays empty. A field that cannot be used costs no account: before the account a remark says what
    is taken instead. An address or a language is taken as none, `restricted` as yes, `closed` as open. Of two rows
    with one id the later is bad; so is one `created` after `today`. Raises `IntakeError` at once for columns that are
    missing, unknown or named twice, and for a file that cannot be read.
    """

    def account(values: Mapping[str, str]) -> _Taken:
        taken = _account(values)
        if today is not None and taken.account.created > today:
            raise Unfit(f"'created' {taken.account.created} lies in the future")
        return taken

    return _distinct(read_table(path, COLUMNS, account))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Taken:
    """An account, and what of its row could not be used."""

    account: Account
    remarks: tuple[str, ...]


def _distinct(rows: Iterator[tuple[int, _Taken] | BadRow]) -> Iterator[Account | Remark | BadRow]:
    known: set[int] = set()  # numbers, not ids: a million of them stay below 100 MB
    for row in rows:
        if isinstance(row, BadRow):
            yield row
            continue
        line, taken = row
        if hash(taken.account.id) in known:
            yield BadRow(line=line, cause="an earlier line has the same id")
            continue
        known.add(hash(taken.account.id))
        yield from (Remark(line=line, cause=cause) for cause in taken.remarks)
        yield taken.account


def _account(values: Mapping[str, str]) -> _Taken:
    remarks: list[str] = []
    created = _date(values["created"], "created")
    account = Account(
        id=parse_id(values["id"]),
        email=_usable(_email, values["email"], "", "the account has none until it is corrected", remarks),
        name=values["name"],
        language=_usable(_language, values["language"], "", "the account has none until it is corrected", remarks),
        created=created,
        closed=_usable(partial(_closed, created), values["closed"], None, "the account is taken as open", remarks),
        restricted=_usable(_flag, values["restricted"], True, "the account is taken as restricted", remarks),
    )
    return _Taken(account=account, remarks=tuple(remarks))


def _usable(read: Callable[[str], _Value], value: str, otherwise: _Value, so: str, remarks: list[str]) -> _Value:
    """Read a field; where it cannot be used, note why and what is taken instead, so that no account is lost for it."""
    try:
        return read(value)
    except Unfit as unfit:
        remarks.append(f"{unfit}; {so}")
        return otherwise


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


def _closed(created: date, value: str) -> date | None:
    closed = _date(value, "closed") if value else None
    if closed is not None and closed < created:
        raise Unfit(f"'closed' {closed} is before 'created' {created}")
    return closed


def _date(value: str, column: str) -> date:
    with suppress(ValueError):
        if _DATE.fullmatch(value):
            return date.fromisoformat(value)
    raise Unfit(f"'{column}' is no date like 2026-12-31: '{shortened(value)}'")


def _flag(value: str) -> bool:
    if value.lower() not in _FLAGS:
        raise Unfit(f"'restricted' is neither yes nor no: '{shortened(value)}'")
    return _FLAGS[value.lower()]
