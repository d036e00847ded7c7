"""`policy accounts`: the customers, as the client's own system has them."""

from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli import imports
from toolkit.cli.front import AsJson, front, print_json, progress
from toolkit.ledger.entries import Tally
from toolkit.ledger.sources import read_csv
from toolkit.ledger.tables import BadRow

app = typer.Typer(help="Bring in the customers.", no_args_is_help=True, rich_markup_mode=None)


@app.callback()
def _root() -> None:
    """Keep `import` a command of its own name while it is the only one."""


@app.command("import")
def import_(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="A CSV file: id, email, name, language, created, closed, restricted.")],
    as_json: AsJson = False,
) -> None:
    """Bring accounts into the ledger. Run it as often as you like: what is the same stays the same."""
    rows = read_csv(imports.existing(file))
    bad: list[BadRow] = []
    tally = Tally()
    with front(context).ledger() as ledger, progress("Importing") as bar:
        for batch in imports.batches(rows, bad):
            tally = _sum(tally, ledger.record_accounts(batch))
            bar.advance(len(batch))
        known = ledger.count_accounts()
    _report(tally, bad, known=known, as_json=as_json)
    if bad:
        imports.tell(file, bad)
        raise typer.Exit(3)


def _sum(one: Tally, other: Tally) -> Tally:
    return Tally(
        added=one.added + other.added,
        changed=one.changed + other.changed,
        unchanged=one.unchanged + other.unchanged,
    )


def _report(tally: Tally, bad: list[BadRow], *, known: int, as_json: bool) -> None:
    if as_json:
        counts = {"added": tally.added, "changed": tally.changed, "unchanged": tally.unchanged}
        print_json({**counts, "accounts": known, "bad": imports.as_objects(bad)})
        return
    left_out = f" {len(bad)} bad rows left out." if bad else ""
    typer.echo(
        f"{tally.added} accounts added, {tally.changed} changed, {tally.unchanged} unchanged.{left_out}"
        f" The ledger holds {known} accounts."
    )
