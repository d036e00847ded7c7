"""What a change touches, as lawyers sort policy changes. Pure."""

from enum import StrEnum


class Topic(StrEnum):
    """The words of the verdict, of the notice and of the report."""

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
