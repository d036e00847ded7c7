"""How a notice has ended, where nobody was told: a plan that sent nothing must not look like one that did. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import urlsplit

from toolkit.addresses import is_loopback
from toolkit.errors import NoticeError
from toolkit.ledger.entries import Count, Decision, DecisionKind, Notice, Outcome, SkipReason
from toolkit.ledger.states import LEFT, OPEN, State

_SHORT = 16
UNENDED = OPEN | {State.UNKNOWN}
"""What a delivery may still become another of."""
_RUN_AGAIN = "Run the same command again; 'policy notify status' shows what is left."


def is_finished(counts: Sequence[Count]) -> bool:
    """Tell whether every delivery of an audience has ended: none pending, claimed or unknown."""
    return not any(count.deliveries for count in counts if count.state in UNENDED)


def progress_of(counts: Sequence[Count]) -> tuple[int, int]:
    """Return how many deliveries have ended, and how many there are."""
    ended = sum(count.deliveries for count in counts if count.state not in UNENDED)
    return ended, sum(count.deliveries for count in counts)


def refuse_ended(notice: Notice, decision: Decision, counts: Sequence[Count], *, on: date) -> None:
    """Raise `NoticeError` where a notice was superseded, cancelled or paused; `on` is the day of that, where we are."""
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
    if decision.kind is DecisionKind.PAUSED:
        raise NoticeError(
            f"the plan is paused since {on}; {_so_far(counts)}.",
            where=notice.plan[:_SHORT],
            mend=f"Go on with it: policy notify resume --plan {notice.plan[:_SHORT]}, and send again.",
        )


def given_up(transport: str, host: str, outcomes: Sequence[Outcome], *, doubtful: bool) -> NoticeError:
    """Return the error of a run that gives up: the way out takes nothing, or nobody knows what it took."""
    if not doubtful:
        return NoticeError(f"{transport} took nothing: {outcomes[0].text}.", where=host, mend="Send again later.")
    said = next((outcome.text for outcome in outcomes if outcome.state is State.UNKNOWN), "no answer")
    return NoticeError(
        f"nobody knows what {transport} took: {said}.",
        where=host,
        mend="What is in doubt stays unknown and is not sent again. Look there what became of it, then send again.",
    )


def refuse_leaving_rehearsal(notice: Notice, *, rehearsal: bool) -> None:
    """Raise `NoticeError` where a rehearsal's mails would leave this machine: nobody outside is to be told of it."""
    refuse_leaving(notice.host, rehearsal=rehearsal)


def refuse_leaving(host: str, *, rehearsal: bool) -> None:
    """Raise `NoticeError` where what a rehearsal hands to a host would leave this machine."""
    server = urlsplit(host)
    if rehearsal and server.scheme and not is_loopback(server.hostname or ""):
        raise NoticeError(
            "this is a rehearsal, and its mails would leave this machine: nothing was sent.",
            where=host,
            mend="Name a server on this machine, or use the outbox: a ledger begun under POLICY_NOW sends no further.",
        )


def refuse_unapproved(approvals: int) -> None:
    """Raise `NoticeError` where the settings ask for a second person, and none can have approved."""
    if approvals > 1:
        raise NoticeError(
            "the settings ask for the approval of a second person, and none is recorded: nothing was sent.",
            where="approvals",
            mend="This toolkit cannot record one yet; whoever owns the settings decides whether one person is enough.",
        )


def count_open(counts: Sequence[Count]) -> int:
    """Return how many deliveries a run can still send: pending, or in a sender's hands."""
    return sum(count.deliveries for count in counts if count.state in OPEN)


def refuse_unfinished(notice: Notice, counts: Sequence[Count]) -> None:
    """Raise `NoticeError` where deliveries of a notice have not ended."""
    open_ = count_open(counts)
    unknown = sum(count.deliveries for count in counts if count.state is State.UNKNOWN)
    if unknown or open_:
        raise NoticeError(
            f"the notice is not finished: {open_} pending, {unknown} unknown.",
            where=notice.plan[:_SHORT],
            mend=_RUN_AGAIN
            if open_
            else f"Look up what became of them: policy notify settle --plan {notice.plan[:_SHORT]}",
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
