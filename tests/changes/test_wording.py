"""One words file a language: whole, or refused by the name of what is missing."""

import pytest

from tests.vocabulary import ENGLISH
from toolkit.changes.phrases import PHRASES
from toolkit.changes.wording import FILE, Wording, parse_wording
from toolkit.config import shipped
from toolkit.errors import SettingsError

TEXT = (shipped("notices") / "en" / FILE).read_text(encoding="utf-8")


def parse(text: str) -> Wording:
    return parse_wording(text, language="en", where="words.toml")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("retention =", "retained =", "'retention' is missing"),
        ('"November", "December",', '"November",', "there are 11 months"),
        ("{day} {month}", "{day}", "must hold {day}, {month} and {year}"),
        ("added =", "addded =", "'redline.added' is missing"),
        ('removed = "Removed"', 'removed = "Removed"\nreturned = "Back"', "'redline.returned' is not a phrase"),
        ("Moved here from “{place}”", "Moved here from “{spot}”", "'redline.moved_from' may hold {place}"),
        ("Renumbered", "Renumbered {place.__class__}", "'redline.number' may hold no name"),
        ("[redline]", "[redline", "the words cannot be read"),
        ("Renumbered", "Renumbered {", "in 'redline.number': Single"),
        ("{count} unchanged clauses", "{count:d} unchanged clauses", "in 'redline.unchanged.many': braces may hold"),
        ("{day} {month}", "{day:%} {month}", "in 'date': braces may hold"),
        ('added = "Added"', "added = 5", "'redline.added' is not a text"),
        ('scope = "whom', 'scope = ["a"]\n# "whom', "'scope' is not a text"),
    ],
)
def test_what_a_words_file_lacks_is_named(old: str, new: str, said: str) -> None:
    assert old in TEXT
    with pytest.raises(SettingsError, match=said.replace("{", r"\{")) as caught:
        parse(TEXT.replace(old, new))
    assert caught.value.where == "words.toml"


def test_every_phrase_can_be_said() -> None:
    for key, names in PHRASES.items():
        assert ENGLISH.say(key, **dict.fromkeys(names, "x"))


def test_a_value_with_braces_is_only_a_value() -> None:
    assert ENGLISH.say("redline.moved_from", place="{place.__class__}") == "Moved here from “{place.__class__}”"


def test_one_thing_and_many_are_said_apart() -> None:
    assert ENGLISH.say_count("redline.unchanged", 1) == "1 unchanged clause"
    assert ENGLISH.say_count("redline.unchanged", 12) == "12 unchanged clauses"


def test_the_purposes_that_rest_on_a_consent_are_a_projects_own() -> None:
    assert ENGLISH.purposes == {}
    assert parse(TEXT + 'news = "You may send me news."\n').purposes == {"news": "You may send me news."}


@pytest.mark.parametrize("line", ['News = "x"', '"a b" = "x"', "news = 5"])
def test_a_purpose_is_named_plainly_and_has_words(line: str) -> None:
    with pytest.raises(SettingsError):
        parse(f"{TEXT}{line}\n")
