"""Wording that regulators call unfair: one TOML file per language, which a lawyer can read and extend. Pure."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from toolkit.errors import SettingsError
from toolkit.policy.document import Document
from toolkit.policy.words import sentences
from toolkit.review.findings import Finding, Rule
from toolkit.review.source import Source

_KEYS = frozenset({"what", "mend", "source", "words", "unless"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Unfair:
    """One kind of unfair wording: the words that show it, those with which it is fair, who says so, how to mend it."""

    rule: Rule
    what: str
    mend: str
    source: str
    words: re.Pattern[str]
    unless: re.Pattern[str] | None = None


def parse_unfair(text: str, *, where: str) -> tuple[Unfair, ...]:
    """Parse a file of unfair wording. Raises `SettingsError` naming what is wrong in it."""
    try:
        return tuple(_unfair(name, table) for name, table in tomllib.loads(text).items())
    except (tomllib.TOMLDecodeError, AttributeError, KeyError, TypeError, ValueError, re.error) as error:
        what = f"{error.args[0]!r} is missing" if isinstance(error, KeyError) else str(error)
        raise SettingsError(
            f"the wording to look for cannot be read: {what}.",
            where=where,
            mend="Each table needs what, mend, source and words, and is named like a rule of 'policy check'.",
        ) from None


def check_wording(document: Document, source: Source, unfair: tuple[Unfair, ...]) -> Iterator[Finding]:
    """Yield each sentence of a text that is worded unfairly."""
    for clause in document.clauses:
        for sentence in sentences(clause.words):
            for each in unfair:
                if each.words.search(sentence) and not (each.unless and each.unless.search(sentence)):
                    yield Finding(
                        rule=each.rule,
                        path=source.path,
                        line=source.line_of(sentence),
                        what=f"{each.what}: “{_short(sentence)}” ({each.source}).",
                        mend=each.mend,
                    )


def _unfair(name: str, table: Mapping[str, Any]) -> Unfair:
    if strange := set(table) - _KEYS:
        raise ValueError(f"'{min(strange)}' is no key of '{name}'")
    return Unfair(
        rule=Rule(name),
        what=str(table["what"]),
        mend=str(table["mend"]),
        source=str(table["source"]),
        words=_pattern(table["words"]),
        unless=_pattern(table["unless"]) if "unless" in table else None,
    )


def _pattern(words: object) -> re.Pattern[str]:
    if not isinstance(words, list) or not words or not all(isinstance(word, str) and word for word in words):
        raise ValueError("words must be a list of texts, and not empty")
    return re.compile(rf"(?<![\w])(?:{'|'.join(words)})", re.IGNORECASE)


def _short(sentence: str, most: int = 120) -> str:
    return sentence if len(sentence) <= most else f"{sentence[:most].rstrip()}…"
