"""Redline -> Verdict: the proposed class, the reasons, the topics. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from toolkit.changes.redline import Change
from toolkit.policy.front_matter import Class


class Topic(StrEnum):
    """What a change touches, as lawyers sort policy changes."""

    COLLECTION = "collection"
    PURPOSE = "purpose"
    LEGAL_BASIS = "legal_basis"
    SHARING = "sharing"
    TRANSFER = "transfer"
    RETENTION = "retention"
    RIGHTS = "rights"
    SECURITY = "security"
    TRACKING = "tracking"
    AUTOMATED_DECISIONS = "automated_decisions"
    CHILDREN = "children"
    CONTROLLER_CONTACT = "controller_contact"
    NOTIFICATION_OF_CHANGES = "notification_of_changes"
    SCOPE = "scope"
    OTHER = "other"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """Why a change counts: the rule that found it, the words it found, in which clause, on what topic."""

    rule: str
    proposed: Class
    topic: Topic | None
    text: str
    why: str
    change: Change


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """The class the toolkit proposes, with every reason. It may raise an alarm, never lower a declared class."""

    proposed: Class
    reasons: tuple[Reason, ...]

    @property
    def topics(self) -> tuple[Topic, ...]:
        found = {reason.topic for reason in self.reasons if reason.topic}
        return tuple(topic for topic in Topic if topic in found)
