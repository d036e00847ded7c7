"""Signs that nobody sees and that change what is read, and names that no page can have. Pure."""

import re
import unicodedata
from collections.abc import Iterator

from toolkit.policy.document import Document
from toolkit.review.findings import Finding, Rule
from toolkit.review.passage import Branch
from toolkit.review.source import Source
from toolkit.site.pages import RESERVED

_NAME = re.compile(r"[a-z][a-z0-9-]*")
# Joiners and breaks that scripts and long words need: they change no order and hide no word.
_NEEDED = frozenset("\u00ad\u200b\u200c\u200d\u2060")


def check_signs(document: Document, source: Source) -> Iterator[Finding]:
    """Yield each sign that turns the order of words, or stands there unseen."""
    front = document.front
    said = [clause.text for clause in document.clauses] + ([front.title, *front.summary] if front else [])
    found = {sign for text in said for sign in text if unicodedata.category(sign) == "Cf" and sign not in _NEEDED}
    for sign in sorted(found):
        yield Finding(
            rule=Rule.UNSAFE_MARKUP,
            path=source.path,
            line=source.line_with(sign),
            what=f"the text holds a sign that nobody sees: U+{ord(sign):04X} ({unicodedata.name(sign, 'unnamed')}).",
            mend="Delete it: it can make the page read otherwise than this file.",
        )


def check_name(branch: Branch) -> Iterator[Finding]:
    """Yield that a policy's name cannot be an address."""
    if branch.final is not None and (branch.policy in RESERVED or not _NAME.fullmatch(branch.policy)):
        yield Finding(
            rule=Rule.POLICY_NAME,
            path=branch.path,
            line=1,
            what=f"a policy cannot be named '{branch.policy}', for its name is its address: no site could be built.",
            mend="Name the file with small letters, digits and hyphens, and not assets, history or search.",
        )
