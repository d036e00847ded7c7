"""What comes from outside and enters evidence: without addresses, without odd signs, and of a bounded length. Pure."""

import re

LONGEST = 1_000
"""Characters of a text that is kept."""

# `a@b.example`, `"a b"@b.example` and `a%40b.example`, with the angle brackets that mail servers like to put around.
_ADDRESS = re.compile(r"""<?(?:"[^"]*"|[^\s<>@"]+)(?:@|%40)[^\s<>@]+>?""")
_PLAIN = re.compile(r"[ !#$&-?A-~]*")  # neither an address's signs nor any odd ones
_ODD = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def blank(text: str) -> str:
    """Return a text as evidence may keep it: for ever, in any database, and naming nobody."""
    if len(text) <= LONGEST and _PLAIN.fullmatch(text):
        return text  # nothing to do, and soon seen: a provider's post has thousands of such
    return _ODD.sub("\ufffd", _ADDRESS.sub("<address>", text[: 2 * LONGEST]))[:LONGEST]
