"""`policy ledger`: seals the record, and checks that nobody changed it afterwards."""

from typing import Annotated

import typer

from toolkit.cli.front import AsJson, print_json, workspace
from toolkit.errors import LedgerError

app = typer.Typer(help="Seal the record, and check it.", no_args_is_help=True, rich_markup_mode=None)


@app.command()
def seal(context: typer.Context, as_json: AsJson = False) -> None:
    """Seal what is new, so that a changed past shows. Keep the newest seal elsewhere: it is the anchor."""
    with workspace(context).ledger() as ledger:
        sealed, head = ledger.evidence.seal(), ledger.evidence.head()
    if as_json:
        print_json({"sealed": sealed, "head": head})
    else:
        typer.echo(f"{sealed} entries sealed. " + (f"The newest seal is {head}." if head else "There is no seal yet."))


@app.command()
def verify(
    context: typer.Context,
    anchor: Annotated[str, typer.Option("--anchor", help="A seal kept elsewhere: it must be there still.")] = "",
    as_json: AsJson = False,
) -> None:
    """Recompute the seals of the evidence, compare it with the deliveries, and name what does not fit."""
    with workspace(context).ledger() as ledger:
        evidence = ledger.evidence
        findings, head, unsealed = evidence.verify(anchor=anchor), evidence.head(), evidence.unsealed()
    if as_json:
        print_json({"intact": not findings, "head": head, "unsealed": unsealed, "findings": findings})
    elif not findings:
        typer.echo("The record is intact: every sealed entry is as it was sealed.")
        if unsealed:
            typer.echo(f"{unsealed} entries are not sealed yet: 'policy ledger seal'.")
    if findings and as_json:
        raise typer.Exit(3)
    if findings:
        raise LedgerError(
            " ".join(findings),
            mend="The record was changed outside the toolkit. Compare it with a backup to see what was there.",
        )
