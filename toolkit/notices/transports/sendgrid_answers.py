"""What SendGrid's answers to a request for many recipients mean. Pure.

A request is taken whole or not at all, and only 202 says that it was taken. A refusal that names a place in the list
is about that recipient; one that names anything else is about us.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from enum import StrEnum

from toolkit.ledger.blanking import blank

_ACCEPTED, _SANDBOXED = 202, 200
_BAD, _TOO_LARGE, _TOO_MANY, _AWAY = 400, 413, 429, 503
_KEY = frozenset((401, 403))
# What says that a request was not even looked into. Whatever stands nowhere here leaves it in doubt.
_ABOUT_US = _KEY | frozenset((301, 302, 307, 308, 404, 405, 406, 410, 411, 413, 414, 415, 422, 431))
_PLACE = re.compile(r"^personalizations[.\[]([0-9]{1,6})(?![0-9])")
_SECONDS = re.compile(r"[0-9]{1,20}")
_LONGEST = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class Reply:
    """What the provider answered. The names of headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Meaning(StrEnum):
    """What to do after an answer."""

    TAKEN = "taken"
    WAIT = "wait"  # nothing was taken; later it may be
    DOUBT = "in doubt"  # it may have been taken
    REFUSED = "refused"  # for the recipients that are named; without them nothing was taken
    SPLIT = "split"  # somebody among them is refused, and nobody is named
    STOP = "stop"  # it is about us: every other request would get the same answer


@dataclass(frozen=True, kw_only=True, slots=True)
class Understood:
    """An answer with its meaning: what it said, the request's id, the places it names, how long to wait in seconds."""

    meaning: Meaning
    said: str
    message_id: str = ""
    places: Mapping[int, str] = field(default_factory=dict)
    retry_after: float | None = None


def understand(reply: Reply, *, recipients: int, now: datetime, sandbox: bool = False) -> Understood:
    """Read an answer to a request for so many recipients. `now` is for servers that name the instant to come back.

    In the `sandbox` 200 says that it would have been taken. Outside of it nobody knows what 200 means.
    """
    taken = reply.status == _ACCEPTED
    errors = () if taken else _errors(reply.body)
    said = blank(f"{reply.status} {'; '.join(dict.fromkeys(message for _, message in errors))}".strip()[:_LONGEST])
    if taken or (sandbox and reply.status == _SANDBOXED):
        return Understood(meaning=Meaning.TAKEN, said=said, message_id=reply.headers.get("x-message-id", ""))
    if reply.status in (_TOO_MANY, _AWAY):
        return Understood(meaning=Meaning.WAIT, said=said, retry_after=_retry_after(reply.headers, now))
    if reply.status == _BAD:
        return _understand_refusal(errors, said, recipients)
    if reply.status == _TOO_LARGE and recipients > 1:
        return Understood(meaning=Meaning.SPLIT, said=said)
    if reply.status in _ABOUT_US:
        return Understood(meaning=Meaning.STOP, said=f"{said}{_hint(reply.status)}")
    return Understood(meaning=Meaning.DOUBT, said=said)


def _understand_refusal(errors: tuple[tuple[str, str], ...], said: str, recipients: int) -> Understood:
    places: dict[int, str] = {}
    for about, message in errors:
        place = _PLACE.match(about)
        if place and int(place[1]) < recipients:
            places.setdefault(int(place[1]), blank(f"400 {message}"[:_LONGEST]))
        elif about and not about.startswith("personalizations"):
            return Understood(meaning=Meaning.STOP, said=f"{said} ({about})")
    if places:
        return Understood(meaning=Meaning.REFUSED, said=said, places=places)
    return Understood(meaning=Meaning.SPLIT, said=said)


def _errors(body: bytes) -> tuple[tuple[str, str], ...]:
    """Return each error's field, empty for none, and message. Whatever comes, nothing is raised."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return ()
    errors = said.get("errors") if isinstance(said, dict) else None
    if not isinstance(errors, list):
        return ()
    pairs = ((each.get("field"), each.get("message")) for each in errors if isinstance(each, dict))
    return tuple((str(about or ""), " ".join(str(message or "").split())) for about, message in pairs)


def _retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Return the seconds that are asked for: `Retry-After` in seconds or as a date, else the rate limit's reset."""
    asked = headers.get("retry-after", "").strip()
    if _SECONDS.fullmatch(asked):
        return float(asked)
    try:
        return max(0.0, (parsedate_to_datetime(asked) - now).total_seconds())
    except (ValueError, TypeError, OverflowError):
        reset = headers.get("x-ratelimit-reset", "").strip()
        return max(0.0, float(reset) - now.timestamp()) if _SECONDS.fullmatch(reset) else None


def _hint(status: int) -> str:
    return " (the key, or what it may do)" if status in _KEY else ""
