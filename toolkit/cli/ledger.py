"""`policy ledger`: seals the record, and checks that nobody changed it afterwards."""

import re
from typing import Annotated

import typer

from toolkit.cli.front import AsJson, print_json, say_doubt, workspace
from toolkit.errors import LedgerError, Misuse

_SEAL = re.compile(r"[0-9a-f]{64}")
_SHOWN = 20

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
def show(context: typer.Context, as_json: AsJson = False) -> None:
    """Name the ledger: its random id, and whether it is a file or a server's database."""
    work = workspace(context)
    with work.ledger() as ledger:
        name, doubt = ledger.evidence.name(), ledger.evidence.doubt()
    say_doubt(doubt)
    kind = "file" if work.project.ledger.startswith("sqlite") else "server"
    if as_json:
        print_json({"id": name, "kind": kind, "expected": work.project.ledger_id or None})
    else:
        typer.echo(f"{name}  ({'a file' if kind == 'file' else 'a database on a server'})")


@app.command()
def verify(
    context: typer.Context,
    anchor: Annotated[
        str | None, typer.Option("--anchor", help="A seal kept elsewhere: it must be there still.", show_default=False)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Recompute the seals of the evidence, compare it with the deliveries, and name what does not fit."""
    kept = _seal(anchor) if anchor is not None else ""
    with workspace(context).ledger() as ledger:
        evidence = ledger.evidence
        findings, head, unsealed = evidence.verify(anchor=kept), evidence.head(), evidence.unsealed()
        doubt = evidence.doubt()
    say_doubt(doubt)
    if as_json:
        print_json({"intact": not findings, "head": head, "unsealed": unsealed, "findings": findings})
    elif not findings:
        typer.echo("The record is intact: every sealed entry is as it was sealed.")
        if kept:
            typer.echo("The seal you kept is still there.")
        if unsealed:
            typer.echo(f"{unsealed} entries are not sealed yet: 'policy ledger seal'.")
    if findings and as_json:
        raise typer.Exit(3)
    if findings:
        _print_findings(findings)
        raise LedgerError(
            "the record was changed outside the toolkit.", mend="Compare it with a backup to see what was there."
        )


@app.command("take-over")
def take_over(
    context: typer.Context,
    sure: Annotated[bool, typer.Option("--yes", help="Do it. Without it, nothing is changed.")] = False,
) -> None:
    """Go on with a ledger that was moved, copied or restored. Until then nothing is sent from it."""
    with workspace(context).ledger() as ledger:
        doubt = ledger.evidence.doubt()
        if not doubt:
            typer.echo("This is the ledger it was: there is nothing to take over.")
            return
        typer.echo(f"This may be a copy of the ledger, or an older state of it: {doubt}.")
        if sure:
            ledger.evidence.take_over()
    if sure:
        typer.echo("From now on it is the ledger. This is written down in it.")
        return
    typer.echo(
        "\nNothing was changed. Look first whether another copy is in use, and whether mails left after this state:\n"
        "what they were for is not recorded here, and whoever got one may get it again.\n"
        "Then say: policy ledger take-over --yes"
    )


def _seal(given: str) -> str:
    seal = given.strip().lower()
    if not _SEAL.fullmatch(seal):
        raise Misuse(
            f"'{given}' is not a seal.", where="--anchor", mend="It is the 64 signs that 'policy ledger seal' prints."
        )
    return seal


def _print_findings(findings: tuple[str, ...]) -> None:
    for finding in findings[:_SHOWN]:
        typer.echo(finding)
    if len(findings) > _SHOWN:
        typer.echo(f"And {len(findings) - _SHOWN} more: --json lists them all.")
