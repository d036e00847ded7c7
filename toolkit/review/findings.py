"""What a check says: findings, each under a rule that has an id, a severity and a page. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error keeps a text from being merged, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Rule(StrEnum):
    """Every rule of the check. Its page is `pages/ID.md`; a project may switch it off in its settings."""

    FRONT_MATTER = "front-matter"
    NUMBER_MISSING = "number-missing"
    RELEASED_TOUCHED = "released-touched"
    VERSION_LOST = "version-lost"
    VERSION_WITHDRAWN = "version-withdrawn"
    HISTORY_BROKEN = "history-broken"
    BRANCH_BEHIND = "branch-behind"
    REBASE_UNFINISHED = "rebase-unfinished"
    NUMBER_CLASS = "number-class"
    CLASS_REASON = "class-reason"
    EFFECTIVE_EARLY = "effective-early"
    SUMMARY_MISSING = "summary-missing"
    CONSENT_UNSAID = "consent-unsaid"
    UNSAFE_MARKUP = "unsafe-markup"
    POLICY_NAME = "policy-name"
    JUDGE_CHANGED = "judge-changed"
    SURROUNDINGS_CHANGED = "surroundings-changed"
    DEAD_LINK = "dead-link"
    HEADING_NUMBER = "heading-number"
    FACTS_DIFFER = "facts-differ"
    TRANSLATION_BEHIND = "translation-behind"
    CONSENT_BY_USE = "consent-by-use"
    CONSENT_BY_SILENCE = "consent-by-silence"
    NOTICE_BY_POSTING = "notice-by-posting"
    CHECK_THIS_PAGE = "check-this-page"
    CHANGE_WITHOUT_NOTICE = "change-without-notice"

    @property
    def severity(self) -> Severity:
        return Severity.WARNING if self in _WARNINGS else Severity.ERROR


ALWAYS = frozenset((Rule.JUDGE_CHANGED, Rule.SURROUNDINGS_CHANGED))
"""No setting switches these off: they look at the settings themselves."""

_WARNINGS = frozenset(
    (
        Rule.VERSION_WITHDRAWN,
        Rule.SURROUNDINGS_CHANGED,
        Rule.FACTS_DIFFER,
        Rule.TRANSLATION_BEHIND,
        Rule.CONSENT_BY_USE,
        Rule.CONSENT_BY_SILENCE,
        Rule.NOTICE_BY_POSTING,
        Rule.CHECK_THIS_PAGE,
        Rule.CHANGE_WITHOUT_NOTICE,
    )
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing found: under which rule, in which file and line (from 1), in one sentence, and how to mend it."""

    rule: Rule
    path: str
    line: int
    what: str
    mend: str

    @property
    def severity(self) -> Severity:
        return self.rule.severity

    @property
    def where(self) -> str:
        return f"{self.path}:{self.line}"


def has_errors(findings: Iterable[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)
