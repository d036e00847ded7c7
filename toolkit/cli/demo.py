"""`policy demo`: the whole loop on made-up customers, with every date given, so it prints the same every day."""

import re
import secrets
import shutil
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from toolkit.cli.demo_answers import play
from toolkit.cli.front import workspace
from toolkit.cli.rehearsal import ACCOUNTS, Stage, longer, released, respelled, write_accounts, write_receipts
from toolkit.config import FILE
from toolkit.errors import Misuse, ToolkitError

_CUSTOMER, _ANOTHER = "10001", "10002"
_MARK = ".made-by-policy-demo"
_SETTINGS = """\
[tool.policy]
service = "Kvmcloud"
site_url = "https://kvm.hk/privacy/"
time_zone = "Asia/Hong_Kong"
sender = "Kvmcloud Privacy <privacy-notice@kvm.hk>"
contact = "support@kvm.hk"
retention = "3 years"
receiver_url = "https://kvm.hk/notice/"
"""
_FIRST = """\
version: 1.0.0
published: 2026-11-23
effective: 2026-11-23
class: initial
summary: |
  - This is the first version with a public history.
"""
_EDITORIAL = """\
version: 1.0.1
published: 2026-12-01
effective: 2026-12-01
class: editorial
summary: |
  - We corrected the spelling of a word.
"""
_MATERIAL = """\
version: 2.0.0
published: 2026-12-10
effective: 2027-01-15
class: material
summary: |
  - We keep account data for two years longer after you close your account.
  - We name a new provider: Example Mail Ltd sends our e-mails to you.
"""


def demo(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="Where to play it; an earlier demo there is replaced.")] = Path(
        "build/demo"
    ),
    transport: Annotated[
        str, typer.Option("--transport", help="Which way the notices take: outbox, sendgrid or smtp, on this machine.")
    ] = "outbox",
) -> None:
    """Play the whole loop: edit, diff, publish, tell, record, on 1,000 made-up accounts."""
    from toolkit.review.init import starter_policy

    place = folder.resolve()
    _clear(place)
    link_key = secrets.token_hex(32)
    stage = Stage(place=place, environment={**workspace(context).environment, "POLICY_LINK_KEYS": link_key})
    text = starter_policy(service="Kvmcloud", contact="privacy@example.hk", today=date(2026, 11, 23))
    _first_version(stage, text)
    _customers(stage)
    corrected = _editorial_version(stage, text)
    _material_version(stage, corrected)
    reference = _notice(stage, transport)
    play(stage, _CUSTOMER, reference, bounced=_reference(stage, _ANOTHER))
    _end(stage, str(folder), transport)


def _clear(place: Path) -> None:
    """Empty the demo's folder. Refuses one that holds anything else."""
    if place.exists() and any(place.iterdir()):
        if not (place / _MARK).exists():
            raise Misuse("the folder holds something else.", where=str(place), mend="Name an empty or new folder.")
        shutil.rmtree(place)
    (place / "policy").mkdir(parents=True, exist_ok=True)
    (place / _MARK).touch()
    (place / FILE).write_text(_SETTINGS, encoding="utf-8")
    (place / ".gitignore").write_text("/build/\n/*.csv\n", encoding="utf-8")


def _first_version(stage: Stage, text: str) -> None:
    stage.say("Legal commits the policy. Version 1.0.0 is in force from 23 November 2026.")
    stage.git("init", "--quiet", "--initial-branch=main")
    stage.commit(released(text, _FIRST), at="2026-11-23T10:00:00+08:00", message="Publish the policy")
    stage.policy("log", at="2026-11-23T10:05:00+08:00")


def _customers(stage: Stage) -> None:
    stage.say(f"Operations brings in {ACCOUNTS:,} made-up customers, and what some of them confirmed in the portal.")
    write_accounts(stage.place / "customers.csv")
    write_receipts(stage.place / "receipts.csv")
    stage.policy("accounts", "import", "customers.csv", at="2026-11-24T09:00:00+08:00")
    stage.policy("receipts", "import", "receipts.csv", at="2026-11-24T09:01:00+08:00")


def _editorial_version(stage: Stage, text: str) -> str:
    stage.say("Legal corrects a spelling: 1.0.1. It is editorial, so nobody is told.")
    corrected = respelled(text)
    stage.commit(released(corrected, _EDITORIAL), at="2026-12-01T10:00:00+08:00", message="Correct a spelling")
    stage.policy("diff", "1.0.0", "1.0.1", at="2026-12-01T10:05:00+08:00")
    stage.policy("notify", "plan", at="2026-12-01T10:06:00+08:00", code=3)
    return corrected


def _material_version(stage: Stage, text: str) -> None:
    stage.say("Legal keeps data longer and names a new provider: 2.0.0. It is material: customers must be told.")
    stage.commit(
        released(longer(text), _MATERIAL),
        at="2026-12-10T10:00:00+08:00",
        message="Keep data longer; name the mail provider",
    )
    stage.policy("diff", "1.0.1", "2.0.0", at="2026-12-10T10:05:00+08:00")
    stage.policy("log", at="2026-12-10T10:06:00+08:00")
    stage.policy("publish", at="2026-12-10T10:07:00+08:00")


def _notice(stage: Stage, transport: str) -> str:
    stage.say("Operations plans the notice, reads the plan, and sends exactly that plan.")
    way = () if transport == "outbox" else ("--transport", transport)
    planned = stage.policy("notify", "plan", *way, at="2026-12-10T10:10:00+08:00")
    found = re.search(r"--plan ([0-9a-f]+)", planned)
    if not found:
        raise ToolkitError("the plan printed no hash.", where=str(stage.place))
    if way:
        stage.policy("notify", "preflight", "--plan", found[1], at="2026-12-10T10:12:00+08:00")
    stage.policy("notify", "send", "--plan", found[1], at="2026-12-10T10:15:00+08:00")
    stage.policy("notify", "status", at="2026-12-10T10:20:00+08:00")
    standing = stage.policy("standing", _CUSTOMER, at="2026-12-10T10:21:00+08:00")
    stage.say("What exactly did that account get? The mail is made again from the record, and checked against it.")
    stage.policy("notify", "mail", standing.split()[-1], at="2026-12-10T10:21:00+08:00", lines=9)
    stage.policy("standing", at="2026-12-10T10:21:00+08:00", lines=6)
    stage.policy("ledger", "verify", at="2026-12-10T10:22:00+08:00")
    return standing.split()[-1]


def _reference(stage: Stage, account: str) -> str:
    """Return the reference of the mail that an account got."""
    return stage.ask("standing", account, at="2026-12-10T10:23:00+08:00").split()[-1]


def _end(stage: Stage, place: str, transport: str) -> None:
    mails = sorted((stage.place / "build" / "outbox").rglob("*.eml"))
    stage.say("That was the whole loop. Look at:")
    typer.echo(f"   {place}/build/site/index.html           the public page (a notice says that 2.0.0 is coming)")
    typer.echo(f"   {place}/build/site/2.0.0/changes/       what changed, word by word")
    if transport == "outbox":
        typer.echo(f"   {place}/build/outbox/                   {len(mails)} mails, as .eml files")
    typer.echo(f"   {place}/build/ledger.db                 who was told what, and who has seen it")
    typer.echo("\nThe demo plays in December 2026. To go on from there:")
    typer.echo(f"   cd {place}; export POLICY_NOW=2026-12-10T11:00:00+08:00; policy log")
