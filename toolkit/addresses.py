"""E-mail addresses: which can be written to, and how they are written for a mail server; and hosts. Pure.

The one place that says what an address is: settings, accounts and mails all ask here. The answer is the one of
the library email-validator. It takes about 20 microseconds, so a plain ASCII address is answered by a pattern
first; a property test holds both to the same answer.
"""

import re
from ipaddress import ip_address

from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_PLAIN = re.compile(rf"(?P<local>{_ATOM}(?:\.{_ATOM})*)@(?P<domain>(?:{_LABEL}\.)+[A-Za-z]{{2,63}})")
_LONGEST_LOCAL, _LONGEST = 64, 254  # RFC 5321
_SPECIAL = tuple(f".{name}" for name in SPECIAL_USE_DOMAIN_NAMES)


def parse_address(text: str) -> str:
    """Return an address as mail servers want it: the domain in small letters, an international one as xn--.

    What comes back holds no space, no line break and no sign with a meaning in a header. The name of the mailbox may
    go beyond ASCII (RFC 6531), which not every way out takes. Raises `ValueError` with the reason for what is no
    single address.
    """
    return _parse_plain(text) or _parse_any(text)


def mail_address(text: str) -> str:
    """Return an address as `parse_address` does, without the space around it; empty for what is no address."""
    try:
        return parse_address(text.strip())
    except ValueError:
        return ""


def _parse_plain(text: str) -> str:
    """Return an address that has nothing to decide about it; empty for any other text."""
    match = _PLAIN.fullmatch(text)
    if not match or len(match["local"]) > _LONGEST_LOCAL or len(text) > _LONGEST or "--" in match["domain"]:
        return ""
    domain = match["domain"].lower()
    return "" if domain.endswith(_SPECIAL) else f"{match['local']}@{domain}"


def _parse_any(text: str) -> str:
    try:
        found = validate_email(text, check_deliverability=False, allow_smtputf8=True, strict=True)
    except EmailNotValidError as error:
        raise ValueError(str(error).rstrip(".")) from None
    return f"{found.local_part}@{found.ascii_domain}"


def is_loopback(host: str) -> bool:
    """Whether a host is this very machine: what goes there needs no encryption."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
