"""Variant -> the bytes of a mail: compiled once, then spliced per account. Pure.

The standard library compiles some hundred mails a second; splicing an account's values into compiled bytes
makes some ten thousand.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.errors import MessageError
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from functools import lru_cache

from toolkit.addresses import mail_address
from toolkit.errors import NoticeError
from toolkit.ledger.commitments import commit
from toolkit.ledger.entries import HandedOver, Personalization, Variant
from toolkit.notices.tags import TAG, find_values

HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
"""What every notice says of itself, whatever way it goes: no machine is to answer it (RFC 3834)."""

_TAG = re.compile(rb"(" + TAG.pattern.encode() + rb")")
_QUOTED = re.compile(r'(["\\])')
_POLICY = SMTP.clone(cte_type="8bit")


@dataclass(frozen=True, kw_only=True, slots=True)
class Pattern:
    """A compiled mail: its bytes cut at the tags, so that every second piece is a tag."""

    pieces: tuple[bytes, ...]
    domain: str

    def write(self, filled: Personalization, *, date: datetime, ref: str) -> bytes:
        """Return one recipient's mail: the same bytes for the same values, date and reference.

        The delivery's reference becomes the Message-ID. No value can begin a header of its own: a name has no line
        breaks and is quoted, or encoded as RFC 2047 says.
        """
        head = (
            f"To: {_mailbox(filled.name, filled.address)}\r\n"
            f"Date: {format_datetime(date)}\r\n"
            f"Message-ID: {message_id(ref, self.domain)}\r\n"
        )
        return head.encode() + b"".join(self._spliced(find_values(filled)))

    def _spliced(self, values: Mapping[str, str]) -> list[bytes]:
        filled = list(self.pieces)
        for at in range(1, len(filled), 2):
            filled[at] = values[filled[at].decode("ascii")].encode()
        return filled


@lru_cache(maxsize=64)
def compile_mail(variant: Variant, *, sender: str, reply_to: str) -> Pattern:
    """Compile a variant with every header but To, Date and Message-ID, which are the recipient's.

    There is no List-Unsubscribe: nobody can be left out of a notice that the law asks for.
    """
    address = sender_address(sender)
    mail = EmailMessage(policy=_POLICY)
    try:
        mail["From"] = sender
        mail["Reply-To"] = reply_to
        mail["Subject"] = variant.subject
    except (ValueError, MessageError) as error:
        raise NoticeError(f"the mail's head cannot be written: {error}.") from None
    for name, value in HEADERS.items():
        mail[name] = value
    mail.set_content(variant.text, cte="8bit")
    mail.add_alternative(variant.html, subtype="html", cte="8bit")
    mail["Content-Language"] = variant.language  # here, for the library moves earlier Content- headers inside
    # The library's own boundary is random; the same variant must give the same bytes.
    mail.set_boundary(f"=_{hashlib.sha256(repr(variant).encode()).hexdigest()[:48]}")
    return Pattern(pieces=tuple(_TAG.split(mail.as_bytes())), domain=address.partition("@")[2])


def message_id(ref: str, domain: str) -> str:
    return f"<{ref}@{domain}>"


def rebuild(handed_over: HandedOver) -> bytes:
    """Return the exact bytes of a mail that was handed over, from what the ledger keeps of it.

    Raises `NoticeError` where the account was erased, and where the bytes are not those that evidence commits to.
    """
    kept = handed_over
    if kept.filled is None or kept.salt is None:
        raise NoticeError("what was filled into this mail was erased with its account.", where=kept.ref)
    if not kept.filled.address:
        raise NoticeError("nothing was handed over: the account had no usable address.", where=kept.ref)
    pattern = compile_mail(kept.variant, sender=kept.notice.sender, reply_to=kept.notice.reply_to)
    mail = pattern.write(kept.filled, date=kept.dated_at, ref=kept.ref)
    if commit(kept.salt, mail) != kept.commitment:
        raise NoticeError(
            "the mail made from the record is not the one that was handed over.",
            where=kept.ref,
            mend="Someone changed the record, or the toolkit writes mails in another way now.",
        )
    return mail


def sender_address(sender: str) -> str:
    """Return the address in `Name <address>`. Raises `NoticeError` where there is none."""
    address = mail_address(parseaddr(sender)[1])
    if not address or not address.isascii() or not sender.isprintable():
        raise NoticeError(
            "there is no address to send from.",
            where="pyproject.toml",
            mend='Set it in [tool.policy]: sender = "Us <notices@example.com>".',
        )
    return address


def _mailbox(shown: str, address: str) -> str:
    if not shown:
        return address
    # A mail program may take `=?` for the beginning of an encoded word, even inside of quotes.
    if shown.isascii() and "=?" not in shown:
        quoted = _QUOTED.sub(r"\\\1", shown)
        return f'"{quoted}" <{address}>'
    words = Header(shown, "utf-8", header_name="To").encode(linesep="\r\n")
    return f"{words}\r\n <{address}>"
