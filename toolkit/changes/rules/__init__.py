"""The vocabulary of the verdict: one TOML file per language, which a lawyer can read and extend."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

from toolkit.changes.topics import Topic
from toolkit.errors import SettingsError
from toolkit.policy.classes import Class

_KEYS = frozenset({"topic", "class", "why", "words", "context"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """One thing that makes a change matter.

    It holds where `words` were added or taken away, in a clause that (with the headings above it) has `context`.
    `why` says it to a reader.
    """

    id: str
    topic: Topic | None
    proposed: Class
    why: str
    words: re.Pattern[str]
    context: re.Pattern[str] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Rules:
    """A language's rules. `furniture` marks date lines and page furniture, `dates` a date's words: neither counts."""

    language: str
    rules: tuple[Rule, ...]
    furniture: re.Pattern[str]
    dates: re.Pattern[str]


def known_languages() -> frozenset[str]:
    """Return the languages there are rules for."""
    names = (file.name for file in files(__name__).iterdir())
    return frozenset(name.removesuffix(".toml") for name in names if name.endswith(".toml"))


@lru_cache(maxsize=8)
def read_rules(language: str = "en") -> Rules:
    """Read the shipped rules of a language. Raises `SettingsError` naming what is wrong in which rule."""
    file = files(__name__) / f"{language}.toml"
    if not file.is_file():
        raise SettingsError(f"there are no rules for the language '{language}'.", mend="Add one file to changes/rules.")
    return parse_rules(file.read_text(encoding="utf-8"), language=language)


def parse_rules(text: str, *, language: str) -> Rules:
    """Parse a file of rules. Words are read as regular expressions, without case, from a word's start."""
    try:
        content = tomllib.loads(text)
        rules = tuple(_rule(name, table) for name, table in content["rule"].items())
        furniture, dates = (_pattern(content["furniture"][kind]) for kind in ("words", "dates"))
    except (tomllib.TOMLDecodeError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise SettingsError(f"the rules cannot be read: {error}.", where=f"rules/{language}.toml") from None
    return Rules(language=language, rules=rules, furniture=furniture, dates=dates)


def _rule(name: str, table: dict[str, Any]) -> Rule:
    try:
        return _checked(name, table)
    except (KeyError, TypeError, ValueError, re.error) as error:
        raise ValueError(f"rule '{name}': {error}") from None


def _checked(name: str, table: dict[str, Any]) -> Rule:
    if strange := set(table) - _KEYS:
        raise ValueError(f"'{min(strange)}' is no key of a rule")
    return Rule(
        id=name,
        topic=Topic(table["topic"]) if "topic" in table else None,
        proposed=Class(table.get("class", "material")),
        why=table["why"],
        words=_pattern(table["words"]),
        context=_pattern(table["context"]) if "context" in table else None,
    )


def _pattern(words: object) -> re.Pattern[str]:
    if not isinstance(words, list) or not words or not all(isinstance(word, str) and word for word in words):
        raise ValueError("words must be a list of texts, and not empty")
    return re.compile(rf"(?<![\w])(?:{'|'.join(words)})", re.IGNORECASE)
