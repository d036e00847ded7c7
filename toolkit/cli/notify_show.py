"""`policy notify status` and `mail`: how a notice stands, and what was handed over."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.front import AsJson, print_json, table, workspace
from toolkit.errors import NoticeError
from toolkit.ledger.entries import Count, Decision, DecisionKind, Notice
from toolkit.ledger.states import State
from toolkit.workspace import Workspace

if TYPE_CHECKING:
    from toolkit.ledger.ledger import Ledger

SHORT = 16
PlanHash = Annotated[str, typer.Option("--plan", help="The plan's hash, or its first 8 characters or more.")]


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How a notice stands at an instant: its counts, why deliveries were skipped, how fast it goes and until when.

    `late` says how many days of notice will be missing, where the end is too late.
    """

    notice: Notice
    counts: tuple[Count, ...]
    skipped: Mapping[str, int]
    decision: Decision | None
    per_minute: float
    ends_at: datetime | None
    late: str = ""


def read_standing(ledger: "Ledger", notice: Notice, *, now: datetime) -> Standing:
    from toolkit.notices.deadline import forecast_end
    from toolkit.notices.ending import count_open

    counts, per_second = ledger.notices.counts(notice.plan), ledger.notices.rate(notice.plan)
    left = count_open(counts)
    decision = ledger.notices.decision(notice.plan)
    goes = decision is not None and decision.kind in (DecisionKind.ANNOUNCED, DecisionKind.RESUMED)
    return Standing(
        notice=notice,
        counts=counts,
        skipped=ledger.notices.skipped(notice.plan),
        decision=decision,
        per_minute=60 * per_second,
        ends_at=forecast_end(left, per_second=per_second, now=now) if left and per_second and goes else None,
    )


def status(
    context: typer.Context,
    plan: Annotated[str, typer.Option("--plan", help="The plan's hash.", show_default="the newest plan")] = "",
    state: Annotated[
        State | None, typer.Option("--state", help="List the accounts in this state.", show_default="count them all")
    ] = None,
    finished: Annotated[
        bool, typer.Option("--finished", help="Exit 3 unless everybody's delivery has come to its end.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Count a notice's deliveries by state, with the pace and the end. The states add up to the audience."""
    work = workspace(context)
    if state is not None:
        _list(work, plan, state, as_json=as_json)
        return
    with work.ledger() as ledger:
        notice = ledger.notices.find(plan) if plan else _latest(ledger)
        standing = read_standing(ledger, notice, now=work.clock.now())
        late = _late(work, ledger, standing)
    show(replace(standing, late=late), as_json=as_json)
    if finished:
        from toolkit.notices.ending import refuse_unfinished

        refuse_unfinished(standing.notice, standing.counts)


def _list(work: Workspace, plan: str, state: State, *, as_json: bool) -> None:
    """Name the accounts in one state, with reference and what was heard last."""
    with work.ledger() as ledger:
        notice = ledger.notices.find(plan) if plan else _latest(ledger)
        found = list(ledger.notices.in_state(notice.plan, state))
    if as_json:
        print_json([{"account": each.account, "reference": each.ref, "text": each.text} for each in found])
    else:
        rows = ((each.account or "(erased)", each.ref, each.text) for each in found)
        typer.echo(table(("ACCOUNT", "REFERENCE", "HEARD LAST"), rows))


def _late(work: Workspace, ledger: "Ledger", standing: Standing) -> str:
    """Say that a plan cannot finish before its notice period begins; empty where it can, or nothing is left to send."""
    from toolkit.notices.ending import count_open

    if not count_open(standing.counts):
        return ""
    last_on = work.date_of(standing.ends_at or work.clock.now())
    deadline = work.deadline_of(ledger, standing.notice, last_on=last_on)
    return str(deadline) if deadline and deadline.missing else ""


def mail(
    context: typer.Context,
    ref: Annotated[
        str, typer.Argument(help="A delivery's reference, or the Message-ID: 'policy standing ACCOUNT' shows it.")
    ],
) -> None:
    """Print the exact mail that was handed over, made from the record and checked against the evidence."""
    from toolkit.notices.mime import rebuild

    with workspace(context).ledger() as ledger:
        handed_over = ledger.evidence.handed_over(_reference(ref))
    if not handed_over:
        raise NoticeError("nothing was handed over yet.", where=ref)
    sys.stdout.buffer.write(rebuild(handed_over[-1]))


def _reference(named: str) -> str:
    """Return the reference in a Message-ID, in the name of a mail's file, or as it is."""
    return named.strip().removeprefix("<").partition("@")[0].removesuffix(".eml")


def _latest(ledger: "Ledger") -> Notice:
    notices = ledger.notices.newest_first()
    if not notices:
        raise NoticeError("nothing has been planned yet.", mend="Begin with 'policy notify plan'.")
    return notices[0]


def show(standing: Standing, *, as_json: bool) -> None:
    if as_json:
        print_json(_standing(standing))
        return
    notice, counts = standing.notice, standing.counts
    typer.echo(f"{notice.policy} {notice.version}, plan {notice.plan[:SHORT]}, by {notice.transport}.\n")
    shown = [(count.state, count.deliveries) for count in counts if count.deliveries or count.state in _ALWAYS]
    typer.echo(table(("STATE", "ACCOUNTS"), [*shown, ("audience", sum(count.deliveries for count in counts))]))
    for reason, number in standing.skipped.items():
        typer.echo(f"Skipped: {number} {reason}.")
    decision = standing.decision
    if decision is not None and decision.kind is not DecisionKind.ANNOUNCED:
        successor = f" by plan {decision.successor[:SHORT]}" if decision.successor else ""
        typer.echo(f"The plan is {decision.kind}{successor}, since {decision.happened_at:%Y-%m-%d %H:%M} UTC.")
    if standing.ends_at is not None:
        typer.echo(f"At {standing.per_minute:.0f} a minute it ends at {standing.ends_at:%Y-%m-%d %H:%M:%S} UTC.")
    if standing.late:
        typer.echo(f"The last mail comes {standing.late}.")


def _standing(standing: Standing) -> dict[str, object]:
    notice = standing.notice
    return {
        "plan": notice.plan,
        "policy": notice.policy,
        "version": notice.version,
        "transport": notice.transport,
        "host": notice.host,
        "decision": standing.decision.kind if standing.decision else None,
        "audience": notice.audience,
        "counts": {count.state: count.deliveries for count in standing.counts},
        "skipped": dict(standing.skipped),
        "per_minute": round(standing.per_minute, 1),
        "ends_at": standing.ends_at.isoformat(timespec="seconds") if standing.ends_at else None,
        "late": standing.late,
    }


_ALWAYS = (State.PENDING, State.ACCEPTED, State.UNKNOWN)
