"""`policy ledger`: shows whether the past is still what it was."""

import typer

from toolkit.cli.front import AsJson, front, print_json
from toolkit.errors import LedgerError

app = typer.Typer(help="Was the past changed?", no_args_is_help=True, rich_markup_mode=None)


@app.command()
def seal(context: typer.Context) -> None:
    """Chain what is new, so that a changed past shows. Sending does this too."""
    door = front(context)
    with door.ledger() as ledger:
        typer.echo(f"{ledger.seal(door.clock())} entries sealed. The chain ends with {ledger.head()}.")


@app.command()
def verify(context: typer.Context, as_json: AsJson = False) -> None:
    """Recompute the chain of evidence and name the first place that does not fit."""
    with front(context).ledger() as ledger:
        findings, head = ledger.verify(), ledger.head()
    if as_json:
        print_json({"intact": not findings, "head": head, "findings": findings})
    elif not findings:
        typer.echo("The record is intact: every entry is as it was sealed.")
    if findings and as_json:
        raise typer.Exit(3)
    if findings:
        raise LedgerError(findings[0], mend="Compare with a backup: someone changed the past.")
