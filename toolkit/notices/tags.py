"""Closed tags: where an account's own values go in a rendered text. Pure.

A mail is rendered once per variant. In place of an account's name stands `-pn.name.h-` (escaped, for HTML) or
`-pn.name.t-` (as it is, for plain text), which is filled in per account: here, or by a provider that replaces
strings and knows no escaping.
"""

import re
from html import escape

from toolkit.ledger.entries import Account, Personalization

MARK = "-pn."
"""What every tag begins with. It may not stand in any other text of a mail."""

WIDEST = 256
"""No value is wider than this, in octets, in either form. A link is shorter: see `config.py`."""

FIELDS = ("account", "name", "email", "link")
HTML, TEXT = "h", "t"

TAG = re.compile(rf"-pn\.(?:{'|'.join(FIELDS)})\.[{HTML}{TEXT}]-")

_BREAKS = re.compile(r"[\x00-\x20\x7f-\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
# Signs that turn the reading direction would reorder the words after them; half signs cannot be encoded.
_UNSEEN = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def tag(field: str, form: str) -> str:
    """Return the tag of a field in one form: `-pn.name.h-`."""
    return f"{MARK}{field}.{form}-"


def clean(text: str) -> str:
    """Return `text` as one line without control characters, no wider than `WIDEST` even when escaped."""
    line = _BREAKS.sub(" ", _UNSEEN.sub("", text[: 4 * WIDEST])).strip().replace(MARK, "- pn.")
    fitting = line
    while len(escape(fitting).encode()) > WIDEST - 3 * (fitting is not line):
        fitting = fitting[: len(fitting) * 9 // 10]
    return fitting if fitting is line else f"{fitting}…"


def personalize(account: Account, address: str, *, link: str = "") -> Personalization:
    """Return what is filled in for an account, one line each. `address` is what the mail server is given."""
    return Personalization(
        address=address, account=clean(account.id), name=clean(account.name), email=clean(account.email), link=link
    )


def find_values(filled: Personalization) -> dict[str, str]:
    """Return every tag with what it stands for. An empty value shows as a dash."""
    values: dict[str, str] = {}
    for field in FIELDS:
        plain = str(getattr(filled, field)) or "–"
        values[tag(field, TEXT)] = plain
        values[tag(field, HTML)] = escape(plain)
    return values
