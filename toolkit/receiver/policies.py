"""The newest snapshot of the policies, read anew when they change or the day does.

Nobody waits for git: questions are answered from the newest snapshot, and a thread of its own makes the next.
"""

from toolkit.errors import ToolkitError
from toolkit.receiver.snapshot import Snapshot
from toolkit.workspace import Workspace


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
