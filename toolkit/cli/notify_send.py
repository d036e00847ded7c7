"""`policy notify send` and what goes with it: send a plan, stop it, go on, end it."""

import re
import secrets
import time
from contextlib import closing
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.front import AsJson, note, progress, workspace
from toolkit.cli.notify_show import SHORT, PlanHash, read_standing, show
from toolkit.cli.stopping import Stopping
from toolkit.errors import Misuse, NoticeError
from toolkit.ledger.entries import Notice
from toolkit.policy.classes import Number
from toolkit.workspace import Workspace

if TYPE_CHECKING:
    from toolkit.cli.outdated import Watch
    from toolkit.ledger.ledger import Ledger
    from toolkit.notices.dispatch import Sent
    from toolkit.notices.transports import Transport

_TOKEN_BYTES = 16
_WORTH_SAYING_S = 3.0


def send(
    context: typer.Context,
    plan: PlanHash,
    transport: Annotated[
        str, typer.Option("--transport", help="Repeat the plan's way, to be sure.", show_default="the plan's")
    ] = "",
    rate: Annotated[
        str, typer.Option("--rate", help="The most mails in a time: 500/min.", show_default="as fast as it goes")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Send what a plan holds and has not sent yet. Stop it and run it again as you like: nobody gets two."""
    from toolkit.cli.outdated import Watch
    from toolkit.notices.dispatch import take_up
    from toolkit.notices.ending import (
        refuse_ended,
        refuse_leaving_rehearsal,
        refuse_unapproved,
        refuse_unfinished,
        refuse_untold,
    )

    work = workspace(context)
    per_second = _per_second(rate) if rate else None
    with work.ledger() as ledger:
        ledger.sending.refuse_rehearsal()
        ledger.sending.refuse_copy()
        notice = ledger.notices.find(plan)
        _refuse_other_way(notice, transport)
        refuse_unapproved(work.project.settings.approvals)
        refuse_leaving_rehearsal(notice, rehearsal=work.clock.rehearsal)
        watch = Watch(work=work, ledger=ledger, notice=notice)
        with closing(work.transport(notice.transport)) as way_out:
            # What a stopped sender left is settled first: a plan that may not be sent any more has to end all the same.
            if not take_up(ledger, notice, way_out):
                watch.refuse_outdated(work)
            _say_end(work, ledger, notice, per_second)
            sent = _dispatch(work, ledger, notice, way_out, watch=watch, per_second=per_second)
        standing = read_standing(ledger, notice, now=work.clock.now())
    show(standing, as_json=as_json)
    if standing.decision is not None:
        refuse_ended(notice, standing.decision, sent.counts, on=work.date_of(standing.decision.happened_at))
    refuse_unfinished(notice, sent.counts)
    refuse_untold(notice, sent.counts, standing.skipped)
    if not as_json and notice.transport == work.outbox.name:
        typer.echo(f"The mails are in {work.relative(work.outbox.place(notice.plan))}.")


def _dispatch(
    work: Workspace,
    ledger: "Ledger",
    notice: Notice,
    way_out: "Transport",
    *,
    watch: "Watch",
    per_second: float | None,
) -> "Sent":
    from toolkit.notices.audience import withdrawn_numbers
    from toolkit.notices.dispatch import send as dispatch
    from toolkit.notices.pace import Pace

    history = work.history(notice.policy)
    way_out.ready()
    work.link("")  # a missing key is said before anything is claimed
    work.keep_private()
    try:
        with progress("Sending") as bar, Stopping() as stopping:
            return dispatch(
                ledger,
                notice,
                way_out,
                clock=work.clock.now,
                token=lambda: secrets.token_hex(_TOKEN_BYTES),
                today=work.date_now,
                progress=bar.reach,
                pace=Pace(rate=per_second, wait=stopping.wait, told=_say_pause),
                waiting=_say_waiting,
                withdrawn=withdrawn_numbers(history, work.today),
                public_at=work.start_of(history.version(Number.parse(notice.version)).public_on),
                still_true=watch.still_true,
                stop_if_asked=stopping.stop_if_asked,
                hold=time.sleep,
                held_since=work.held_since,
                link=work.link,
            )
    finally:
        ledger.evidence.seal()


def _refuse_other_way(notice: Notice, transport: str) -> None:
    if transport and transport != notice.transport:
        raise Misuse(
            f"the plan goes by {notice.transport}, and not by {transport}.",
            where=notice.plan[:SHORT],
            mend="Leave --transport out, or plan it again for the other way.",
        )


def _say_end(work: Workspace, ledger: "Ledger", notice: Notice, per_second: float | None) -> None:
    """Say when a run at a rate ends, and whether the last mail comes too late."""
    from toolkit.notices.deadline import forecast_end
    from toolkit.notices.ending import count_open

    left = count_open(ledger.notices.counts(notice.plan))
    if not left:
        return
    now = work.clock.now()
    ends_at = forecast_end(left, per_second=per_second, now=now) if per_second else now
    if ends_at is not None and per_second:
        local = ends_at.astimezone(work.project.settings.zone)
        note(f"note: {left} mails at this rate take until {local:%Y-%m-%d %H:%M}.")
    deadline = work.deadline_of(ledger, notice, last_on=work.date_of(ends_at or now))
    if deadline and deadline.missing:
        note(f"note: the last mail comes {deadline}.")


def _say_pause(seconds: float) -> None:
    if seconds >= _WORTH_SAYING_S:
        note(f"note: nothing more is taken; trying again in {seconds:.0f} seconds.")


def _say_waiting(held: int, seconds: float) -> None:
    note(
        f"note: another sender holds {held} deliveries, or was stopped while it held them;"
        f" waiting at most {seconds:.0f} seconds for them."
    )


_SECONDS = {"s": 1, "sec": 1, "min": 60, "h": 3600, "hour": 3600, "day": 86_400}
_RATE = re.compile(rf"([1-9][0-9]*)/({'|'.join(_SECONDS)})")


def _per_second(rate: str) -> float:
    match = _RATE.fullmatch(rate)
    if not match:
        raise Misuse(f"'{rate}' is not a rate.", where="--rate", mend="Write it like 500/min, or with s, h or day.")
    return int(match[1]) / _SECONDS[match[2]]


def pause(context: typer.Context, plan: PlanHash) -> None:
    """Stop a plan where it is. A running sender finishes what it has in hand."""
    work = workspace(context)
    with work.ledger() as ledger:
        notice = ledger.notices.find(plan)
        paused = ledger.sending.pause(notice.plan)
        ledger.evidence.seal()
        standing = read_standing(ledger, notice, now=work.clock.now())
    typer.echo("Paused.\n" if paused else "Nothing was changed: it goes no further already, or nothing is left.\n")
    show(standing, as_json=False)


def resume(context: typer.Context, plan: PlanHash) -> None:
    """Let a paused plan be sent again. Nothing is sent by this."""
    work = workspace(context)
    with work.ledger() as ledger:
        notice = ledger.notices.find(plan)
        resumed = ledger.sending.resume(notice.plan)
        ledger.evidence.seal()
        decision = ledger.notices.decision(notice.plan)
    if decision is not None and decision.kind.ends:
        raise NoticeError(
            f"the plan is {decision.kind}, and cannot go on.", where=notice.plan[:SHORT], mend="Plan it again."
        )
    typer.echo("Resumed." if resumed else "It was not paused.")
    typer.echo(f"Nothing is sent by this. To go on: policy notify send --plan {notice.plan[:SHORT]}")


def cancel(context: typer.Context, plan: PlanHash) -> None:
    """Cancel what a plan has not sent yet. What went out went out."""
    from toolkit.notices.dispatch import take_up

    work = workspace(context)
    with work.ledger() as ledger:
        notice = ledger.notices.find(plan)
        take_up(ledger, notice, work.outbox if notice.transport == work.outbox.name else None)
        cancelled = ledger.sending.cancel(notice.plan)
        ledger.evidence.seal()
        standing = read_standing(ledger, notice, now=work.clock.now())
    typer.echo(f"{cancelled} deliveries cancelled.\n")
    show(standing, as_json=False)
