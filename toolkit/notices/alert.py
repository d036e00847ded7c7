"""Messages to the contact: something failed, or somebody objects. Pure.

It takes the way of the notices, for that is the one that is known to work, and stands in no ledger: nobody is told of a
version by it.
"""

import re
import secrets
from collections.abc import Sequence
from datetime import datetime
from html import escape
from textwrap import wrap

from toolkit.errors import NoticeError
from toolkit.ledger.acts import Objection
from toolkit.ledger.entries import Account, Claimed, Notice, Outcome, Variant
from toolkit.ledger.states import State
from toolkit.notices.facts import Publisher
from toolkit.notices.mime import sender_address
from toolkit.notices.tags import MARK, clean
from toolkit.notices.transports import Transport

_NAME = "alert"
_WIDTH = 78
_ODD = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def write_alert(publisher: Publisher, what: str, lines: Sequence[str]) -> Variant:
    """Write the message: what failed, and what the reader should know."""
    subject = clean(f"{publisher.service}: {what}")
    said = [what, *lines]
    body = "".join(f"<p>{escape(clean(line))}</p>" for line in said)
    return Variant(
        language="en",
        since=_NAME,
        subject=subject,
        text="\n\n".join(map(clean, said)) + "\n",
        html=_page(subject, body),
    )


def write_objection(publisher: Publisher, account: Account, objection: Objection) -> Variant:
    """Write the message that brings an objection to the contact: who wrote it, about what, and all of it."""
    subject = clean(f"{publisher.service}: an objection to version {objection.version} of '{objection.policy}'")
    facts = (
        f"Account: {account.id}",
        f"Name: {account.name}",
        f"E-mail: {account.email}",
        f"Sent: {objection.happened_at:%Y-%m-%d %H:%M} UTC, from the account's own page",
    )
    words = [_ODD.sub("\ufffd", line).replace(MARK, "- pn.") for line in objection.text.splitlines()]
    wrapped = [part for line in words for part in (wrap(line, _WIDTH) or [""])]
    lines = [*map(clean, facts), "", *wrapped]
    body = "<br>\n".join(map(escape, lines))
    return Variant(
        language="en",
        since=_NAME,
        subject=subject,
        text="\n".join(lines) + "\n",
        html=_page(subject, f"<p>{body}</p>"),
    )


def _page(title: str, body: str) -> str:
    head = f"<head><title>{escape(title)}</title></head>"
    return f'<!doctype html>\n<html lang="en">{head}<body>{body}</body></html>\n'


def send_alert(transport: Transport, publisher: Publisher, variant: Variant, *, now: datetime) -> str:
    """Send the message to the contact, and return what the other side answered.

    Raises `NoticeError` where it was not taken.
    """
    outcome = hand_over(transport, publisher, variant, now=now)
    if outcome.state is not State.ACCEPTED:
        raise NoticeError(f"nobody could be written to: {outcome.text}", where=f"{transport.name} at {transport.host}")
    return outcome.text


def hand_over(
    transport: Transport, publisher: Publisher, variant: Variant, *, now: datetime, reply_to: str = ""
) -> Outcome:
    """Hand a message to the contact over, and return what became of it. Answers go to `reply_to`, where it is given.

    Raises `NoticeError` where it cannot be handed over at all.
    """
    sender_address(publisher.sender)
    notice = _notice(transport, publisher, reply_to or publisher.contact, now)
    account = Account(id=_NAME, email=publisher.contact, name="", language="en", created=now.date())
    claimed = Claimed(ref=secrets.token_hex(16), account=account, variant=0, key=1)
    transport.ready()
    for parcel in transport.pack(notice, variant, (claimed,), dated_at=now):
        for outcome in transport.hand_over(parcel).outcomes:
            return outcome
    raise NoticeError("nobody could be written to.", where=transport.name)


def _notice(transport: Transport, publisher: Publisher, reply_to: str, now: datetime) -> Notice:
    return Notice(
        plan=secrets.token_hex(32),
        policy=_NAME,
        version="",
        version_digest="",
        effective=now.date(),
        audience=1,
        audience_digest="",
        sender=publisher.sender,
        reply_to=reply_to,
        transport=transport.name,
        host=transport.host,
        planned_at=now,
    )
