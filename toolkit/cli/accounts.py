"""`policy accounts`: the customers, as the client's own system has them."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli import imports
from toolkit.cli.front import AsJson, print_json, progress, workspace
from toolkit.intake.accounts import read_accounts
from toolkit.intake.tables import BadRow
from toolkit.ledger.entries import Tally

if TYPE_CHECKING:
    from toolkit.ledger.ledger import Ledger

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
    work = workspace(context)
    rows = read_accounts(imports.existing(file), today=work.today)
    bad = imports.BadRows(file)
    tally = Tally()
    with work.ledger(create=True) as ledger, progress("Importing") as bar:
        try:
            for batch in imports.batches(rows, bad, left_out=partial(_withhold, ledger)):
                tally = _sum(tally, ledger.accounts.record(batch))
                bar.advance(len(batch))
        finally:
            ledger.evidence.seal()
        known = ledger.accounts.count()
    _report(tally, bad, known=known, as_json=as_json)
    if bad.any:
        raise typer.Exit(3)


def _withhold(ledger: "Ledger", row: BadRow) -> str:
    """Take the address of an account whose row was left out: it may be another by now. Say so."""
    if not row.id or not ledger.accounts.withhold_address(row.id):
        return ""
    return f"; account '{row.id}' has no usable address until its row is corrected"


def _sum(one: Tally, other: Tally) -> Tally:
    return Tally(
        added=one.added + other.added,
        changed=one.changed + other.changed,
        unchanged=one.unchanged + other.unchanged,
    )


def _report(tally: Tally, bad: imports.BadRows, *, known: int, as_json: bool) -> None:
    if as_json:
        counts = {"added": tally.added, "changed": tally.changed, "unchanged": tally.unchanged}
        print_json({**counts, "accounts": known, "bad": bad.as_objects(), "not_usable": bad.remarks_as_objects()})
        return
    added, holds = imports.counted(tally.added, "account"), imports.counted(known, "account")
    typer.echo(
        f"{added} added, {tally.changed} changed, {tally.unchanged} unchanged.{bad.sentence()}"
        f" The ledger holds {holds}."
    )
