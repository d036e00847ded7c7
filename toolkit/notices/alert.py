"""A message to the contact when something failed: a page that is not published, a notice that is not finished. Pure.

It takes the way of the notices, for that is the one that is known to work, and stands in no ledger: nobody is told of a
version by it.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime
from html import escape

from toolkit.errors import NoticeError
from toolkit.ledger.entries import Account, Claimed, Notice, Variant
from toolkit.ledger.states import State
from toolkit.notices.facts import Publisher
from toolkit.notices.mime import sender_address
from toolkit.notices.tags import clean
from toolkit.notices.transports import Transport

_NAME = "alert"


def write_alert(publisher: Publisher, what: str, lines: Sequence[str]) -> Variant:
    """Write the message: what failed, and what the reader should know."""
    subject = clean(f"{publisher.service}: {what}")
    said = [what, *lines]
    body = "".join(f"<p>{escape(clean(line))}</p>" for line in said)
    head = f"<head><title>{escape(subject)}</title></head>"
    return Variant(
        language="en",
        since=_NAME,
        subject=subject,
        text="\n\n".join(map(clean, said)) + "\n",
        html=f'<!doctype html>\n<html lang="en">{head}<body>{body}</body></html>\n',
    )


def send_alert(transport: Transport, publisher: Publisher, variant: Variant, *, now: datetime) -> str:
    """Send the message to the contact, and return what the other side answered.

    Raises `NoticeError` where it was not taken.
    """
    sender_address(publisher.sender)
    notice = _notice(transport, publisher, now)
    account = Account(id=_NAME, email=publisher.contact, name="", language="en", created=now.date())
    claimed = Claimed(ref=secrets.token_hex(16), account=account, variant=0, key=1)
    transport.ready()
    for parcel in transport.pack(notice, variant, (claimed,), dated_at=now):
        for outcome in transport.hand_over(parcel).outcomes:
            if outcome.state is State.ACCEPTED:
                return outcome.text
            raise NoticeError(
                f"nobody could be written to: {outcome.text}", where=f"{transport.name} at {transport.host}"
            )
    raise NoticeError("nobody could be written to.", where=transport.name)


def _notice(transport: Transport, publisher: Publisher, now: datetime) -> Notice:
    return Notice(
        plan=secrets.token_hex(32),
        policy=_NAME,
        version="",
        version_digest="",
        effective=now.date(),
        audience=1,
        audience_digest="",
        sender=publisher.sender,
        reply_to=publisher.contact,
        transport=transport.name,
        host=transport.host,
        planned_at=now,
    )
