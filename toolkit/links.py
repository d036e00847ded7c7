"""Signed, expiring links: what leads from a mail to the page of the account that it went to. Pure.

A token holds the delivery's reference and the day it expires, and nothing else; whose it is and what it is about is
looked up. Keys are rotated by putting a new one first: the others still open what they signed.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256

from itsdangerous import BadSignature, Signer

from toolkit.errors import LinkError, SettingsError

SHORTEST_KEY = 32
"""Characters of a key. One from `openssl rand -hex 32` has 64."""

_SALT = "policy-link-1"
_VALUE = re.compile(r"([A-Za-z0-9_-]{8,64})\.([0-9a-f]{1,6})")
_EPOCH = date(1970, 1, 1)
_LONGEST = 200


class Forged(LinkError):  # noqa: N818 - named for what the token is
    """A token that none of the keys signed."""


class Expired(LinkError):  # noqa: N818
    """A token that was signed with one of the keys, for days that are over."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkKeys:
    """The keys of links, the newest first: it signs, and all of them open."""

    keys: tuple[str, ...] = field(repr=False)

    def sign(self, ref: str, *, expires_on: date) -> str:
        """Return a token for a delivery: letters, digits, `-`, `_` and `.` only. It is valid on its last day, too."""
        return self._signer().sign(f"{ref}.{(expires_on - _EPOCH).days:x}").decode("ascii")

    def read(self, token: str, *, on: date) -> str:
        """Return the reference of a token's delivery. Raises `Forged` or `Expired`."""
        return self.open(token, on=on)[0]

    def open(self, token: str, *, on: date) -> tuple[str, date]:
        """Return the reference of a token's delivery, and the last day of the token. Raises as `read` does."""
        try:
            value = self._signer().unsign(token[:_LONGEST].encode("ascii")).decode("ascii")
        except (BadSignature, UnicodeError):
            raise Forged("the link was not made with any of the keys.") from None
        match = _VALUE.fullmatch(value)
        if not match or len(token) > _LONGEST or not _is_plain(token.rpartition(".")[2]):
            raise Forged("the link is none of ours.")
        last = _EPOCH + timedelta(days=int(match[2], 16))
        if last < on:
            raise Expired("the link has expired.")
        return match[1], last

    def _signer(self) -> Signer:
        # The library wants the oldest first; it compares in constant time.
        oldest_first = list(reversed(self.keys))
        return Signer(oldest_first, salt=_SALT, key_derivation="hmac", digest_method=sha256)


def _is_plain(signature: str) -> bool:
    """Whether a signature is written as we write it: base64 leaves some bits of its last sign unused."""
    return urlsafe_b64encode(urlsafe_b64decode(f"{signature}=")).decode("ascii") == f"{signature}="


def parse_keys(text: str, *, where: str) -> LinkKeys | None:
    """Read keys, the newest first, with commas or spaces between; None where there are none.

    Raises `SettingsError`, without repeating it, for a key that could be guessed.
    """
    keys = [key for key in re.split(r"[\s,]+", text) if key]
    if any(len(key) < SHORTEST_KEY or not key.isprintable() for key in keys):
        raise SettingsError(
            f"a key of links is shorter than {SHORTEST_KEY} characters.",
            where=where,
            mend="Make one with: openssl rand -hex 32",
        )
    return LinkKeys(keys=tuple(keys)) if keys else None
