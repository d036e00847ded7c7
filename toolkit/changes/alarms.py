"""Where legal declared less than the words suggest. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.changes.materiality import Verdict, judge
from toolkit.changes.redline import compare
from toolkit.changes.rules import Rules
from toolkit.policy.version import History, Version


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """A version with what the toolkit proposes for it, against the one before."""

    version: Version
    verdict: Verdict

    @property
    def alarm(self) -> str:
        """Say that the declared class is below the proposed one; empty where it is not. It is never lowered."""
        if self.version.declared >= self.verdict.proposed:
            return ""
        topics = ", ".join(self.verdict.topics).replace("_", " ")
        reason = (
            f"the reason given is: {self.version.front.reason}" if self.version.front.reason else "no reason is given"
        )
        looks = f"{self.verdict.proposed} ({topics})" if topics else str(self.verdict.proposed)
        return f"{self.version.number} is declared {self.version.declared}, but its changes look {looks}; {reason}."


def judge_versions(history: History, rules: Rules) -> Iterator[Judged]:
    """Yield every version but the first, judged against the one its readers knew before."""
    for version in history.versions:
        before = history.previous(version)
        if before:
            yield Judged(version=version, verdict=judge(compare(before.document, version.document), rules))
