"""Translations: released with or after their original, sealed by themselves, and never mailed unread."""

from collections.abc import Iterator

import pytest

from tests.repositories import Repo, policy_text
from toolkit.policy.classes import Number
from toolkit.policy.folder import PolicyFolder
from toolkit.policy.version import History

FIRST, SECOND = Number.parse("1.0.0"), Number.parse("2.0.0")
FILE = "policy/privacy.zh-Hant.md"
WORDS = "我們保留你的資料三年。\n"


@pytest.fixture
def repo(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    made = Repo(tmp_path_factory.mktemp("policies"))
    made.commit(policy_text())
    return made


def chinese(words: str = WORDS, *, translates: str = "1.0.0", reviewed: str = "false", title: str = "私隱政策") -> str:
    return (
        f"---\ntitle: {title}\ntranslates: {translates}\nreviewed: {reviewed}\nsummary:\n- 首個版本。\n---\n\n{words}"
    )


def history(repo: Repo) -> History:
    with PolicyFolder.open(repo.path, "policy") as policies:
        return policies.history("privacy")


def labels(repo: Repo) -> Iterator[tuple[str, bool]]:
    return ((each.label, each.reviewed) for each in history(repo).translations)


def test_a_translation_is_read_with_its_own_digest_and_is_no_policy_of_its_own(repo: Repo) -> None:
    commit = repo.commit(chinese(), path=FILE)

    with PolicyFolder.open(repo.path, "policy") as policies:
        assert policies.names == ("privacy",)
    (found,) = history(repo).translations
    assert (found.number, found.language, found.front.title, found.front.summary) == (
        FIRST,
        "zh-Hant",
        "私隱政策",
        ("首個版本。",),
    )
    assert found.revision.commit == commit
    assert found.document.text == WORDS.strip()
    assert found.digest.startswith("words-1:")
    assert found.digest != history(repo).versions[0].digest


def test_a_review_and_new_formatting_change_no_digest(repo: Repo) -> None:
    repo.commit(chinese(), path=FILE)
    before = history(repo).translations[0]
    repo.commit(chinese(f"*{WORDS.strip()}*\n", reviewed="true"), path=FILE)
    (after,) = history(repo).translations

    assert (after.digest, after.revision) == (before.digest, before.revision)
    assert (before.reviewed, after.reviewed) == (False, True)
    assert "<em>" in after.shown.html


def test_other_words_are_a_correction_with_a_digest_of_its_own(repo: Repo) -> None:
    repo.commit(chinese(reviewed="true"), path=FILE)
    repo.commit(chinese("我們保存你的資料三年。\n"), path=FILE)

    assert list(labels(repo)) == [("1.0.0+zh-Hant", True), ("1.0.0+zh-Hant.1", False)]
    found = history(repo)
    assert len({each.digest for each in found.translations}) == 2
    assert found.translation(FIRST, "zh-Hant") == found.translations[1]


def test_what_legal_has_not_read_is_never_mailed(repo: Repo) -> None:
    assert history(repo).mailable(FIRST, "zh-Hant") is None
    repo.commit(chinese(), path=FILE)
    assert history(repo).mailable(FIRST, "zh-Hant") is None
    repo.commit(chinese(reviewed="true"), path=FILE)
    assert history(repo).mailable(FIRST, "zh-Hant") == history(repo).translations[0]
    repo.commit(chinese("其他字句。\n"), path=FILE)
    assert history(repo).mailable(FIRST, "zh-Hant") is None
    assert history(repo).mailable(FIRST, "fr") is None


def test_a_translation_may_come_with_its_original_or_later_and_not_before(repo: Repo) -> None:
    repo.commit(chinese(translates="2.0.0"), path=FILE)
    (trouble,) = history(repo).troubles
    assert "translates 2.0.0 of 'privacy', which was not released by then. Release the original first" in trouble

    second = policy_text("Other words.\n", number="2.0.0", published="2026-12-01", declared="material")
    repo.write(second)
    repo.commit(chinese("其他字句。\n", translates="2.0.0"), path=FILE, at="2026-12-01T10:00:00+08:00")
    assert [each.number for each in history(repo).translations] == [SECOND]


def test_each_version_keeps_its_own_translation(repo: Repo) -> None:
    repo.commit(chinese(), path=FILE)
    second = policy_text("Other words.\n", number="2.0.0", published="2026-12-01", declared="material")
    repo.commit(second, at="2026-12-01T10:00:00+08:00")
    repo.commit(chinese("其他字句。\n", translates="2.0.0"), path=FILE, at="2026-12-02T10:00:00+08:00")
    found = history(repo)

    assert [each.label for each in found.translations] == ["1.0.0+zh-Hant", "2.0.0+zh-Hant"]
    assert found.translation(FIRST, "zh-Hant") == found.translations[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (chinese(reviewed="perhaps"), "'perhaps' is neither true nor false"),
        (chinese(translates="two"), "'two' is not a version number"),
        (chinese().replace("translates:", "version:"), "'version' is not a key"),
        (chinese().replace("reviewed: false\n", ""), "lacks 'reviewed'"),
    ],
)
def test_a_mistake_is_named_with_file_and_line_until_a_later_commit_mends_it(repo: Repo, text: str, said: str) -> None:
    repo.commit(text, path=FILE)
    (trouble,) = history(repo).troubles
    assert trouble.startswith(f"{FILE}:")
    assert said in trouble
    assert [version.number for version in history(repo).versions] == [FIRST]  # the original stands
    repo.commit(chinese(), path=FILE)
    assert list(labels(repo)) == [("1.0.0+zh-Hant", False)]
    assert history(repo).troubles == ()


def test_going_back_to_earlier_words_is_a_correction_and_what_stands_is_what_is_mailed(repo: Repo) -> None:
    for words in ("一年。\n", "十年。\n", "一年。\n"):
        repo.commit(chinese(words, reviewed="true"), path=FILE)
    found = history(repo).mailable(FIRST, "zh-Hant")

    assert found is not None
    assert (found.label, found.document.text) == ("1.0.0+zh-Hant.2", "一年。")


def test_a_copy_beside_the_policy_does_it_no_harm(repo: Repo) -> None:
    repo.commit(policy_text("A backup.\n"), path="policy/privacy.old.md")

    assert [version.number for version in history(repo).versions] == [FIRST]
    assert "'version' is not a key" in history(repo).troubles[0]


def test_a_language_that_is_written_in_another_way_is_named(repo: Repo) -> None:
    repo.commit(chinese(), path="policy/privacy.zh_hant.md")

    assert history(repo).troubles == (
        "policy/privacy.zh_hant.md: 'zh_hant' is not how the language is written. Write zh-Hant.",
    )


def test_a_file_whose_middle_is_no_language_is_no_translation(repo: Repo) -> None:
    repo.commit("Notes.\n", path="policy/privacy.notes-of-legal.md")
    repo.commit("Draft.\n", path=FILE)  # no front matter yet

    assert history(repo).translations == ()
