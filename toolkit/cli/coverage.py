"""`policy coverage` and `policy reconcile`: how far a version has come, and whom it did not reach."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.front import AsJson, OfDocument, note, print_json, table, workspace
from toolkit.cli.imports import counted
from toolkit.ledger.entries import ReceiptKind
from toolkit.ledger.states import State

if TYPE_CHECKING:
    from toolkit.ledger.acts import Applied, Covered, Unreached
    from toolkit.ledger.ledger import Ledger
    from toolkit.workspace import Workspace

_SHOWN = 20
_TOLD = "told"
_WHAT = (
    *(_TOLD, State.DELIVERED, State.UNKNOWN, State.BOUNCED, State.DROPPED, State.REFUSED, State.PENDING),
    *(State.CLAIMED, State.SKIPPED, State.CANCELLED),
    *ReceiptKind,
)


def coverage(
    context: typer.Context,
    number: Annotated[str, typer.Argument(metavar="VERSION", help="Which version: 2.0.0.")],
    document: OfDocument = "privacy",
    as_json: AsJson = False,
) -> None:
    """Show how many accounts were told of a version, reached, and have seen it: by language and by day."""
    work = workspace(context)
    version = work.version(document, number)
    with work.ledger() as ledger:
        found = ledger.evidence.coverage(document, str(version.number), work.date_of)
    if as_json:
        print_json([{"what": e.what, "language": e.language, "day": e.day, "accounts": e.accounts} for e in found])
        return
    if not found:
        typer.echo(f"Nobody was told of {number}, and nobody has seen it.")
        return
    typer.echo(f"{version.title} {version.number}: accounts by their own language, each once in a row")
    if version.withdrawn_on and version.withdrawn_on <= work.today:
        typer.echo(f"This version was withdrawn on {version.withdrawn_on}.")
    typer.echo()
    typer.echo(_pivot("", found, by=[(each.language or "-") for each in found]))
    days = [each for each in found if each.day is not None]
    typer.echo("\n" + _by_day(days))
    typer.echo("\nTold is not delivered, delivered is not opened, and a visit proves nothing: scanners follow links.")


def _pivot(head: str, found: "Sequence[Covered]", *, by: Sequence[str]) -> str:
    """Return a table with a row for each thing and a column for each of `by`, with the sum of all."""
    counts: Counter[tuple[str, str]] = Counter()
    for each, column in zip(found, by, strict=True):
        counts[each.what, column] += each.accounts
    columns = sorted(set(by))
    rows = [(what, [counts[what, column] for column in columns]) for what in _known(found)]
    return table((head, "ALL", *columns), ((what, sum(cells), *cells) for what, cells in rows))


def _by_day(found: "Sequence[Covered]") -> str:
    """Return a table with a row for each day and a column for each thing."""
    counts: Counter[tuple[str, str]] = Counter()
    for each in found:
        counts[str(each.day), each.what] += each.accounts
    what = _known(found)
    days = sorted({str(each.day) for each in found})
    return table(
        ("DAY", *(each.upper() for each in what)), ((day, *(counts[day, each] for each in what)) for day in days)
    )


def _known(found: "Iterable[Covered]") -> list[str]:
    """Return what was found, in the order in which one follows the other."""
    there = {each.what for each in found}
    return [str(what) for what in _WHAT if what in there]


def reconcile(
    context: typer.Context,
    document: OfDocument = "privacy",
    as_json: AsJson = False,
) -> None:
    """Apply what the provider posted and nobody applied yet; show whom the newest notice did not reach, and why."""
    from toolkit.notices.audience import withdrawn_numbers

    work = workspace(context)
    withdrawn = withdrawn_numbers(work.history(document), work.today)
    with work.ledger() as ledger:
        applied = _apply(work, ledger)
        found = tuple(ledger.evidence.unreached(document, withdrawn=withdrawn))
        waiting = len(ledger.responses.unforwarded())
    if as_json:
        print_json(
            {
                "applied": {"posts": applied.posts, "new": applied.new, "known": applied.known},
                "not_reached": [_object(each) for each in found],
                "objections_not_forwarded": waiting,
            }
        )
        return
    if applied.posts:
        note(
            f"note: {counted(applied.posts, 'post')} applied: {applied.new} new events, {applied.known} known already."
        )
    if waiting:
        note(f"note: {counted(waiting, 'objection')} not forwarded yet: 'policy serve' does it.")
    _print(found)


def _apply(work: "Workspace", ledger: "Ledger") -> "Applied":
    from toolkit.ledger.acts import Applied
    from toolkit.receiver.events import read_post

    total = Applied()
    if not ledger.posts.count():
        return total
    try:
        while (done := ledger.posts.apply(lambda post: read_post(post.raw, now=work.clock.now()))).posts:
            total = total.plus(done)
    finally:
        ledger.evidence.seal()
    return total


def _print(found: "Sequence[Unreached]") -> None:
    if not found:
        typer.echo("The newest notice reached everybody it was handed over for, as far as is known.")
        return
    reasons = Counter((each.version, each.state, _reason(each.text)) for each in found)
    typer.echo(f"Not reached: {counted(len(found), 'account')}\n")
    rows = ((count, version, state, reason) for (version, state, reason), count in reasons.most_common())
    typer.echo(table(("ACCOUNTS", "VERSION", "STATE", "REASON"), rows))
    typer.echo()
    shown = (
        (e.account, e.version, e.state, f"{e.happened_at:%Y-%m-%d}" if e.happened_at else "-", e.text[:80])
        for e in found[:_SHOWN]
    )
    typer.echo(table(("ACCOUNT", "VERSION", "STATE", "DAY (UTC)", "SAID"), shown))
    if len(found) > _SHOWN:
        typer.echo(f"And {len(found) - _SHOWN} more: --json lists them all.")
    typer.echo("\nThey are still owed the notice: reach them another way, by post or in the portal.")


def _reason(text: str) -> str:
    """Return what many mails that failed have in common: the kind, without the server's own words."""
    return text.partition(":")[0][:60] or "-"


def _object(each: "Unreached") -> dict[str, object]:
    return {
        "account": each.account,
        "version": each.version,
        "state": each.state,
        "reason": each.text,
        "at": each.happened_at.isoformat() if each.happened_at else None,
        "closed": each.closed,
    }
