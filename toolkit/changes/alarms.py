"""Where legal declared less than the words suggest, or another class than the number says. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.changes.materiality import Verdict, judge
from toolkit.changes.redline import compare
from toolkit.changes.rules import Rules
from toolkit.policy.classes import Class, Number
from toolkit.policy.version import History, Version


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """A version with what the toolkit proposes for it, against the one its readers knew before."""

    version: Version
    before: Version
    verdict: Verdict

    @property
    def alarms(self) -> tuple[str, ...]:
        """Say what does not fit, a sentence each. An alarm never changes what legal declared."""
        return tuple(filter(None, (self.below, self.misnumbered)))

    @property
    def below(self) -> str:
        """Say that legal declared less than is proposed; empty where it did not."""
        version, verdict = self.version, self.verdict
        if version.declared >= verdict.proposed:
            return ""
        topics = f" ({', '.join(verdict.topics).replace('_', ' ')})" if verdict.topics else ""
        reason = f"the reason given is: {version.front.reason}" if version.front.reason else "no reason is given"
        looks = f"its changes look {verdict.proposed}{topics}"
        return f"{version.number} is declared {version.declared}, but {looks}; {reason}."

    @property
    def misnumbered(self) -> str:
        """Say that the number rises as for another class; empty where it does not."""
        said = _class_of(self.before.number, self.version.number)
        declared = self.version.declared
        if said is declared or (said is Class.MATERIAL and declared is Class.CONSENT):
            return ""
        return f"{self.version.number} is declared {declared}, but its number rises as for a {said} version."


def judge_versions(history: History, rules: Rules) -> Iterator[Judged]:
    """Yield every version but the first, judged."""
    for version in history.versions:
        before = history.previous(version)
        if before:
            verdict = judge(compare(before.document, version.document), rules)
            yield Judged(version=version, before=before, verdict=verdict)


def _class_of(before: Number, after: Number) -> Class:
    """Return the class that a step from one number to the next stands for."""
    if after.major > before.major:
        return Class.MATERIAL
    return Class.MINOR if after.minor > before.minor else Class.EDITORIAL
