"""`policy serve`: the service that takes confirmations, provider events and the portal's questions."""

from typing import Annotated

import typer

from toolkit.cli.front import note, say_doubt, workspace
from toolkit.errors import Misuse


def serve(
    context: typer.Context,
    host: Annotated[
        str, typer.Option("--host", help="The address to listen at; keep it behind a proxy.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="The port; 0 takes a free one.")] = 8080,
) -> None:
    """Take confirmations, provider events and the portal's questions, until it is told to stop."""
    try:
        from toolkit.receiver.office import Office
        from toolkit.receiver.rounds import Rounds
        from toolkit.receiver.server import serve as run
    except ModuleNotFoundError as error:
        raise Misuse(
            f"the package '{error.name}' is not installed.", mend="Install kvm-policy-toolkit[serve]."
        ) from None
    work = workspace(context)
    with work.ledger(create=True) as ledger:
        office = Office.open(work, ledger)
        say_doubt(ledger.evidence.doubt())
        for sentence in office.missing():
            note(f"note: {sentence}")
        rounds = Rounds(work=work, office=office)
        run(office, rounds, host=host, port=port, listening=lambda at: typer.echo(f"Listening at {at}"))
    typer.echo("Stopped. What was taken is written down.")
