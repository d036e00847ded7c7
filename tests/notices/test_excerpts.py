import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.notices.world import history_of, material_version
from tests.repositories import policy_text
from tests.vocabulary import ENGLISH
from toolkit.changes.redline import Change, Redline, compare
from toolkit.notices.excerpts import Excerpt, excerpt

FILLER = "We look after what you entrust to us with all the care that it deserves. " * 12


def redline_of(old: str, new: str) -> Redline:
    history = history_of((policy_text(old), "2026-11-23"), (material_version(new), "2026-12-01"))
    first, second = history.versions
    return compare(first.document, second.document)


def only_change(old: str, new: str) -> Change:
    (change,) = redline_of(old, new).changed
    return change


def test_a_short_clause_is_shown_whole() -> None:
    shown = excerpt(only_change("We keep data for 3 years.\n", "We keep data for 5 years.\n"), ENGLISH)
    assert (shown.text_before, shown.text_after) == ("We keep data for 3 years.", "We keep data for 5 years.")
    assert [piece.text for piece in shown.before if piece.changed] == ["3"]
    assert [piece.text for piece in shown.after if piece.changed] == ["5"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f"{FILLER}Kept 3 years. {FILLER}", f"{FILLER}Kept 5 years. {FILLER}"),
        (f"Kept 3 years. {FILLER}", f"Kept 5 years. {FILLER}"),
        (f"{FILLER}Kept 3 years.", f"{FILLER}Kept 5 years."),
    ],
)
def test_a_long_clause_shows_the_words_around_what_changed(old: str, new: str) -> None:
    shown = excerpt(only_change(old, new), ENGLISH)
    for text, said in ((shown.text_before, "Kept 3 years."), (shown.text_after, "Kept 5 years.")):
        assert said in text
        assert "…" in text
        assert len(text) < 200


def test_two_changes_far_apart_are_both_shown() -> None:
    shown = excerpt(
        only_change(f"First 3 days. {FILLER} Last 3 days.", f"First 5 days. {FILLER} Last 7 days."), ENGLISH
    )
    assert shown.text_after.startswith("First 5 days. We look")
    assert shown.text_after.endswith("deserves. Last 7 days.")
    assert shown.text_after.count("…") == 1


def test_a_long_clause_without_spaces_is_cut_too() -> None:
    long = "我們非常重視你的個人資料並且妥善保管" * 30
    shown = excerpt(only_change(f"{long}三年{long}", f"{long}五年{long}"), ENGLISH)
    assert "三" in shown.text_before
    assert len(shown.text_before) < 300


def _bounded(shown: Excerpt) -> bool:
    return all(len(text) <= 600 for text in (shown.text_before, shown.text_after))


words = st.lists(st.sampled_from(["we", "keep", "3", "5", "years", "data;", FILLER.strip(), "我們保留"]), min_size=1)


@given(old=words, new=words)
def test_no_excerpt_is_long_whatever_changed(old: list[str], new: list[str]) -> None:
    changes = redline_of(" ".join(old), " ".join(new)).changed
    assert all(_bounded(excerpt(change, ENGLISH)) for change in changes)


def test_what_the_marked_words_do_not_show_is_said_beside_them() -> None:
    shown = excerpt(only_change("- First\n    - second one\n", "- First\n- second one\n"), ENGLISH)
    assert (shown.note, shown.text_before) == ("Level changed from 2 to 1", shown.text_after)


def test_a_new_clause_shows_where_its_links_lead() -> None:
    changes = redline_of("First words stand.\n", "First words stand.\n\nReach us [here](mailto:a@b.example).\n").changed
    (shown,) = (excerpt(change, ENGLISH) for change in changes)
    assert (shown.text_before, shown.text_after) == ("", "Reach us here. [mailto:a@b.example]")
