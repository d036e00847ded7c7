"""The rules and the words of a language, found in the project's own folder, else in the shipped copy.

rules/LANGUAGE.toml             what makes a change matter
rules/weights.toml              what that tells of the whole text
notices/LANGUAGE/words.toml     what things are called
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.changes.rules import Rules, parse_rules
from toolkit.changes.spelling import Spelling
from toolkit.changes.weighing import FILE as WEIGHTS
from toolkit.changes.weighing import parse_weights
from toolkit.changes.wording import FILE, Wording, parse_wording
from toolkit.errors import SettingsError
from toolkit.languages import shorter_tags

if TYPE_CHECKING:
    from spellchecker import SpellChecker

RULES = Path(__file__).parent / "rules"
"""The folder of the rules that come with the toolkit."""

_FALLBACK = "en"


def find_rules(language: str, folders: Sequence[Path]) -> Rules:
    """Read the rules of a language from the first folder that has them, or has those of a shorter tag.

    Where no folder has any for the language, English ones serve, and are marked foreign: what they do not know is never
    editorial. Raises `SettingsError` naming what is wrong in the file.
    """
    tag, file = _find(language, folders, "{}.toml")
    rules = parse_rules(_read(file), language=tag, where=str(file))
    if tag not in shorter_tags(language):
        return replace(rules, spelling=Spelling(), foreign=True)
    _, weighed = _find("", folders, WEIGHTS)
    rules = replace(rules, weights=parse_weights(_read(weighed), where=str(weighed)))
    words = tag.partition("-")[0]
    known = replace(rules.spelling, is_word=partial(_is_word, words), near=partial(_near, words))
    return replace(rules, spelling=known)


def _is_word(language: str, word: str) -> bool:
    """Whether a language has a word. Every word is one where there is no dictionary: none is taken for a slip then."""
    known = _dictionary(language)
    return known is None or word in known


@lru_cache(maxsize=1024)
def _near(language: str, word: str) -> frozenset[str]:
    """Return the words that are one letter more, fewer or other, or two letters the other way round."""
    known = _dictionary(language)
    return frozenset(known.known(known.edit_distance_1(word)) if known else ())


@cache
def _dictionary(language: str) -> "SpellChecker | None":
    from spellchecker import SpellChecker  # it takes a tenth of a second, and few comparisons ask

    try:
        return SpellChecker(language=language)
    except ValueError:
        return None


def find_wording(language: str, folders: Sequence[Path]) -> Wording:
    """Read the words of a language as `find_rules` reads its rules; English ones where there are none."""
    tag, file = _find(language, folders, f"{{}}/{FILE}")
    return parse_wording(_read(file), language=tag, where=str(file))


def _find(language: str, folders: Sequence[Path], name: str) -> tuple[str, Path]:
    for tag in (*shorter_tags(language), _FALLBACK):
        for folder in folders:
            if (file := folder / name.format(tag)).is_file():
                return tag, file
    missing = name.format(language)
    raise SettingsError(f"there is no file '{missing}'.", where=", ".join(map(str, folders)), mend="Add it there.")


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"the file cannot be read: {error}.", where=str(file), mend="Save it again with the encoding UTF-8."
        ) from None
