"""SendGrid's signature under a post: ECDSA over the signing time and the body, byte by byte. Pure.

The time and the body are signed one after the other with nothing between, so a digit could be moved from one to the
other: the time has ten digits, and the body begins with `[`.
"""

import re
from base64 import b64decode
from binascii import Error as Base64Error
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key, load_pem_public_key

from toolkit.errors import ReceiverError, SettingsError

SIGNATURE = "x-twilio-email-event-webhook-signature"
TIMESTAMP = "x-twilio-email-event-webhook-timestamp"

OLDEST = timedelta(hours=25)
"""How long after it was signed a post is believed: SendGrid goes on trying for a day."""

AHEAD = timedelta(minutes=5)
_TIME = re.compile(r"[0-9]{10}")
_SIGNATURE = re.compile(r"[A-Za-z0-9+/=]{8,200}")


@dataclass(frozen=True, kw_only=True, slots=True)
class EventKey:
    """The provider's public key, as its settings page shows it."""

    key: EllipticCurvePublicKey = field(repr=False)

    def check(self, body: bytes, *, signature: str, timestamp: str, now: datetime) -> None:
        """Raise `ReceiverError` unless the provider signed just these bytes, and not too long ago."""
        refuse_unsigned(signature=signature, timestamp=timestamp, now=now)
        if not body.startswith(b"["):
            raise ReceiverError("the post has no signature that fits it.")
        try:
            self.key.verify(b64decode(signature, validate=True), timestamp.encode("ascii") + body, ECDSA(SHA256()))
        except (InvalidSignature, Base64Error, ValueError):
            raise ReceiverError("the provider did not sign this post.") from None


def refuse_unsigned(*, signature: str, timestamp: str, now: datetime) -> None:
    """Raise `ReceiverError` where a signature cannot be one of today, whatever it signs: the body need not be read."""
    if not _TIME.fullmatch(timestamp) or not _SIGNATURE.fullmatch(signature):
        raise ReceiverError("the post has no signature that fits it.")
    signed_at = datetime.fromtimestamp(int(timestamp), UTC)
    if not now - OLDEST <= signed_at <= now + AHEAD:
        raise ReceiverError("the post was signed too long ago, or in the future.")


def parse_event_key(text: str, *, where: str) -> EventKey | None:
    """Read the provider's key: base64 of its DER form, with or without the lines around it; None where there is none.

    Raises `SettingsError` for another kind of key.
    """
    if not text:
        return None
    try:
        if text.startswith("-----BEGIN"):
            key = load_pem_public_key(text.replace("\\n", "\n").encode("ascii"))
        else:
            key = load_der_public_key(b64decode("".join(text.split()), validate=True))
    except (ValueError, UnsupportedAlgorithm):
        key = None
    if not isinstance(key, EllipticCurvePublicKey) or not isinstance(key.curve, SECP256R1):
        raise SettingsError(
            "this is no public key of SendGrid's event webhook.",
            where=where,
            mend="Copy it from SendGrid: Settings, Mail Settings, Event Webhook, Verification Key.",
        )
    return EventKey(key=key)
