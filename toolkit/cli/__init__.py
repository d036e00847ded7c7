"""The front door: `policy`. One small file per group of commands; each wires, prints and exits."""

import os
import sys
from importlib import metadata
from pathlib import Path
from typing import Annotated

import typer
from typer import TyperException

from toolkit.cli import (
    accounts,
    adopt,
    automation,
    bump,
    check,
    coverage,
    demo,
    diff,
    keys,
    ledger,
    log,
    notify,
    preview,
    publish,
    receipts,
    replay,
    serve,
    standing,
)
from toolkit.cli.front import one_line
from toolkit.clock import Clock
from toolkit.errors import Misuse, ToolkitError
from toolkit.workspace import Workspace

_STOPPED = 130

app = typer.Typer(
    name="policy",
    help="Versions a privacy policy, says what changed, publishes it, tells customers and keeps the proof.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command(short_help="What are the versions?")(log.log)
app.command(short_help="What changed, and does it matter?")(diff.diff)
app.command(short_help="May this text land?")(check.check)
app.command(short_help="Lay out a new repository.")(adopt.init)
app.command(short_help="Take over an existing policy.")(adopt.adopt)
app.command(short_help="Write the next version's number.")(bump.bump)
app.command(short_help="What of an existing history?")(replay.replay)
app.command(short_help="Look at the working text.")(preview.preview)
app.command(short_help="Build the public site.")(publish.publish)
app.command(short_help="Does the live page say what applies?")(publish.verify)
app.add_typer(accounts.app, name="accounts")
app.add_typer(notify.app, name="notify")
app.add_typer(receipts.app, name="receipts")
app.command(short_help="Who was told, who has seen it?")(standing.standing)
app.command(short_help="How far has a version come?")(coverage.coverage)
app.command(short_help="Whom did the notice not reach?")(coverage.reconcile)
app.command(short_help="Take confirmations, events and the portal's questions.")(serve.serve)
app.add_typer(keys.app, name="keys")
app.add_typer(ledger.app, name="ledger")
app.command(short_help="Write a report under its pull request.")(automation.comment)
app.command(short_help="Tell the contact that something failed.")(automation.alert)
app.command(short_help="Which settings count?")(automation.settings)
app.command(short_help="Play the whole loop on made-up people.")(demo.demo)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"policy {metadata.version('kvm-policy-toolkit')}")
        raise typer.Exit


@app.callback()
def _root(
    context: typer.Context,
    project: Annotated[
        Path | None, typer.Option("--project", "-C", help="Begin in this folder, as git -C does.", show_default=False)
    ] = None,
    _: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    clock = Clock.read(os.environ)  # first: nothing that a command dates may be read before its clock
    if project is not None and not project.is_dir():
        raise Misuse("there is no such folder.", where=str(project), mend="Name the project's folder after -C.")
    if project is not None:
        os.chdir(project)
    context.obj = work = Workspace(folder=Path.cwd(), environment=os.environ, clock=clock)
    context.call_on_close(work.close)


def main() -> int:
    """Run the command line and return the exit code: 0 done, 2 misuse, 3 failure, 130 stopped by hand."""
    try:
        code = app(standalone_mode=False, prog_name="policy") or 0
    except ToolkitError as error:
        return _say(str(error), error.exit_code)
    except TyperException as error:
        return _misused(error.format_message())
    except OSError as error:
        return _say(f"{error.filename or 'the machine'}: {(error.strerror or str(error)).lower()}.", 3)
    except SystemExit:
        # The reader (head, less) has seen enough. Python must not complain when it closes the pipe at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return (
        _say("stopped. What was done before is kept; run it again to go on.", code) if code == _STOPPED else int(code)
    )


def _misused(message: str) -> int:
    """Say a misuse in one sentence. A group without a command gets its help, which is what was asked for."""
    if message.startswith("Usage:"):
        print(message, file=sys.stderr)
        return 2
    what = message.replace("Value error, ", "").rstrip(".")
    return _say(f"{what}. 'policy --help' and 'policy COMMAND --help' say more.", 2)


def _say(sentence: str, code: int) -> int:
    print(f"policy: {one_line(sentence)}", file=sys.stderr)
    return code
