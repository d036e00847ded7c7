"""How a notice has ended, where nobody was told: a plan that sent nothing must not look like one that did. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date

from toolkit.errors import NoticeError
from toolkit.ledger.entries import Count, Decision, DecisionKind, Notice, SkipReason
from toolkit.ledger.states import LEFT, State

_SHORT = 16


def refuse_ended(notice: Notice, decision: Decision, counts: Sequence[Count], *, on: date) -> None:
    """Raise `NoticeError` where a notice was superseded or cancelled. `on` is the day of that, in the policy's zone."""
    if decision.kind is DecisionKind.SUPERSEDED:
        successor = decision.successor[:_SHORT]
        raise NoticeError(
            f"the plan is superseded by plan {successor}; {_so_far(counts)}.",
            where=notice.plan[:_SHORT],
            mend=f"Send that one: policy notify send --plan {successor}",
        )
    if decision.kind is DecisionKind.CANCELLED:
        raise NoticeError(
            f"the plan was cancelled on {on}; {_so_far(counts)}.",
            where=notice.plan[:_SHORT],
            mend="Plan it again: 'policy notify plan'.",
        )


def refuse_untold(notice: Notice, counts: Sequence[Count], skipped: Mapping[str, int]) -> None:
    """Raise `NoticeError` where every delivery of a notice has ended, and none of them left."""
    if not _left(counts):
        raise NoticeError(
            f"nobody was told; {_so_far(counts)}: {_why(counts, skipped)}.",
            where=notice.plan[:_SHORT],
            mend=_way_on(skipped),
        )


def _way_on(skipped: Mapping[str, int]) -> str:
    if set(skipped) and set(skipped) <= {SkipReason.TOLD, SkipReason.TOLD_LATER}:
        return "They know it: nothing is left to do."
    return "Correct the accounts, import them again, and plan again."


def _so_far(counts: Sequence[Count]) -> str:
    left = _left(counts)
    return f"{left} mail{'' if left == 1 else 's'} had been sent before" if left else "nothing was sent"


def _left(counts: Sequence[Count]) -> int:
    return sum(count.deliveries for count in counts if count.state in LEFT)


def _why(counts: Sequence[Count], skipped: Mapping[str, int]) -> str:
    """Say why nothing left: what the accounts were skipped for, and what else became of them."""
    others = {str(count.state): count.deliveries for count in counts if count.state is not State.SKIPPED}
    said = [f"{number} {what}" for what, number in (*skipped.items(), *others.items()) if number]
    return ", ".join(said) or "the plan holds no account"
