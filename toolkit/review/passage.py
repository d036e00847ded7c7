"""What a branch holds, what a project asks of its landing, and what the landing would do. Pure."""

from dataclasses import dataclass, field
from datetime import date

from toolkit.changes.alarms import Judged
from toolkit.changes.redline import Redline
from toolkit.changes.rules import Rules
from toolkit.policy.classes import Class
from toolkit.policy.document import Document
from toolkit.policy.landing import LandingRules
from toolkit.policy.revision import Revision
from toolkit.policy.version import History, Version
from toolkit.review.findings import Finding
from toolkit.review.source import Source


@dataclass(frozen=True, kw_only=True)
class Branch:
    """`before` are the revisions of the main line, `steps` those of the branch, oldest first.

    `final` is the text as the branch leaves it; None where the file is gone. `moved` says that the main line changed
    the file after the branch began. `beside` is what commits make of it that a merge brought into the branch: a rebase
    would land them, too.
    """

    policy: str
    path: str
    before: tuple[Revision, ...] = field(repr=False)
    steps: tuple[Revision, ...] = field(repr=False)
    final: Revision | None
    moved: bool
    beside: tuple[Revision, ...] = field(default=(), repr=False)

    @property
    def changes(self) -> bool:
        """Whether the file would be another one on the main line."""
        newest = self.before[-1].source if self.before else None
        return newest != (self.final.source if self.final else None)


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a project asks of a new version: by which rules it is judged and lands, and the days of notice by class."""

    rules: Rules
    landing: LandingRules
    today: date
    material: int
    consent: int

    def period(self, declared: Class) -> int:
        """Return the days between publication and effect that a class owes."""
        return {Class.MATERIAL: self.material, Class.CONSENT: self.consent}.get(declared, 0)


@dataclass(frozen=True, kw_only=True)
class Passage:
    """What landing would do: the history `before` and `after` it, what stops it, and the text as it would stand.

    `judged` is the new version, weighed against the one before it; None where no version is new. `edit` compares words
    that were changed under a released number with the released ones.
    """

    before: History
    after: History | None
    document: Document | None
    source: Source
    findings: tuple[Finding, ...]
    judged: Judged | None = None
    edit: Redline | None = None

    @property
    def version(self) -> Version | None:
        """The version that the text carries; None where it carries none that could land."""
        if self.after is None or self.document is None or self.document.front is None:
            return None
        number = self.document.front.number
        return next((version for version in self.after.versions if version.number == number), None)


@dataclass(frozen=True, kw_only=True)
class Checked:
    """One policy, looked at: what the branch makes of it, and every finding, in order of file and line."""

    branch: Branch
    passage: Passage
    findings: tuple[Finding, ...]

    @property
    def policy(self) -> str:
        return self.branch.policy
