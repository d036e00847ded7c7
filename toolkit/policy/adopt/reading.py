"""What a reader of existing policies makes of one. Pure."""

import re
from dataclasses import dataclass

_SENTENCE_END = re.compile(
    r"(?<=[.!?])(?<!\b[A-Z]\.)(?<!e\.g\.)(?<!i\.e\.)(?<!\bNo\.)(?<!\bvs\.)(?<!\bMr\.)(?<!\bDr\.) (?=[\"“'‘(]?[A-Z0-9])"
)


@dataclass(frozen=True, kw_only=True)
class Reading:
    """The Markdown, the words that a reader of the original sees, and what a person should look at, a sentence each."""

    markdown: str
    visible: str
    notes: tuple[str, ...] = ()


def sentence_lines(text: str) -> list[str]:
    """Return a paragraph's sentences, one a line: so a later change shows as the sentence that it is."""
    return _SENTENCE_END.split(text)
