"""How findings are said to a terminal, to programs, and to the hosts of pull requests."""

import json

from tests.repositories import Repo, policy_text
from tests.review.projects import look, second, workspace
from toolkit.review import formats
from toolkit.review.check import check
from toolkit.review.findings import Finding, Rule
from toolkit.review.report import MARK, write_report

WRONG = Finding(rule=Rule.DEAD_LINK, path="policy/a:b,c.md", line=7, what="50% of it\nis gone.", mend="Mend it.")
ODD = Finding(rule=Rule.FACTS_DIFFER, path="p.md", line=1, what="\x1b[31mred.", mend="Look.")


def report(repo: Repo) -> str:
    work = workspace(repo)
    try:
        return write_report(work, check(work, base="main"), tell=lambda _: None)
    finally:
        work.close()


def test_a_terminal_gets_one_finding_a_line_and_the_sum() -> None:
    lines = formats.terminal([WRONG, ODD], ()).splitlines()

    assert lines[:2] == ["policy/a:b,c.md:7: error: 50% of it is gone. [dead-link]", "    Mend it."]
    assert lines[2].endswith("[31mred. [facts-differ]")
    assert "\x1b" not in lines[2]
    assert lines[4] == "Checked: no policy. 1 error, 1 warning. 'policy check --explain RULE' says more."


def test_an_annotation_is_one_command_whatever_its_words_are() -> None:
    said = formats.annotations([WRONG])

    assert said == ("::error file=policy/a%3Ab%2Cc.md,line=7,title=dead-link::50%25 of it%0Ais gone. Mend it.\n")


def test_a_quoted_report_stops_commands_until_its_end() -> None:
    lines = formats.quoted("::error::x", "token").splitlines()

    assert (lines[0], lines[1], lines[-1]) == ("::stop-commands::token", "::error::x", "::token::")


def test_sarif_names_rule_place_and_level() -> None:
    said = json.loads(formats.sarif([WRONG, ODD]))

    assert (said["version"], len(said["runs"])) == ("2.1.0", 1)
    run = said["runs"][0]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["dead-link", "facts-differ"]
    first = run["results"][0]
    assert (first["ruleId"], first["ruleIndex"], first["level"]) == ("dead-link", 0, "error")
    place = first["locations"][0]["physicalLocation"]
    assert (place["artifactLocation"]["uri"], place["region"]["startLine"]) == ("policy/a%3Ab%2Cc.md", 7)


def test_the_report_says_when_nothing_is_to_be_done(repo: Repo) -> None:
    assert report(repo) == f"{MARK}\n\n## Policy check\n\nNo policy changes here, and nothing is wrong.\n"


def test_no_word_of_a_policy_is_markdown_in_the_report(repo: Repo) -> None:
    attack = "</details> <img src=x> @everyone [x](javascript:1) `a` | b | c\n"
    repo.commit(second(attack, summary=f"- {attack.strip()}", title="A | <b>bold</b> @all"))

    said = report(repo)

    outside = "".join(said.split("```")[::2])
    for sign in ("<img", "@everyone", "@all", "<b>", "[x](javascript"):
        assert sign not in outside.replace(f"\\{sign}", "")
    assert outside.count("</details>") == outside.count("<details>")


def test_a_long_report_is_cut_within_what_a_host_takes(repo: Repo) -> None:
    clause = "We keep the thing number {0} for {0} years, as the law and our contracts with others ask us to do.\n"
    repo.commit(second("\n".join(map(clause.format, range(700)))))

    said = report(repo)

    assert len(said) < 65_536
    assert said.count("<details>") == said.count("</details>")


def test_the_report_names_a_reason_for_a_lower_class(repo: Repo) -> None:
    lower = second(declared="minor", number="1.1.0", effective="2026-12-01")
    repo.commit(lower.replace("class: minor\n", "class: minor\nreason: It was 5 years from the start.\n"))

    assert "| Reason for a lower class | It was 5 years from the start. |" in report(repo)
    assert look(repo)[0].findings == ()


def test_the_report_says_what_a_landing_does_that_releases_nothing(repo: Repo) -> None:
    repo.git("switch", "--quiet", "main")
    repo.commit(second(effective="2027-01-31"))
    repo.git("switch", "--quiet", "--force-create", "change")
    repo.commit(second(effective="2027-02-28"))
    assert "Merging postpones version 2.0.0, from 2027-01-31 to 2027-02-28." in report(repo)

    repo.commit(policy_text())
    assert "Merging goes back to version 1.0.0 and withdraws 2.0.0." in report(repo)


def test_the_report_tells_who_is_told_and_asks_what_no_rule_knows(repo: Repo) -> None:
    repo.commit(
        policy_text(
            "We keep your data for 3 years.\n\nOur office has a garden.\n",
            number="1.1.0",
            published="2026-12-01",
            declared="minor",
        )
    )

    said = report(repo)

    assert "Nobody is told." in said
    assert "**No rule knows these words.**" in said


def test_the_report_asks_about_consent_where_the_use_is_new(repo: Repo) -> None:
    repo.commit(second("We keep your data for 3 years.\n\nWe use your messages to train our assistant.\n"))

    assert "declare `class: consent`" in report(repo)


def test_settings_that_judge_do_not_change_with_the_words(repo: Repo) -> None:
    settings = (repo.path / "pyproject.toml").read_text(encoding="utf-8")
    repo.write(f"{settings}late_days = 5000\n", "pyproject.toml")
    repo.write("[x]\n", "rules/en.toml")
    (repo.path / "rules/en.toml").unlink()
    repo.commit(second())

    assert [str(each.rule) for each in look(repo)[0].findings] == ["judge-changed"]


def test_a_sign_that_turns_the_order_of_words_is_found(repo: Repo) -> None:
    repo.commit(second("We do \u202etsop dna\u202c sell it.\n"))

    assert {str(each.rule) for each in look(repo)[0].findings} == {"unsafe-markup"}
