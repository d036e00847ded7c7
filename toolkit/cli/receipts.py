"""`policy receipts`: evidence that accounts saw a version, recorded elsewhere."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli import imports
from toolkit.cli.front import AsJson, OfDocument, front, print_json, progress
from toolkit.ledger.entries import Receipt
from toolkit.ledger.sources import read_receipts
from toolkit.ledger.tables import BadRow

if TYPE_CHECKING:
    from toolkit.ledger.ledger import Ledger

app = typer.Typer(help="Bring in what customers confirmed.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def _root() -> None:
    """Keep `import` a command of its own name while it is the only one."""


@app.command("import")
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A CSV file: account, version, kind, at.")],
    document: OfDocument = "privacy",
    as_json: AsJson = False,
) -> None:
    """Bring in what the portal or the sign-up form recorded. What is known already is not counted twice."""
    door = front(context)
    released = {str(version.number) for version in door.history(document).versions}
    rows = read_receipts(imports.existing(file), policy=document, versions=released)
    bad: list[BadRow] = []
    recorded = 0
    with door.ledger() as ledger, progress("Importing") as bar:
        for batch in imports.batches(rows, bad):
            recorded += ledger.record_receipts(_known(ledger, batch, bad))
            bar.advance(len(batch))
        ledger.seal(door.clock())
    if as_json:
        print_json({"recorded": recorded, "bad": imports.as_objects(bad)})
    else:
        typer.echo(f"{recorded} receipts recorded." + (f" {len(bad)} bad rows left out." if bad else ""))
    if bad:
        imports.tell(file, bad)
        raise typer.Exit(3)


def _known(ledger: "Ledger", batch: list[tuple[int, Receipt]], bad: list[BadRow]) -> list[Receipt]:
    """Return the receipts of accounts that the ledger knows, and set the others aside."""
    known = ledger.known([receipt.account for _, receipt in batch])
    strange = ((line, receipt) for line, receipt in batch if receipt.account not in known)
    bad += [BadRow(line=line, cause=f"no account has the id '{receipt.account}'") for line, receipt in strange]
    return [receipt for _, receipt in batch if receipt.account in known]
