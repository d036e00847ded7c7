"""Rows of the database -> the ledger's values, and back."""

from typing import Any

from sqlalchemy import Row, select

from toolkit.ledger.columns import rank
from toolkit.ledger.entries import Account, Notice, Variant
from toolkit.ledger.schema import accounts, persons

KNOWN = select(accounts, persons.c.id, persons.c.email, persons.c.name).join_from(accounts, persons)
"""Every account that has not been erased; `to_account` reads its rows."""


def to_account(row: Row[Any]) -> Account:
    return Account(
        id=row.id,
        email=row.email,
        name=row.name,
        language=row.language,
        created=row.created_on,
        closed=row.closed_on,
        restricted=row.restricted,
    )


def to_notice(row: Row[Any]) -> Notice:
    return Notice(
        plan=row.plan,
        policy=row.policy,
        version=row.version,
        version_digest=row.version_digest,
        effective=row.effective_on,
        audience=row.audience,
        audience_digest=row.audience_digest,
        sender=row.sender,
        reply_to=row.reply_to,
        transport=row.transport,
        host=row.host,
        planned_at=row.happened_at,
    )


def to_variant(row: Row[Any]) -> Variant:
    return Variant(language=row.language, since=row.since, subject=row.subject, text=row.text, html=row.html)


def from_notice(notice: Notice) -> dict[str, Any]:
    return {
        "plan": notice.plan,
        "policy": notice.policy,
        "version": notice.version,
        "rank": rank(notice.version),
        "version_digest": notice.version_digest,
        "effective_on": notice.effective,
        "audience": notice.audience,
        "audience_digest": notice.audience_digest,
        "sender": notice.sender,
        "reply_to": notice.reply_to,
        "transport": notice.transport,
        "host": notice.host,
        "happened_at": notice.planned_at,
    }


def from_variant(variant: Variant) -> dict[str, Any]:
    return {
        "language": variant.language,
        "since": variant.since,
        "subject": variant.subject,
        "text": variant.text,
        "html": variant.html,
    }
