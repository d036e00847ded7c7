"""What the toolkit calls things when it speaks to readers: one file a language, `notices/LANGUAGE/words.toml`.

Redlines, pages and mails take their words from here, and none from code. Pure.
"""

import datetime as dt
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import Formatter
from types import MappingProxyType
from typing import Any

from markupsafe import Markup, escape

from toolkit.changes.phrases import PHRASES
from toolkit.changes.topics import Topic
from toolkit.errors import SettingsError

FILE = "words.toml"
_MONTHS = 12
_PURPOSE = re.compile(r"[a-z][a-z0-9-]{0,39}")
_ONE, _MANY = "one", "many"


@dataclass(frozen=True, kw_only=True)
class Wording:
    """One language's words. `date` holds the fields day, month and year; `phrases` are read with `say`.

    `purposes` are the uses of information that rest on a consent, with the words that ask for it, by their names.
    """

    language: str
    topics: Mapping[Topic, str]
    months: tuple[str, ...]
    date: str
    phrases: Mapping[str, str]
    purposes: Mapping[str, str]

    def write_date(self, day: dt.date) -> str:
        """Write a date out: `31 December 2026`."""
        return self.date.format(day=day.day, month=self.months[day.month - 1], year=day.year)

    def say(self, key: str, **values: object) -> str:
        """Return the phrase of a key with values in the place of its names. Nothing in a value is read as a name."""
        return self.phrases[key].format(**values)

    def say_html(self, key: str, **values: object) -> Markup:
        """Return the phrase of a key as HTML: phrase and values are escaped, but for values that are HTML already."""
        return escape(self.phrases[key]).format(**values)

    def say_count(self, key: str, count: int) -> str:
        """Return the phrase for one thing, or for many."""
        return self.say(f"{key}.{_ONE if count == 1 else _MANY}", count=count)


def parse_wording(text: str, *, language: str, where: str) -> Wording:
    """Parse a words file. Raises `SettingsError` naming what is missing or unknown in it."""
    try:
        return _wording(tomllib.loads(text), language)
    except (tomllib.TOMLDecodeError, AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
        what = f"'{error.args[0]}' is missing" if isinstance(error, KeyError) else str(error)
        raise SettingsError(
            f"the words cannot be read: {what}.",
            where=where,
            mend="The toolkit's own notices/en/words.toml shows what it needs: topics, dates and phrases.",
        ) from None


def _wording(table: Mapping[str, Any], language: str) -> Wording:
    months = tuple(str(month) for month in table["dates"]["months"])
    if len(months) != _MONTHS:
        raise ValueError(f"there are {len(months)} months")
    form = _text(table["dates"], "date")
    if set(_fields("date", form)) != {"day", "month", "year"}:
        raise ValueError("'date' must hold {day}, {month} and {year}")
    return Wording(
        language=language,
        topics=MappingProxyType({topic: _text(table["topics"], topic.value) for topic in Topic}),
        months=months,
        date=form,
        phrases=MappingProxyType(_phrases(table)),
        purposes=MappingProxyType(_purposes(table)),
    )


def _purposes(table: Mapping[str, Any]) -> dict[str, str]:
    named = table.get("purposes", {})
    if any(not _PURPOSE.fullmatch(name) for name in named):
        raise ValueError("a purpose is named with small letters, digits and hyphens")
    return {name: _text(named, name) for name in named}


def _phrases(table: Mapping[str, Any]) -> dict[str, str]:
    found = {
        key: phrase for key, phrase in _flat(table) if key.partition(".")[0] not in ("dates", "topics", "purposes")
    }
    for key, names in PHRASES.items():
        if set(_fields(key, found[key])) - set(names):
            allowed = ", ".join(f"{{{name}}}" for name in names) or "no name"
            raise ValueError(f"'{key}' may hold {allowed} in braces, and nothing else")
    if strange := set(found) - set(PHRASES):
        raise ValueError(f"'{min(strange)}' is not a phrase")
    return found


def _flat(table: Mapping[str, Any], lead: str = "") -> Iterator[tuple[str, str]]:
    """Give the texts of a table of tables by their dotted keys. Raises `TypeError` for what is no text."""
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{lead}{key}.")
        elif not (lead.startswith("dates.") or isinstance(value, str)):
            raise TypeError(f"'{lead}{key}' is not a text")
        else:
            yield f"{lead}{key}", value


def _text(table: Mapping[str, Any], key: str) -> str:
    if not isinstance(table[key], str):
        raise TypeError(f"'{key}' is not a text")
    return str(table[key])


def _fields(key: str, form: str) -> tuple[str, ...]:
    """Return the names in braces. Raises `ValueError` for braces that hold more than a name, or do not close."""
    try:
        parts = list(Formatter().parse(form))
    except ValueError as error:
        raise ValueError(f"in '{key}': {error}") from None
    if any(spec or conversion for _, _, spec, conversion in parts):
        raise ValueError(f"in '{key}': braces may hold a name, and nothing else")
    return tuple(name for _, name, _, _ in parts if name is not None)
