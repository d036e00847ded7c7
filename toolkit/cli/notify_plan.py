"""`policy notify plan`: who will be told what, kept under a hash."""

from contextlib import closing
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
    say_doubt,
    say_odd,
    say_other_versions,
    say_unreleased,
    workspace,
)
from toolkit.cli.notify_show import SHORT
from toolkit.errors import NoticeError
from toolkit.workspace import Workspace

if TYPE_CHECKING:
    from toolkit.notices.deadline import Deadline
    from toolkit.notices.plan import Plan, Share
    from toolkit.policy.version import History, Version

_WayOut = Annotated[
    str,
    typer.Option("--transport", help="Which way: outbox, sendgrid or smtp.", show_default="the one of the settings"),
]


def plan(
    context: typer.Context,
    number: Annotated[
        str,
        typer.Option(
            "--version", help="Which version to announce.", show_default="the newest that customers are told of"
        ),
    ] = "",
    document: OfDocument = "privacy",
    transport: _WayOut = "",
    sealed: Sealed = False,
    as_json: AsJson = False,
) -> None:
    """Work out who will be told what, and keep it under a hash. Nothing is sent."""
    from toolkit.changes.alarms import judge_versions
    from toolkit.cli.outdated import open_plans
    from toolkit.notices.audience import refuse_unannounceable
    from toolkit.notices.deadline import refuse_late
    from toolkit.policy.objections import refuse_objectionable, refuse_unreleased

    work = workspace(context)
    history = work.history(document)
    refuse_objectionable(history)
    version = work.version(document, number) if number else _newest_to_tell(work, history)
    refuse_unannounceable(history, version, work.today)
    if not sealed:
        refuse_unreleased(history, version.number)
    with work.ledger() as ledger, closing(work.transport(transport)) as way_out:
        made = work.plan(ledger, history, version, way_out, on=work.today)
        deadline = work.deadline(made.versions, last_on=work.today)
        before, doubt = open_plans(ledger, made.notice), ledger.evidence.doubt()
        if made.audience:
            refuse_late(deadline, refuse=work.project.settings.refuse_late)
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
    for each in before:
        if each not in waiting:
            note(f"note: plan {each[:SHORT]}, which had not begun, is superseded by this one.")
    say_doubt(doubt)
    for each in waiting:
        note(f"note: plan {each[:SHORT]} is not finished. Send it, or cancel it and plan again: who is in it waits.")
    if as_json:
        print_json(_plan(made, deadline))
    else:
        _print_plan(made, version, deadline, known=known)


def _newest_to_tell(work: Workspace, history: "History") -> "Version":
    from toolkit.notices.audience import newest_to_tell

    version = newest_to_tell(history, work.today)
    if version is None:
        raise NoticeError(f"no version of '{history.policy}' is announced on {work.today}.")
    return version


def _plan(made: "Plan", deadline: "Deadline") -> dict[str, object]:
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
        "notice_days": deadline.period,
        "days_left": deadline.days_left,
        "days_missing": deadline.missing,
        "late": bool(deadline.missing),
    }


def _print_plan(made: "Plan", version: "Version", deadline: "Deadline", *, known: int) -> None:
    typer.echo(
        f"{version.title} {version.number}, {version.declared}, published {version.published},"
        f" effective {version.effective} ({_ahead((version.effective - deadline.last_on).days)})."
    )
    if deadline.missing and made.audience:
        typer.echo(f"This notice comes {deadline}. It is still owed.")
    typer.echo()
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
    typer.echo(f"\nHash {made.hash}, by {made.notice.transport} at {made.notice.host}")
    typer.echo(f"Nothing was sent. To send exactly this: policy notify send --plan {made.hash[:SHORT]}")


def _ahead(days: int) -> str:
    """Say how far off the effective date is: customers need time to read and to act."""
    if days > 0:
        return f"in {days} day{'' if days == 1 else 's'}"
    return "today" if days == 0 else f"{-days} day{'' if days == -1 else 's'} ago"


def _shares(title: str, total: int, shares: tuple["Share", ...]) -> str:
    return "\n".join([f"{title}: {total}", *(f"  {share.accounts:>7}  {share}" for share in shares)])
