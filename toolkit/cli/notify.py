"""`policy notify`: plan a notice, send exactly that plan, see how it stands."""

import re
import secrets
import sys
import time
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.front import (
    AsJson,
    OfDocument,
    Sealed,
    note,
    print_json,
    progress,
    say_alarms,
    say_odd,
    say_other_versions,
    say_unreleased,
    table,
    workspace,
)
from toolkit.errors import Misuse, NoticeError
from toolkit.ledger.entries import Count, Notice
from toolkit.ledger.states import State
from toolkit.policy.classes import Number
from toolkit.workspace import Workspace

if TYPE_CHECKING:
    from toolkit.ledger.ledger import Ledger
    from toolkit.notices.plan import Plan, Share
    from toolkit.policy.version import History, Version

_TOKEN_BYTES = 16
_SHORT = 16

app = typer.Typer(help="Tell customers of a new version.", no_args_is_help=True, rich_markup_mode=None)
PlanHash = Annotated[str, typer.Option("--plan", help="The plan's hash, or its first 8 characters or more.")]


@app.command()
def plan(
    context: typer.Context,
    number: Annotated[
        str,
        typer.Option(
            "--version", help="Which version to announce.", show_default="the newest that customers are told of"
        ),
    ] = "",
    document: OfDocument = "privacy",
    sealed: Sealed = False,
    as_json: AsJson = False,
) -> None:
    """Work out who will be told what, and keep it under a hash. Nothing is sent."""
    from toolkit.changes.alarms import judge_versions
    from toolkit.cli.outdated import open_plans
    from toolkit.notices.audience import refuse_unannounceable
    from toolkit.policy.objections import refuse_objectionable, refuse_unreleased

    work = workspace(context)
    history = work.history(document)
    refuse_objectionable(history)
    version = work.version(document, number) if number else _newest_to_tell(work, history)
    refuse_unannounceable(history, version, work.today)
    if not sealed:
        refuse_unreleased(history, version.number)
    with work.ledger() as ledger:
        made = _make(work, ledger, history, version)
        if made.audience:
            with progress("Planning", total=made.audience) as bar:
                ledger.notices.announce(made.notice, made.variants, bar.through(made.planned()))
            ledger.evidence.seal()
        known = ledger.accounts.count()
        waiting = open_plans(ledger, made.notice)
    say_odd(history)
    say_unreleased(history)
    say_alarms(judge_versions(history, work.rules))
    say_other_versions(history, version, on=work.today)
    for each in waiting:
        note(f"note: plan {each[:_SHORT]} is not finished. Send it, or cancel it and plan again: who is in it waits.")
    if as_json:
        print_json(_plan(made))
    else:
        _print_plan(made, version, known=known, on=work.today)


