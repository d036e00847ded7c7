"""Which e-mail addresses a mail can be sent to. Pure."""

import re

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}")
_LONGEST = 254
_LONGEST_LOCAL = 64


def mail_address(email: str) -> str:
    """Return an address as mail servers want it, with the domain in ASCII; empty for what is no address.

    What comes back holds no space, no line break and no sign with a meaning in a header.
    """
    local, _, domain = email.strip().rpartition("@")
    ascii_domain = _ascii(domain)
    usable = (
        _LOCAL.fullmatch(local)
        and _DOMAIN.fullmatch(ascii_domain)
        and len(local) <= _LONGEST_LOCAL
        and len(local) + len(ascii_domain) < _LONGEST
    )
    return f"{local}@{ascii_domain}" if usable else ""


def _ascii(domain: str) -> str:
    if domain.isascii():
        return domain
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
