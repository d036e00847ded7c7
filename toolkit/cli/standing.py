"""`policy standing`: which version each account was told, and has seen."""

from collections.abc import Iterable
from typing import Annotated

import typer

from toolkit.cli.front import AsJson, OfDocument, print_json, workspace
from toolkit.ledger.entries import Standing
from toolkit.policy.version import History

_WIDTHS = (12, 9, 12, 9, 14)


def standing(
    context: typer.Context,
    account: Annotated[str | None, typer.Argument(help="One account's id; all accounts without it.")] = None,
    document: OfDocument = "privacy",
    as_json: AsJson = False,
) -> None:
    """Show the version each account was last told and has last seen, and how we know."""
    work = workspace(context)
    history = work.history(document)
    with work.ledger() as ledger:
        if account is not None:
            _one(ledger.accounts.standing(document, account), history, as_json=as_json)
        elif as_json:
            _stream_json(ledger.accounts.standings(document), history)
        else:
            _all(ledger.accounts.standings(document), history)


def _one(found: Standing, history: History, *, as_json: bool) -> None:
    if as_json:
        print_json(_object(found, history))
        return
    typer.echo(f"Account {found.account.id}")
    typer.echo(f"  told     {_told(found)}")
    typer.echo(f"  seen     {_seen(found, history)}")
    if found.ref:
        typer.echo(f"  mail     {found.ref}")
    if found.account.closed:
        typer.echo(f"  closed   {found.account.closed}")


def _told(found: Standing) -> str:
    if not found.told:
        return f"nothing yet ({found.delivery})" if found.delivery else "nothing yet"
    when = f" at {found.told_at:%Y-%m-%d %H:%M} UTC" if found.told_at else ""
    return f"{found.told}{when}, {found.delivery}"


def _seen(found: Standing, history: History) -> str:
    if found.seen:
        when = f" at {found.seen_at:%Y-%m-%d %H:%M} UTC" if found.seen_at else ""
        return f"{found.seen}{when}, {found.evidence}"
    return f"nothing on record; assumed {_assumed(found, history)} by its sign-up date"


def _assumed(found: Standing, history: History) -> str:
    """Return what an account that has seen nothing is taken to know; empty for one that has."""
    return "" if found.seen else str(history.assumed(found.account.created).number)


def _all(standings: Iterable[Standing], history: History) -> None:
    """Print a line an account, as they come: a million of them need no memory."""
    typer.echo(_line("ACCOUNT", "TOLD", "DELIVERY", "SEEN", "EVIDENCE"))
    for found in standings:
        evidence = found.evidence or f"assumed {_assumed(found, history)}"
        typer.echo(_line(found.account.id, found.told or "-", found.delivery or "-", found.seen or "-", evidence))


def _line(*cells: str) -> str:
    return "  ".join(f"{cell:<{width}}" for cell, width in zip(cells, _WIDTHS, strict=True)).rstrip()


def _stream_json(standings: Iterable[Standing], history: History) -> None:
    """Print one JSON object a line."""
    import json

    for found in standings:
        typer.echo(json.dumps(_object(found, history), ensure_ascii=False, default=str))


def _object(found: Standing, history: History) -> dict[str, object]:
    return {
        "account": found.account.id,
        "told": found.told or None,
        "told_at": found.told_at.isoformat() if found.told_at else None,
        "delivery": found.delivery,
        "ref": found.ref or None,
        "seen": found.seen or None,
        "seen_at": found.seen_at.isoformat() if found.seen_at else None,
        "evidence": found.evidence,
        "assumed": _assumed(found, history) or None,
    }
