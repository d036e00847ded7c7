"""`policy ledger`: shows whether the past is still what it was."""

from typing import Annotated

import typer

from toolkit.cli.front import AsJson, print_json, workspace
from toolkit.errors import LedgerError

app = typer.Typer(help="Was the past changed?", no_args_is_help=True, rich_markup_mode=None)


@app.command()
def seal(context: typer.Context, as_json: AsJson = False) -> None:
    """Chain what is new, so that a changed past shows. Keep the chain's end elsewhere: it is the anchor."""
    work = workspace(context)
    with work.ledger() as ledger:
        sealed, head = ledger.seal(work.clock.now()), ledger.head()
    if as_json:
        print_json({"sealed": sealed, "head": head})
    else:
        typer.echo(f"{sealed} entries sealed. " + (f"The chain ends with {head}." if head else "The chain is empty."))


@app.command()
def verify(
    context: typer.Context,
    anchor: Annotated[str, typer.Option("--anchor", help="A chain's end kept elsewhere: it must stand in it.")] = "",
    as_json: AsJson = False,
) -> None:
    """Recompute the chain of evidence, compare it with the deliveries, and name what does not fit."""
    with workspace(context).ledger() as ledger:
        findings, head, unsealed = ledger.verify(anchor=anchor), ledger.head(), ledger.unsealed()
    if as_json:
        print_json({"intact": not findings, "head": head, "unsealed": unsealed, "findings": findings})
    elif not findings:
        typer.echo("The record is intact: every sealed entry is as it was sealed.")
        if unsealed:
            typer.echo(f"{unsealed} entries are not sealed yet: 'policy ledger seal'.")
    if findings and as_json:
        raise typer.Exit(3)
    if findings:
        raise LedgerError(" ".join(findings), mend="Compare with a backup: someone changed the past.")
