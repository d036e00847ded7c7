"""`policy notify preflight` and `settle`: ask before anything leaves, and say what became of what nobody heard of."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.front import AsJson, person, print_json, table, workspace
from toolkit.cli.notify_show import PlanHash
from toolkit.ledger.entries import Attempt, Outcome, Report
from toolkit.ledger.states import State

if TYPE_CHECKING:
    from toolkit.ledger.ledger import Ledger


class Became(StrEnum):
    """What a person found out about mails whose answer nobody heard."""

    SENT = "sent"
    NOT_SENT = "not-sent"


_SHOWN = 20
_STATES = {Became.SENT: State.ACCEPTED, Became.NOT_SENT: State.PENDING}


def preflight(context: typer.Context, plan: PlanHash) -> None:
    """Ask the other side whether it would take a plan's mails. Nothing is sent, and no customer's address is used."""
    from toolkit.notices.ending import refuse_leaving_rehearsal
    from toolkit.notices.plan import refuse_other

    work = workspace(context)
    with work.ledger() as ledger:
        notice = ledger.notices.find(plan)
        variants = ledger.notices.variants(notice.plan)
    refuse_leaving_rehearsal(notice, rehearsal=work.clock.rehearsal)
    with closing(work.transport(notice.transport)) as way_out:
        refuse_other(notice, variants, name=way_out.name, host=way_out.host)
        way_out.ready()
        for variant in variants:
            way_out.preflight(notice, variant)
    many = f"{len(variants)} kinds of mail" if len(variants) > 1 else "one kind of mail"
    typer.echo(f"Nothing was sent. {notice.transport} at {notice.host} was asked about {many} and objects to nothing.")


def settle(
    context: typer.Context,
    plan: PlanHash,
    became: Annotated[
        Became | None, typer.Option("--as", help="What you found out.", show_default="only list what is unknown")
    ] = None,
    attempt: Annotated[
        int | None, typer.Option("--attempt", help="Only what was handed over in this attempt.", show_default="all")
    ] = None,
    ref: Annotated[
        str, typer.Option("--ref", help="Only the mail with this reference.", show_default="all that are unknown")
    ] = "",
    sure: Annotated[bool, typer.Option("--yes", help="Write it down. Without it, nothing is changed.")] = False,
    as_json: AsJson = False,
) -> None:
    """Say what became of mails that were handed over and never answered for.

    Look it up first, in the provider's or the mail server's own records, by the time and the Message-ID. 'sent' counts
    them as told. 'not-sent' lets the next run send them, unless the plan was ended: whoever had got the mail after all
    gets it twice.
    """
    work = workspace(context)
    with work.ledger() as ledger:
        notice = ledger.notices.find(plan)
        unknown = _chosen(ledger.sending.unknown(notice.plan), attempt, ref)
        if became and sure:
            _record(ledger, unknown, _STATES[became], by=person())
            ledger.evidence.seal()
    _print(unknown, as_json=as_json)
    mails = sum(len(each.refs) for each in unknown)
    if not mails and not as_json:
        typer.echo("Nothing of that is unknown.")
    elif not as_json and became and sure:
        typer.echo(f"\n{mails} mails are settled as {became}, by {person()}.")
    elif not as_json:
        typer.echo("\nNothing was changed. Settle them with --as sent or --as not-sent, and --yes.")


def _chosen(unknown: Sequence[Attempt], attempt: int | None, ref: str) -> list[Attempt]:
    """Return the attempts that are meant, each with the unknown mails that are."""
    mine = (each for each in unknown if attempt in (None, each.id))
    named = (replace(each, refs=tuple(one for one in each.refs if ref in ("", one))) for each in mine)
    return [each for each in named if each.refs]


def _record(ledger: "Ledger", unknown: list[Attempt], state: State, *, by: str) -> None:
    for each in unknown:
        said = tuple(Outcome(ref=ref, state=state, text="looked up", attempt=each.id) for ref in each.refs)
        ledger.sending.record_report(Report(source=f"person: {by}", outcomes=said))


def _print(unknown: list[Attempt], *, as_json: bool) -> None:
    if as_json:
        print_json(
            [
                {
                    "attempt": each.id,
                    "at": each.started_at.isoformat(timespec="seconds"),
                    "transport": each.transport,
                    "host": each.host,
                    "references": list(each.refs),
                }
                for each in unknown
            ]
        )
        return
    rows = [(each.id, f"{each.started_at:%Y-%m-%d %H:%M:%S}", ref) for each in unknown for ref in each.refs[:_SHOWN]]
    if rows:
        typer.echo(table(("ATTEMPT", "BEGUN (UTC)", "REFERENCE"), rows))
    hidden = sum(len(each.refs[_SHOWN:]) for each in unknown)
    if hidden:
        typer.echo(f"And {hidden} more: --json lists them all.")
