"""A parcel -> the body of one request to SendGrid's mail endpoint. Pure.

The words go once, with our closed tags in them, and each recipient's values beside: SendGrid replaces plain strings
and knows no escaping, so a value comes in both forms, for HTML and as it is. Nothing of a stored template is used, and
no value is ever read as one.
"""

from collections.abc import Sequence
from email.utils import parseaddr
from typing import Any

import orjson

from toolkit.ledger.entries import Mail, Notice, Personalization, Variant
from toolkit.notices.mime import HEADERS, message_id, sender_address
from toolkit.notices.tags import TAG, find_values

REFERENCE = "pn_ref"
"""The name under which a request carries a delivery's reference: the provider's events give it back."""

PREFLIGHT = "pn_preflight"
"""Marks a request that only asks whether it would be taken."""

_CATEGORY = "policy-notice"
_APART = str.maketrans(";,", "  ")  # SendGrid takes neither in a recipient's name

_OFF = {"enable": False}
_TRACKING = {
    "click_tracking": {"enable": False, "enable_text": False},
    "open_tracking": _OFF,
    "subscription_tracking": _OFF,
    "ganalytics": _OFF,
}
"""Said in every request, for what is left out falls back to the account's settings."""

# A notice that the law asks for goes to who unsubscribed from advertising, too. A dead address stays left out.
_MAIL = {"bypass_unsubscribe_management": {"enable": True}, "footer": _OFF}


def write_body(
    notice: Notice, variant: Variant, mails: Sequence[Mail], *, ip_pool: str = "", sandbox: bool = False
) -> bytes:
    """Return the JSON of a request for mails of one variant, one personalization each, in their order."""
    address = sender_address(notice.sender)
    domain = address.partition("@")[2]
    tags = sorted(set(TAG.findall(variant.text + variant.html)))
    name = parseaddr(notice.sender)[0]
    body: dict[str, Any] = {
        "personalizations": [_personalization(mail, tags, domain, sandbox=sandbox) for mail in mails],
        "from": {"email": address, **({"name": name} if name else {})},
        "reply_to": {"email": notice.reply_to},
        "subject": variant.subject,
        "content": [{"type": "text/plain", "value": variant.text}, {"type": "text/html", "value": variant.html}],
        "headers": {**HEADERS, "Content-Language": variant.language},
        "categories": [_CATEGORY],
        "tracking_settings": _TRACKING,
        "mail_settings": {**_MAIL, "sandbox_mode": {"enable": sandbox}},
    }
    if ip_pool:
        body["ip_pool_name"] = ip_pool
    return orjson.dumps(body)


def preflight_mail(address: str) -> Mail:
    """Return a mail to one address of our own, for a request that sends nothing."""
    filled = Personalization(address=address, account="0", name="Preflight", email=address)
    return Mail(ref="preflight", body=b"", filled=filled)


def _personalization(mail: Mail, tags: Sequence[str], domain: str, *, sandbox: bool) -> dict[str, Any]:
    values = find_values(mail.filled)
    name = " ".join(mail.filled.name.translate(_APART).split())
    return {
        "to": [{"email": mail.filled.address, **({"name": name} if name else {})}],
        "headers": {"Message-ID": message_id(mail.ref, domain)},
        "substitutions": {tag: values[tag] for tag in tags},
        "custom_args": {PREFLIGHT: "yes"} if sandbox else {REFERENCE: mail.ref},
    }
