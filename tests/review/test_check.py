"""`policy check`, as it is run: what it looks at, what it prints, how it ends."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import SETTINGS
from tests.repositories import Repo, policy_text
from tests.review.projects import LONGER, begin, findings, look, rules, second
from tests.sealed import first_version
from toolkit.review.findings import Rule


def policy(folder: Path, *arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "toolkit", *arguments],
        cwd=folder,
        env=os.environ | {"POLICY_NOW": "2026-12-01T10:00:00+08:00", "GITHUB_STEP_SUMMARY": ""} | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_the_working_text_is_checked_before_it_is_committed(repo: Repo) -> None:
    repo.write(policy_text(LONGER))

    assert rules(repo) == [Rule.NUMBER_MISSING]


def test_a_changed_link_needs_a_number_as_a_changed_word_does(repo: Repo) -> None:
    repo.commit(policy_text("We keep your data for [3 years](https://example.hk/).\n"))

    assert rules(repo) == [Rule.NUMBER_MISSING]


def test_a_change_of_emphasis_needs_nothing(repo: Repo) -> None:
    repo.commit(policy_text("We keep your data for *3 years*.\n"))

    assert rules(repo) == []


def test_the_finding_names_the_line_that_changed(repo: Repo) -> None:
    repo.write(policy_text("## Keeping\n\nWe keep your data for 3 years.\n\nWe sell nothing.\n"))
    repo.git("add", "--all")
    repo.git("commit", "--quiet", "-m", "More")

    assert findings(repo)[0].line == 9


@pytest.mark.parametrize("change", [{"title": "Privacy Notice"}, {"summary": "- Another."}])
def test_what_was_sealed_beside_the_words_may_not_change_either(repo: Repo, change: dict[str, str]) -> None:
    repo.commit(policy_text(**change))

    assert rules(repo) == [Rule.RELEASED_TOUCHED]


def test_a_deleted_policy_is_lost(repo: Repo) -> None:
    repo.git("rm", "--quiet", "policy/privacy.md")
    repo.git("commit", "--quiet", "-m", "Delete")

    assert rules(repo) == [Rule.VERSION_LOST]


def test_a_moved_tag_is_found(repo: Repo) -> None:
    repo.git("tag", "privacy/3.0.0")

    assert rules(repo) == [Rule.VERSION_LOST]


def test_a_number_that_comes_back_with_other_words_touches_what_was_released(repo: Repo) -> None:
    repo.git("switch", "--quiet", "main")
    repo.commit(second(effective="2027-01-31"))
    repo.git("switch", "--quiet", "change")
    repo.git("reset", "--quiet", "--hard", "main")
    repo.commit(policy_text("We keep your data for 9 years.\n"))

    assert rules(repo) == [Rule.RELEASED_TOUCHED]


def test_effect_may_move_later_and_not_earlier(repo: Repo) -> None:
    repo.git("switch", "--quiet", "main")
    repo.commit(second(effective="2027-01-31"))
    repo.git("switch", "--quiet", "change")
    repo.git("reset", "--quiet", "--hard", "main")
    repo.commit(second(effective="2027-02-28"))
    assert rules(repo) == []

    repo.commit(second(effective="2027-01-01"))
    assert rules(repo) == [Rule.RELEASED_TOUCHED]


def test_an_error_on_the_main_branch_is_mended_by_a_branch(repo: Repo) -> None:
    repo.git("switch", "--quiet", "main")
    repo.commit(second(published="2026-11-01", effective="2026-12-01"), at="2026-12-01T09:00:00+08:00")
    assert rules(repo, base="HEAD") == [Rule.HISTORY_BROKEN]

    repo.git("switch", "--quiet", "--force-create", "change")
    repo.commit(second())
    assert rules(repo) == []


def test_words_may_come_before_their_number_in_a_branch(repo: Repo) -> None:
    repo.commit(policy_text(LONGER))
    repo.commit(second())

    assert rules(repo) == []


def test_a_branch_that_took_in_the_main_branch_is_up_to_date(repo: Repo) -> None:
    repo.commit(second())
    repo.git("switch", "--quiet", "main")
    repo.commit(policy_text("We do it.\n", title="Terms"), path="policy/terms.md")
    repo.git("switch", "--quiet", "change")
    assert rules(repo, base="main~1") == []

    repo.git("merge", "--quiet", "--no-ff", "-m", "Update", "main")
    assert rules(repo) == []


def test_a_link_may_lead_to_any_page_that_the_site_will_have(repo: Repo) -> None:
    links = "[a](history/) [b](1.0.0/) [c](2.0.0/changes/) [d](https://kvm.hk/privacy/2.0.0/) [e](../shop/)"
    repo.commit(second(f"We keep your data for 5 years.\n\nSee {links}.\n"))
    assert rules(repo) == []

    repo.commit(second("We keep your data for 5 years.\n\nSee [it](4.0.0/) and [us](mailto:us).\n"))
    assert rules(repo).count(Rule.DEAD_LINK) == 2


def test_a_link_that_reads_as_one_address_and_leads_to_another_is_suspicious(repo: Repo) -> None:
    repo.commit(second("We keep your data for 5 years.\n\nWrite to [us@kvm.hk](mailto:you@example.hk).\n"))

    assert rules(repo) == [Rule.FACTS_DIFFER]


def test_a_summary_that_says_another_figure_than_the_text_is_suspicious(repo: Repo) -> None:
    repo.commit(
        second("- **Account data**: for 5 years\n", summary="- We keep account data for 6 years (before: 3 years).")
    )

    assert rules(repo) == [Rule.FACTS_DIFFER]


@pytest.mark.parametrize(
    "text",
    [
        "- **Account data**: for 1 year\n\nWe delete account data after 12 months.\n",
        "- **Account data**: for 3 years\n- **Usage logs**: for 12 months\n",
        "Room 1508, 625 Nathan Road, Kowloon.\n\nWrite to privacy@kvm.hk or sales@kvm.hk.\n",
        "We answer within 30 days.\n\nWe will respond to you within 30 days.\n",
    ],
)
def test_facts_that_agree_are_left_alone(repo: Repo, text: str) -> None:
    repo.commit(second(text, summary="- We write it otherwise."))

    assert Rule.FACTS_DIFFER not in rules(repo)


@pytest.mark.parametrize(
    "text",
    [
        "We review this policy regularly.\n",
        "We notify you by e-mail and post the new text on this page.\n",
        "If you use our assistant, you can ask it for your data.\n",
        "We ask for your consent in the portal.\n",
        "Unless you object, we go on.\n",
        "We never change this policy without notice.\n",
        "If you do not reply, we do not assume that you consent.\n",
        "You do not need to check this page for changes: we write to you.\n",
    ],
)
def test_fair_wording_is_left_alone(repo: Repo, text: str) -> None:
    repo.commit(second(text))

    assert rules(repo) == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("By continuing to browse this website you agree to our use of cookies.\n", Rule.CONSENT_BY_USE),
        ("Your use of the Site signifies your assent to this policy.\n", Rule.CONSENT_BY_USE),
        ("By providing your personal data to us, you consent to this policy.\n", Rule.CONSENT_BY_USE),
        ("Your failure to opt out will be treated as your agreement.\n", Rule.CONSENT_BY_SILENCE),
        ("If Customer does not object within 14 days, Customer is deemed to have accepted.\n", Rule.CONSENT_BY_SILENCE),
        ("We may modify this policy without notifying you.\n", Rule.CHANGE_WITHOUT_NOTICE),
        ("The new text becomes effective upon posting on the website.\n", Rule.NOTICE_BY_POSTING),
        ("You should check back here regularly.\n", Rule.CHECK_THIS_PAGE),
    ],
)
def test_unfair_wording_of_other_shapes_is_found(repo: Repo, text: str, rule: Rule) -> None:
    repo.commit(second(text))

    assert rules(repo) == [rule]


def test_a_rule_is_switched_off_in_the_settings_only(tmp_path: Path) -> None:
    repo = begin(tmp_path / "project", settings=f'{SETTINGS}checks_off = ["check-this-page"]\n')
    repo.commit(policy_text("Please check this page regularly for updates.\n"))

    assert rules(repo) == []


def test_a_rule_that_does_not_exist_cannot_be_switched_off(tmp_path: Path) -> None:
    repo = begin(tmp_path / "project", settings=f'{SETTINGS}checks_off = ["no-such-rule"]\n')
    repo.commit(policy_text())

    done = policy(repo.path, "check")

    assert done.returncode == 2
    assert "'no-such-rule' in 'checks_off' is no rule" in done.stderr


def test_it_ends_with_0_for_warnings_3_for_errors_and_2_for_misuse(repo: Repo) -> None:
    repo.commit(second("Please check this page regularly for updates.\n"))
    assert policy(repo.path, "check").returncode == 0

    repo.commit(policy_text(LONGER))
    assert policy(repo.path, "check").returncode == 3
    assert policy(repo.path, "check", "--base", "nowhere").returncode == 2
    assert policy(repo.path, "check", "--explain", "nothing").returncode == 2


def test_our_own_first_version_has_its_known_spots_and_no_others(tmp_path: Path) -> None:
    repo = begin(tmp_path / "project")
    repo.commit(first_version())

    done = policy(repo.path, "check", "--json")

    found = json.loads(done.stdout)["findings"]
    lines = [first_version().splitlines()[each["line"] - 1] for each in found]
    assert done.returncode == 0
    assert [each["severity"] for each in found] == ["warning"] * 3
    assert "you consent" in lines[0]
    assert "consent to it" in lines[1]
    assert "post the new policy on this page" in lines[2]


def test_json_says_what_would_land(repo: Repo) -> None:
    repo.commit(second())

    said = json.loads(policy(repo.path, "check", "--json").stdout)

    assert (said["errors"], said["warnings"], said["findings"]) == (0, 0, [])
    assert said["policies"] == [
        {
            "policy": "privacy",
            "path": "policy/privacy.md",
            "number": "2.0.0",
            "class": "material",
            "proposed": "material",
            "certainty": "decided",
            "topics": ["retention"],
            "new": True,
        }
    ]


def test_a_second_policy_is_checked_beside_the_first(repo: Repo) -> None:
    repo.write(policy_text("We do it.\n", title="Terms", number="1.0.0"), "policy/terms.md")

    assert [each.policy for each in look(repo)] == ["privacy", "terms"]
    assert rules(repo) == []
