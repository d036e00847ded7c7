"""The policies as the service knows them at one moment, read anew when they change or the day does.

Nobody waits for git: questions are answered from the newest snapshot, and a thread of its own makes the next.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise

from toolkit.changes.materiality import judge
from toolkit.changes.redline import compare
from toolkit.changes.rules import Rules
from toolkit.errors import Misuse, ToolkitError
from toolkit.notices.audience import withdrawn_numbers
from toolkit.notices.facts import Difference, Publisher
from toolkit.notices.personal import compare_words
from toolkit.notices.survey import choose_language
from toolkit.notices.templates import Templates
from toolkit.policy.classes import Number
from toolkit.policy.version import History, Version
from toolkit.workspace import Workspace


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
    _redlines: dict[tuple[str, Number, Number, str], tuple[str, str]] = field(default_factory=dict, repr=False)

    def history(self, policy: str) -> History:
        """Return a policy's history. Raises `Misuse` for a policy that is not there."""
        if policy not in self.histories:
            raise Misuse("there is no such policy.", mend=f"Known are: {', '.join(self.histories) or 'none'}.")
        return self.histories[policy]

    def withdrawn(self, policy: str) -> frozenset[str]:
        """Return the versions that are withdrawn on the day: who saw one has seen nothing that binds."""
        return withdrawn_numbers(self.history(policy), self.day)

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


class Policies:
    """Keeps the newest snapshot. `refresh` may be called by one thread while others ask."""

    def __init__(self, work: Workspace) -> None:
        self._work = work
        self._snapshot = take(work)
        self.trouble = ""

    @property
    def now(self) -> Snapshot:
        return self._snapshot

    def refresh(self) -> None:
        """Read the policies anew where they or the day changed. What cannot be read leaves the last that could."""
        again = self._work.again()
        try:
            if (again.today, again.policies.repository.head()) != (self._snapshot.day, self._snapshot.commit):
                self._snapshot = take(again)
            self.trouble = ""
        except ToolkitError as error:
            self.trouble = str(error)
        finally:
            again.close()


def take(work: Workspace) -> Snapshot:
    """Read everything. Raises as reading histories and templates does."""
    policies = work.policies
    commit, names = policies.repository.head(), policies.names
    return Snapshot(
        day=work.today,
        commit=commit,
        histories={name: policies.history(name) for name in names},
        publishers={name: work.publisher(name) for name in names},
        templates={each.language: each for each in work.templates},
        rules=work.rules,
        governing=work.project.settings.language,
        date_of=work.date_of,
    )
