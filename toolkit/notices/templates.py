"""The templates of the notice e-mails: one folder per language, edited by legal and design.

`subject.txt`, `notice.txt` and `notice.html` are Jinja2 templates, `notice.css` is the look that
`notice.html` includes, `words.toml` says in the folder's language what topics and dates are called. They are
read here and rendered in a sandbox that is strict about names.
"""

import datetime as dt
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from traceback import walk_tb
from types import MappingProxyType, TracebackType
from typing import Any

from jinja2 import FunctionLoader, StrictUndefined, TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from toolkit.changes.topics import Topic
from toolkit.errors import NoticeError

SUBJECT, TEXT, HTML, CSS, WORDS = "subject.txt", "notice.txt", "notice.html", "notice.css", "words.toml"
_NEEDED = (SUBJECT, TEXT, HTML, WORDS)
_MONTHS = 12


@dataclass(frozen=True, kw_only=True)
class Words:
    """What topics and dates are called in one language. `date` holds the fields day, month and year."""

    topics: Mapping[Topic, str]
    months: tuple[str, ...]
    date: str

    def write_date(self, day: dt.date) -> str:
        """Write a date out: `31 December 2026`."""
        return self.date.format(day=day.day, month=self.months[day.month - 1], year=day.year)


@dataclass(frozen=True, kw_only=True)
class Templates:
    """One language's templates. `folder` names them in errors; `sources` is each file's text by its name."""

    language: str
    folder: str
    sources: Mapping[str, str]
    words: Words

    def render(self, name: str, facts: Mapping[str, object]) -> str:
        """Render one file. Raises `NoticeError` naming file and line for whatever a template gets wrong."""
        environment = ImmutableSandboxedEnvironment(
            loader=FunctionLoader(self._load),
            undefined=StrictUndefined,
            autoescape=lambda file: bool(file) and str(file).endswith(".html"),
            trim_blocks=True,
            lstrip_blocks=True,
        )
        try:
            return environment.get_template(name).render(facts)
        except TemplateSyntaxError as error:
            where = f"{self.where(error.name or name)}:{error.lineno}"
            raise NoticeError(f"the template cannot be read: {error.message}.", where=where) from None
        except TemplateNotFound as error:
            raise NoticeError(f"there is no file '{error.name}' to include.", where=self.where(name)) from None
        except Exception as error:  # noqa: BLE001 - a template can raise whatever an expression can
            where = _line(error.__traceback__, self.folder) or self.where(name)
            raise NoticeError(
                f"the template cannot be rendered: {error}.",
                where=where,
                mend="The first line of the file lists the names that may be used.",
            ) from None

    def where(self, name: str) -> str:
        return f"{self.folder}/{name}"

    def _load(self, name: str) -> tuple[str, str, Callable[[], bool]] | None:
        source = self.sources.get(name)
        return None if source is None else (source, self.where(name), lambda: True)


def read_templates(folder: Path) -> tuple[Templates, ...]:
    """Read every language's folder under `notices/`, in order of name.

    Raises `NoticeError` where there is none, where a file is missing, or where one cannot be read.
    """
    languages = sorted(child for child in folder.iterdir() if child.is_dir()) if folder.is_dir() else []
    if not languages:
        raise NoticeError(
            "there are no templates of notices.",
            where=str(folder),
            mend="Make one folder per language, like notices/en.",
        )
    return tuple(_read_language(child) for child in languages)


def _read_language(folder: Path) -> Templates:
    missing = [name for name in _NEEDED if not (folder / name).is_file()]
    if missing:
        raise NoticeError(
            f"the file '{missing[0]}' is missing.", where=str(folder), mend="Copy it from another language."
        )
    names = [*_NEEDED, *(file.name for file in sorted(folder.glob("*.css")))]
    sources = {name: _read(folder / name) for name in names}
    words = parse_words(sources.pop(WORDS), where=str(folder / WORDS))
    return Templates(language=folder.name, folder=folder.as_posix(), sources=MappingProxyType(sources), words=words)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise NoticeError(
            f"the file cannot be read: {error}.",
            where=str(file),
            mend="Save it again with the encoding UTF-8.",
        ) from None


def parse_words(text: str, *, where: str) -> Words:
    """Parse `words.toml`. Raises `NoticeError` where a topic, a month or the form of a date is missing."""
    try:
        table = tomllib.loads(text)
        words = _words(table)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise NoticeError(
            f"the words cannot be read: {error}.",
            where=where,
            mend="It needs [topics] with every topic, and [dates] with 'date' and twelve 'months'.",
        ) from None
    return words


def _words(table: Mapping[str, Any]) -> Words:
    months = tuple(str(month) for month in table["dates"]["months"])
    if len(months) != _MONTHS:
        raise ValueError(f"there are {len(months)} months")
    form = str(table["dates"]["date"])
    if set(_fields(form)) != {"day", "month", "year"}:
        raise ValueError("'date' must hold {day}, {month} and {year}")
    topics = {topic: str(table["topics"][topic.value]) for topic in Topic}
    return Words(topics=MappingProxyType(topics), months=months, date=form)


def _fields(form: str) -> Iterator[str]:
    return (field for _, field, _, _ in Formatter().parse(form) if field is not None)


def _line(traceback: TracebackType | None, folder: str) -> str:
    """Return file and line of the innermost template in a traceback: Jinja gives its frames their lines."""
    spots = [(frame.f_code.co_filename, line) for frame, line in walk_tb(traceback)]
    inside = [f"{file}:{line}" for file, line in spots if file.startswith(f"{folder}/")]
    return inside[-1] if inside else ""
