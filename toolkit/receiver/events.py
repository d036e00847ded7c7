"""What SendGrid posts -> events of deliveries. Pure.

A post is kept with its signature and the signature's time, so that a stranger can check later that SendGrid said so.
Unknown keys and kinds are passed over: the provider adds some without a word.
"""

import re
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson

from toolkit.ledger.acts import Event, Read
from toolkit.ledger.states import TOLD, State
from toolkit.notices.transports.sendgrid_body import PREFLIGHT, REFERENCE

MOST = 10_000
"""Events of one post that are read. SendGrid posts at 768 KB, which hold some two thousand."""

STATES: Mapping[str, State] = {
    "processed": State.ACCEPTED,
    "deferred": State.ACCEPTED,  # it has it, and tries again
    "delivered": State.DELIVERED,
    "bounce": State.BOUNCED,
    "dropped": State.DROPPED,
}
"""What each kind of event says of a delivery. Opens and clicks say nothing: mail programs and scanners cause both."""

_MILLISECONDS = 100_000_000_000  # a larger number of seconds would lie three thousand years ahead
_DIGITS = re.compile(r"[0-9]{1,16}")
_EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
_AHEAD = timedelta(minutes=5)
_LONGEST = 200  # characters of an id
_LONGEST_ANSWER = 1_000


def frame(*, timestamp: str, signature: str, body: bytes) -> bytes:
    """Return a post as it is kept: the signature's time, the signature, the body byte by byte."""
    return b".".join((timestamp.encode("ascii"), b64encode(signature.encode("ascii")), body))


def unframe(raw: bytes) -> tuple[str, str, bytes]:
    """Return the time, the signature and the body of a post that was kept."""
    timestamp, signature, body = raw.split(b".", 2)
    return timestamp.decode("ascii"), b64decode(signature).decode("ascii"), body


def read_post(raw: bytes, *, now: datetime) -> Read:
    """Read a post that was kept. An event of another kind, or that is none, is counted and nothing more.

    So is a whole post that is no list of events: the provider signed it, and nobody can make anything of it.
    """
    said = [(_event(each, now), each) for each in _parse(unframe(raw)[2])]
    ours = [(event, each) for event, each in said if event is not None]
    return Read(
        events=tuple(event for event, _ in ours),
        ignored=len(said) - len(ours),
        words=lambda place: orjson.dumps(ours[place][1]),
    )


def _parse(body: bytes) -> list[Any]:
    try:
        found = orjson.loads(body)
    except orjson.JSONDecodeError:
        return [None]
    return found[:MOST] if isinstance(found, list) else [None]


def _event(said: Any, now: datetime) -> Event | None:
    if not isinstance(said, dict):
        return None
    get = said.get
    kind = get("event")
    state = STATES.get(kind) if isinstance(kind, str) else None
    if state is None or get(PREFLIGHT):
        return None
    ref = _text(get(REFERENCE))
    return Event(
        ref=ref or _own(_text(get("smtp-id"))),
        state=state,
        text=_words(said, str(kind), state),
        id=_text(get("sg_event_id")),
        message=_text(get("sg_message_id")),
        address=_text(get("email")) if not ref else "",
        happened_at=_instant(get("timestamp"), now),
    )


def _words(said: Mapping[str, Any], kind: str, state: State) -> str:
    """Return what is worth keeping of an event: the receiving server's answer, or the provider's reason."""
    answer = _text(said.get("reason"), _LONGEST_ANSWER) or _text(said.get("response"), _LONGEST_ANSWER)
    kinds = kind if state in TOLD else _kinds(said, kind)
    return f"{kinds}: {answer}" if answer else kinds


def _kinds(said: Mapping[str, Any], kind: str) -> str:
    """Return the kind of a mail that did not arrive, as narrowly as the provider says it."""
    narrower = (_text(said.get("type")), _text(said.get("bounce_classification")))
    return ", ".join([kind, *(word for word in narrower if word and word != kind)])


def _own(smtp_id: str) -> str:
    """Return the reference in a Message-ID of ours; empty for any other."""
    local, at, _ = smtp_id.strip("<> ").partition("@")
    return local if at else ""


def _text(value: Any, longest: int = _LONGEST) -> str:
    return value[:longest] if isinstance(value, str) else ""


def _instant(said: Any, now: datetime) -> datetime | None:
    """Return when an event happened, said in seconds or milliseconds; None for what cannot be."""
    number = int(said) if isinstance(said, str) and _DIGITS.fullmatch(said) else said
    if isinstance(number, bool) or not isinstance(number, int | float):
        return None
    seconds = number / 1000 if number >= _MILLISECONDS else number
    try:
        at = datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return at if _EARLIEST <= at <= now + _AHEAD else None
