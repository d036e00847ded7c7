"""The vocabulary of the verdict: one TOML file per language, which a lawyer can read and extend. Pure."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, TypeVar

from toolkit.changes.durations import NO_DURATIONS, Durations
from toolkit.changes.furniture import Furniture
from toolkit.changes.signs import Signs
from toolkit.changes.spelling import Spelling
from toolkit.changes.topics import Topic
from toolkit.changes.weighing import NO_WEIGHTS, Weights
from toolkit.errors import SettingsError
from toolkit.policy.classes import Class
from toolkit.policy.words import CJK

_KEYS = frozenset({"topic", "class", "why", "words", "context", "rank", "added", "longer", "only"})


_Kind = TypeVar("_Kind", bound=StrEnum)
_MEND = "Begin with a copy of the toolkit's own rules: the file needs [furniture], [signs], [why] and [rule.NAME]s."


class Favour(StrEnum):
    """What people get from a thing: more, or less."""

    MORE = "more"
    LESS = "less"


class Side(StrEnum):
    """On which side of a comparison a rule looks."""

    ADDED = "added"
    REMOVED = "removed"


class Plain(StrEnum):
    """A reason that lies in the kind of change and not in its words. A rules file says why, in its `[why]`."""

    WORDING = "wording"
    LANGUAGE = "language"
    OPPOSITE = "opposite"
    MARK = "mark"
    PROMISE = "promise-moved"
    LINK = "link"
    CONTACT_LINK = "contact-link"
    MOVED = "moved"
    HEADING = "heading"
    NUMBER = "number"
    DEPTH = "depth"
    COLUMN = "column"


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """One thing that makes a change matter.

    It holds where `words` were added or taken away, in a clause that (with the headings above it) has `context`.
    `why` says it to a reader. `rank` is what its hits count against other rules' in one sentence. `added` says
    what people get from more of its words, `longer` from a longer period; a denial turns it round. With `only`, the
    rule has its class only where a sentence was added (or removed), and is minor elsewhere.
    """

    id: str
    topic: Topic | None
    proposed: Class
    why: str
    words: re.Pattern[str]
    context: re.Pattern[str] | None = None
    rank: float = 1.0
    added: Favour | None = None
    longer: Favour | None = None
    only: Side | None = None

    def applies(self, *, before: str, after: str) -> bool:
        """Whether a rule that looks at one side only has its own to look at."""
        return self.only is None or bool(after if self.only is Side.ADDED else before)


@dataclass(frozen=True, kw_only=True, slots=True)
class Rules:
    """A language's rules. `furniture` does not count.

    `signs` tell what a clause looks like, and `weights` what that tells of the whole. `pointing` words tell that a
    sentence points at what stands before it, and may mean another thing elsewhere. `whys` says why a change of another
    kind than the rules' counts. `foreign` rules stand in for those of a language that has none: what they do not know
    is never editorial.
    """

    language: str
    rules: tuple[Rule, ...]
    whys: Mapping[Plain, str]
    furniture: Furniture
    pointing: re.Pattern[str]
    signs: Signs
    durations: Durations = NO_DURATIONS
    weights: Weights = NO_WEIGHTS
    spelling: Spelling = Spelling()  # noqa: RUF009 - a value
    foreign: bool = False


def parse_rules(text: str, *, language: str, where: str) -> Rules:
    """Parse a file of rules.

    Words are read as regular expressions, without case, from a word's start or behind a Chinese sign.
    """
    try:
        content = tomllib.loads(text)
        rules = tuple(_rule(name, table) for name, table in content["rule"].items())
        whys = {plain: str(content["why"][plain.value]) for plain in Plain}
        furniture = Furniture(**{kind.name: _pattern(content["furniture"][kind.name]) for kind in fields(Furniture)})
        durations = _durations(content["durations"]) if "durations" in content else NO_DURATIONS
        signs = Signs(**{sign.name: _pattern(content["signs"][sign.name]) for sign in fields(Signs)})
        pointing = _pattern(content["pointing"]["words"])
        spelling = _spelling(content.get("spelling", {}))
    except (
        tomllib.TOMLDecodeError,
        AttributeError,
        KeyError,
        TypeError,
        ValueError,
        RecursionError,
        re.error,
    ) as error:
        raise SettingsError(f"the rules cannot be read: {_said(error)}.", where=where, mend=_MEND) from None
    return Rules(
        language=language,
        rules=rules,
        whys=whys,
        furniture=furniture,
        pointing=pointing,
        signs=signs,
        durations=durations,
        spelling=spelling,
    )


def _rule(name: str, table: dict[str, Any]) -> Rule:
    try:
        return _checked(name, table)
    except (KeyError, TypeError, ValueError, OverflowError, re.error) as error:
        raise ValueError(f"rule '{name}': {_said(error)}") from None


def _said(error: Exception) -> str:
    return f"'{error.args[0]}' is missing" if isinstance(error, KeyError) else str(error)


def _checked(name: str, table: dict[str, Any]) -> Rule:
    if strange := set(table) - _KEYS:
        raise ValueError(f"'{min(strange)}' is no key of a rule")
    return Rule(
        id=name,
        topic=_one_of(Topic, table["topic"]) if "topic" in table else None,
        proposed=_one_of(Class, table.get("class", "material")),
        why=table["why"],
        words=_pattern(table["words"]),
        context=_pattern(table["context"]) if "context" in table else None,
        rank=float(table.get("rank", 1.0)),
        added=_one_of(Favour, table["added"]) if "added" in table else None,
        longer=_one_of(Favour, table["longer"]) if "longer" in table else None,
        only=_one_of(Side, table["only"]) if "only" in table else None,
    )


def _durations(table: dict[str, Any]) -> Durations:
    units, numbers = ({str(word): int(value) for word, value in table[key].items()} for key in ("units", "numbers"))
    return Durations(units=units, numbers=numbers)


def _spelling(table: dict[str, Any]) -> Spelling:
    kinds = ("variants", "plurals", "prefixes", "suffixes", "opposites")
    if strange := set(table) - {*kinds, "denials", "endings"}:
        raise ValueError(f"'{min(strange)}' is no key of [spelling]")
    variants, plurals, prefixes, suffixes, opposites = (_pairs(table, key) for key in kinds)
    return Spelling(
        variants=_compiled(variants),
        plurals=_compiled(plurals),
        prefixes=prefixes,
        suffixes=suffixes,
        opposites=opposites,
        denials=_pattern(table["denials"]) if "denials" in table else None,
        endings=re.compile(f"(?:{'|'.join(table['endings'])})$") if "endings" in table else None,
    )


def _compiled(pairs: tuple[tuple[str, str], ...]) -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), reads_as) for pattern, reads_as in pairs)


def _pairs(table: dict[str, Any], key: str) -> tuple[tuple[str, str], ...]:
    pairs = table.get(key, [])
    if not all(isinstance(pair, list) and [type(text) for text in pair] == [str, str] for pair in pairs):
        raise ValueError(f"'{key}' of [spelling] must be a list of pairs of texts")
    return tuple((first, second) for first, second in pairs)


def _one_of(kind: type[_Kind], value: object) -> _Kind:
    if value not in list(kind):
        raise ValueError(f"'{value}' is none of {', '.join(kind)}")
    return kind(str(value))


def _pattern(words: object) -> re.Pattern[str]:
    if not isinstance(words, list) or not words or not all(isinstance(word, str) and word for word in words):
        raise ValueError("words must be a list of texts, and not empty")
    try:
        return re.compile(rf"(?<![^\W{CJK}])(?:{'|'.join(words)})", re.IGNORECASE)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"its words are no regular expressions: {error}") from None
