"""`policy receipts`: evidence that accounts saw a version, recorded elsewhere."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli import imports
from toolkit.cli.front import AsJson, OfDocument, print_json, progress, workspace
from toolkit.intake.receipts import read_receipts
from toolkit.intake.tables import BadRow
from toolkit.ledger.entries import Receipt

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
    work = workspace(context)
    versions = work.history(document).versions
    rows = read_receipts(imports.existing(file), policy=document, versions=versions, now=work.clock.now())
    bad = imports.BadRows(file)
    recorded = known = 0
    with work.ledger() as ledger, progress("Importing") as bar:
        try:
            for batch in imports.batches(rows, bad):
                fit = _fit(ledger, batch, bad)
                new = ledger.evidence.record_receipts(fit)
                recorded, known = recorded + new, known + len(fit) - new
                bar.advance(len(batch))
        finally:
            ledger.evidence.seal()
    if as_json:
        print_json({"recorded": recorded, "known": known, "bad": bad.as_objects()})
    else:
        again = f" {known} known already." if known else ""
        typer.echo(f"{imports.counted(recorded, 'receipt')} recorded.{again}{bad.sentence()}")
    if bad.count:
        raise typer.Exit(3)


def _fit(ledger: "Ledger", batch: list[tuple[int, Receipt]], bad: imports.BadRows) -> list[Receipt]:
    """Return the receipts of accounts that the ledger knows, and set the others aside."""
    known = ledger.accounts.known([receipt.account for _, receipt in batch])
    for line, receipt in batch:
        if receipt.account not in known:
            bad.add(BadRow(line=line, cause=f"no account has the id '{receipt.account}'"))
    return [receipt for _, receipt in batch if receipt.account in known]
