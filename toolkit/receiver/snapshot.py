"""The policies as the service knows them on one day, at one commit. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise

from toolkit.changes.materiality import judge
from toolkit.changes.redline import compare
from toolkit.changes.rules import Rules
from toolkit.errors import Misuse
from toolkit.notices.audience import withdrawn_numbers
from toolkit.notices.facts import Difference, Publisher
from toolkit.notices.personal import compare_words
from toolkit.notices.survey import choose_language
from toolkit.notices.templates import Templates
from toolkit.policy.classes import Number
from toolkit.policy.version import History, Version


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """What the policies say on a day, at a commit. `governing` is the language they are written in."""

    day: date
    commit: str
    histories: Mapping[str, History]
    publishers: Mapping[str, Publisher]
    templates: Mapping[str, Templates]
    rules: Rules
    governing: str
    date_of: Callable[[datetime], date]
    _compared: dict[tuple[str, Number, Number], Difference] = field(default_factory=dict, repr=False)
    _withdrawn: dict[str, frozenset[str]] = field(default_factory=dict, repr=False)
    _redlines: dict[tuple[str, Number, Number, str], tuple[str, str]] = field(default_factory=dict, repr=False)

    def history(self, policy: str) -> History:
        """Return a policy's history. Raises `Misuse` for a policy that is not there."""
        if policy not in self.histories:
            raise Misuse("there is no such policy.", mend=f"Known are: {', '.join(self.histories) or 'none'}.")
        return self.histories[policy]

    def withdrawn(self, policy: str) -> frozenset[str]:
        """Return the versions that are withdrawn on the day: who saw one has seen nothing that binds."""
        if policy not in self._withdrawn:
            self._withdrawn[policy] = withdrawn_numbers(self.history(policy), self.day)
        return self._withdrawn[policy]

    def in_language(self, wanted: str) -> Templates:
        """Return the templates that serve a reader of a language best."""
        return self.templates[choose_language(wanted, self.templates, self.governing)]

    def differences(self, history: History, since: Version) -> tuple[Difference, ...]:
        """Compare each version that is announced above `since` with the one before it. Once for all who ask."""
        steps = history.steps(since.number, self.day)
        return tuple(self._difference(history, before, version) for before, version in pairwise((since, *steps)))

    def redline(self, before: Version, after: Version, language: str) -> tuple[str, str]:
        """Return a comparison as HTML, and the sentence that says how to read it. Once for all who ask."""
        key = (after.policy, before.number, after.number, language)
        if key not in self._redlines:
            self._redlines[key] = compare_words(before, after, self.templates[language].wording)
        return self._redlines[key]

    def _difference(self, history: History, before: Version, version: Version) -> Difference:
        key = (history.policy, before.number, version.number)
        if key not in self._compared:
            redline = compare(before.document, version.document)
            self._compared[key] = Difference(
                version=version,
                before=before,
                redline=redline,
                verdict=judge(redline, self.rules),
                ends=history.ends(version, self.day),
                consent_to=history.consent_to(version),
            )
        return self._compared[key]
