"""Who decided what about a version: proposed, declared, for which reason, approved by whom.

Approval stands in the trailers of the commit, `Approved-by: Name <name@example.hk>`, or of a commit that its merge
brought in. An annotated tag keeps all of it as it was on the day of publishing: a proposal may change with the rules.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata

from toolkit.changes.alarms import judge_versions
from toolkit.policy.classes import Class
from toolkit.policy.tags import Trailers
from toolkit.policy.version import History, Version
from toolkit.workspace import Workspace

_APPROVALS = ("approved-by", "reviewed-by", "acked-by")


@dataclass(frozen=True, kw_only=True)
class Decision:
    """The decision on one version. `proposed` is None for the first; `kept_in` says where it stands: tag or commit."""

    version: Version
    proposed: Class | None
    approved_by: tuple[str, ...]
    kept_in: str


def read_decisions(work: Workspace, history: History) -> Iterator[Decision]:
    """Yield the decision on each version, newest first."""
    proposed = {each.version.number: each.verdict.proposed for each in judge_versions(history, work.rules)}
    repository = work.policies.repository
    for version in reversed(history.versions):
        kept = repository.tag_trailers(tag_name(version))
        said = dict(kept)
        approved = _approvals(kept) or _approvals(repository.trailers(version.commit, version.revision.path))
        yield Decision(
            version=version,
            proposed=_class(said.get("Policy-Proposed", "")) or proposed.get(version.number),
            approved_by=approved,
            kept_in="tag" if "Policy-Declared" in said else "commit",
        )


def tag_name(version: Version) -> str:
    return f"{version.policy}/{version.number}"


def tag_message(decision: Decision) -> str:
    """Write the message of a version's tag: a line of words, then the decision as trailers."""
    version = decision.version
    lines = [
        f"Policy-Declared: {version.declared}",
        *([f"Policy-Proposed: {decision.proposed}"] if decision.proposed else []),
        *([f"Policy-Reason: {' '.join(version.front.reason.split())}"] if version.front.reason else []),
        f"Policy-Digest: {version.digest}",
        f"Policy-Toolkit: {metadata.version('kvm-policy-toolkit')}",
        *(f"Approved-by: {person}" for person in decision.approved_by),
    ]
    return f"{version.title} {version.number}\n\n" + "\n".join(lines) + "\n"


def _approvals(trailers: Trailers) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for key, value in trailers if key.casefold() in _APPROVALS))


def _class(text: str) -> Class | None:
    return Class(text) if text in list(Class) else None
