"""`policy keys`: the keys with which the portal asks the service."""

import re
from typing import Annotated

import typer

from toolkit.cli.front import AsJson, print_json, table, workspace
from toolkit.errors import Misuse
from toolkit.ledger.acts import Scope

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")

app = typer.Typer(help="Keys for the portal's API.", no_args_is_help=True, rich_markup_mode=None)


@app.command()
def create(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(help="What it is for: small letters, digits, hyphens. It stands in the record.")
    ],
    scopes: Annotated[
        list[Scope] | None, typer.Option("--scope", help="What it allows; both without it.", show_default=False)
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make a key and show it, this once: only its digest is kept."""
    if not _NAME.fullmatch(name):
        raise Misuse(f"'{name}' is no name of a key.", mend="Use small letters, digits and hyphens, 40 at most.")
    allowed = scopes or list(Scope)
    with workspace(context).ledger(create=True) as ledger:
        secret = ledger.keys.create(name, allowed)
        ledger.evidence.seal()
    if as_json:
        print_json({"name": name, "scopes": sorted(allowed), "key": secret})
        return
    typer.echo(secret)
    typer.echo(
        f"\nThis is the key '{name}' ({', '.join(sorted(allowed))}). It is not shown again: put it where secrets are.",
        err=True,
    )


@app.command("list")
def list_(context: typer.Context, as_json: AsJson = False) -> None:
    """List the keys there are and were. None is shown itself."""
    with workspace(context).ledger() as ledger:
        found = ledger.keys.list()
    if as_json:
        print_json(
            [
                {
                    "name": key.name,
                    "scopes": sorted(key.scopes),
                    "created_at": key.created_at.isoformat(),
                    "revoked_at": key.revoked_at.isoformat() if key.revoked_at else None,
                }
                for key in found
            ]
        )
        return
    if not found:
        typer.echo("There are no keys: 'policy keys create NAME'.")
        return
    rows = (
        (
            key.name,
            " ".join(sorted(key.scopes)),
            f"{key.created_at:%Y-%m-%d}",
            f"{key.revoked_at:%Y-%m-%d}" if key.revoked_at else "valid",
        )
        for key in found
    )
    typer.echo(table(("NAME", "SCOPES", "CREATED", "REVOKED"), rows))


@app.command()
def revoke(context: typer.Context, name: Annotated[str, typer.Argument(help="Which key.")]) -> None:
    """Let a key open nothing any more, within five seconds where a service is running."""
    with workspace(context).ledger() as ledger:
        ledger.keys.revoke(name)
        ledger.evidence.seal()
    typer.echo(f"The key '{name}' is revoked. A running service may take it for five seconds more.")
