"""Language tags, as BCP 47 (RFC 5646) writes them. Pure.

The one place that says what a tag is: settings, accounts, templates and the names of translations all ask here.
"""

import re

_TAG = re.compile(
    r"(?P<language>[A-Za-z]{2,3}(?:-[A-Za-z]{3})?)"
    r"(?:-(?P<script>[A-Za-z]{4}))?"
    r"(?:-(?P<region>[A-Za-z]{2}|[0-9]{3}))?"
    r"(?P<others>(?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*"
    r"(?:-[0-9A-WY-Za-wy-z](?:-[A-Za-z0-9]{2,8})+)*(?:-[Xx](?:-[A-Za-z0-9]{1,8})+)?)"
)


def parse_tag(text: str) -> str:
    """Return a tag in its canonical case: `zh-Hant`, `en-US`. Java's and POSIX' `en_US` is read, too.

    A tag has a language, and may have a script, a region, variants, extensions and a private part.
    Raises `ValueError` for anything else.
    """
    match = _TAG.fullmatch(text.replace("_", "-"))
    if not match:
        raise ValueError(f"'{text}' is not a language like en or zh-Hant")
    parts = (
        match["language"].lower(),
        (match["script"] or "").title(),
        (match["region"] or "").upper(),
        match["others"].strip("-").lower(),
    )
    return "-".join(filter(None, parts))


def shorter_tags(tag: str) -> tuple[str, ...]:
    """Return a canonical tag and its shorter beginnings, longest first: `zh-Hant-HK`, `zh-Hant`, `zh`."""
    subtags = tag.split("-")
    return tuple("-".join(subtags[:length]) for length in range(len(subtags), 0, -1))