@app.command()
def send(
    context: typer.Context,
    plan: PlanHash,
    rate: Annotated[
        str, typer.Option("--rate", help="The most mails in a time: 500/min.", show_default="as fast as it goes")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Send what a plan holds and has not sent yet. Stop it and run it again as you like: nobody gets two."""
    from toolkit.cli.outdated import Watch
    from toolkit.notices.audience import withdrawn_numbers
    from toolkit.notices.dispatch import send as dispatch
    from toolkit.notices.dispatch import take_up
    from toolkit.notices.ending import refuse_ended, refuse_untold
    from toolkit.notices.pace import Pace

    work = workspace(context)
    per_second = _per_second(rate) if rate else None
    with work.ledger() as ledger:
        ledger.sending.refuse_rehearsal()
        notice = ledger.notices.find(plan)
        history = work.history(notice.policy)
        watch = Watch(work=work, ledger=ledger, notice=notice)
        # What a stopped sender left is settled first: a plan that may not be sent any more has to end all the same.
        if not take_up(ledger, notice, work.transport):
            watch.refuse_outdated(work)
        work.keep_private()
        try:
            with progress("Sending") as bar:
                sent = dispatch(
                    ledger,
                    notice,
                    work.transport,
                    clock=work.clock.now,
                    token=lambda: secrets.token_hex(_TOKEN_BYTES),
                    today=work.date_now,
                    progress=bar.reach,
                    pace=Pace(rate=per_second, wait=time.sleep),
                    waiting=_say_waiting,
                    withdrawn=withdrawn_numbers(history, work.today),
                    public_at=work.start_of(history.version(Number.parse(notice.version)).public_on),
                    still_true=watch.still_true,
                )
        finally:
            ledger.evidence.seal()
        decision, skipped = ledger.notices.decision(notice.plan), ledger.notices.skipped(notice.plan)
    _print_counts(notice, sent.counts, skipped, as_json=as_json)
    if decision is not None:
        refuse_ended(notice, decision, sent.counts, on=work.date_of(decision.happened_at))
    if not sent.finished:
        raise NoticeError(
            "the notice is not finished: some deliveries are unknown or pending.",
            where=notice.plan[:_SHORT],
            mend="Run the same command again; 'policy notify status' shows what is left.",
        )
    refuse_untold(notice, sent.counts, skipped)
    if not as_json:
        typer.echo(f"The mails are in {work.relative(work.transport.place(notice.plan))}.")


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


@app.command()
def cancel(context: typer.Context, plan: PlanHash) -> None:
    """Cancel what a plan has not sent yet. What went out went out."""
    from toolkit.notices.dispatch import take_up

    work = workspace(context)
    with work.ledger() as ledger:
        notice = ledger.notices.find(plan)
        take_up(ledger, notice, work.transport)
        cancelled = ledger.sending.cancel(notice.plan)
        ledger.evidence.seal()
        counts, skipped = ledger.notices.counts(notice.plan), ledger.notices.skipped(notice.plan)
    typer.echo(f"{cancelled} deliveries cancelled.\n")
    _print_counts(notice, counts, skipped, as_json=False)


@app.command()
def status(
    context: typer.Context,
    plan: Annotated[str, typer.Option("--plan", help="The plan's hash.", show_default="the newest plan")] = "",
    as_json: AsJson = False,
) -> None:
    """Count a notice's deliveries by state. The states add up to the audience."""
    with workspace(context).ledger() as ledger:
        notice = ledger.notices.find(plan) if plan else _latest(ledger)
        counts, skipped = ledger.notices.counts(notice.plan), ledger.notices.skipped(notice.plan)
    _print_counts(notice, counts, skipped, as_json=as_json)


@app.command()
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


def _newest_to_tell(work: Workspace, history: "History") -> "Version":
    from toolkit.notices.audience import newest_to_tell

    version = newest_to_tell(history, work.today)
    if version is None:
        raise NoticeError(f"no version of '{history.policy}' is announced on {work.today}.")
    return version


def _make(work: Workspace, ledger: "Ledger", history: "History", version: "Version") -> "Plan":
    from toolkit.notices.audience import withdrawn_numbers
    from toolkit.notices.plan import make_plan

    withdrawn = withdrawn_numbers(history, work.today)
    return make_plan(
        publisher=work.publisher(history.policy),
        templates=work.templates,
        rules=work.rules,
        history=history,
        number=version.number,
        candidates=lambda: ledger.notices.candidates(history.policy, str(version.number), withdrawn=withdrawn),
        transport=work.transport,
        language=work.project.settings.language,
        on=work.today,
        now=work.clock.now(),
        date_of=work.date_of,
    )


def _latest(ledger: "Ledger") -> Notice:
    notices = ledger.notices.newest_first()
    if not notices:
        raise NoticeError("nothing has been planned yet.", mend="Begin with 'policy notify plan'.")
    return notices[0]


def _plan(made: "Plan") -> dict[str, object]:
    return {
        "hash": made.hash if made.audience else None,  # what tells nobody is not kept, and cannot be sent
        "policy": made.notice.policy,
        "version": made.notice.version,
        "audience": made.audience,
        "told": {str(share): share.accounts for share in made.told},
        "left_out": {str(share): share.accounts for share in made.left_out},
        "mails": [
            {"language": variant.language, "since": variant.since, "subject": variant.subject, "readers": readers}
            for variant, readers in zip(made.variants, made.readers, strict=True)
        ],
        "transport": made.notice.transport,
        "host": made.notice.host,
    }


def _print_plan(made: "Plan", version: "Version", *, known: int, on: date) -> None:
    typer.echo(
        f"{version.title} {version.number}, {version.declared}, published {version.published},"
        f" effective {version.effective} ({_ahead((version.effective - on).days)}).\n"
    )
    typer.echo(_shares("Will be told", made.audience, made.told))
    typer.echo(_shares("Not told", sum(share.accounts for share in made.left_out), made.left_out))
    if not made.audience:
        typer.echo(
            "\nNobody is left to tell." if known else "\nThe ledger holds no accounts: 'policy accounts import'."
        )
        return
    typer.echo("Mails")
    for variant, readers in zip(made.variants, made.readers, strict=True):
        typer.echo(f"  {readers:>7}  {variant.language}, compared with {variant.since}: {variant.subject}")
    typer.echo(f"\nHash {made.hash}")
    typer.echo(f"Nothing was sent. To send exactly this: policy notify send --plan {made.hash[:_SHORT]}")


def _ahead(days: int) -> str:
    """Say how far off the effective date is: customers need time to read and to act."""
    if days > 0:
        return f"in {days} day{'' if days == 1 else 's'}"
    return "today" if days == 0 else f"{-days} days ago: this notice comes late"


def _shares(title: str, total: int, shares: tuple["Share", ...]) -> str:
    return "\n".join([f"{title}: {total}", *(f"  {share.accounts:>7}  {share}" for share in shares)])


def _print_counts(notice: Notice, counts: tuple[Count, ...], skipped: Mapping[str, int], *, as_json: bool) -> None:
    if as_json:
        print_json({count.state: count.deliveries for count in counts})  # the states and nothing else: they add up
        return
    typer.echo(f"{notice.policy} {notice.version}, plan {notice.plan[:_SHORT]}, by {notice.transport}.\n")
    shown = [(count.state, count.deliveries) for count in counts if count.deliveries or count.state in _ALWAYS]
    typer.echo(table(("STATE", "ACCOUNTS"), [*shown, ("audience", sum(count.deliveries for count in counts))]))
    for reason, number in skipped.items():
        typer.echo(f"Skipped: {number} {reason}.")


_ALWAYS = (State.PENDING, State.ACCEPTED, State.UNKNOWN)
