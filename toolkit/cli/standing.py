"""`policy standing`: which version each account was told, and has seen."""

import json
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from toolkit.cli.front import AsJson, OfDocument, note, print_json, workspace
from toolkit.errors import Misuse
from toolkit.ledger.entries import Standing
from toolkit.notices.audience import AudienceReason
from toolkit.policy.version import History
from toolkit.workspace import Workspace

if TYPE_CHECKING:
    from datetime import datetime

    from toolkit.ledger.acts import Consent, Proof
    from toolkit.ledger.ledger import Ledger

_UNREACHED = (
    AudienceReason.BOUNCED,
    AudienceReason.REFUSED,
    AudienceReason.NO_ADDRESS,
    AudienceReason.ANSWER_UNKNOWN,
    AudienceReason.RESTRICTED,
    AudienceReason.WAITS_FOR_TRANSLATION,
)

_WIDTHS = (12, 9, 12, 9, 14)


def standing(
    context: typer.Context,
    account: Annotated[str | None, typer.Argument(help="One account's id; all accounts without it.")] = None,
    document: OfDocument = "privacy",
    owed: Annotated[bool, typer.Option("--owed", help="Only who must still be told of the newest version.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show the version each account was last told and has last seen, and how we know."""
    work = workspace(context)
    history = work.history(document)
    if owed and account is not None:
        raise Misuse("--owed is about all accounts.", where=account, mend="Leave one of the two out.")
    with work.ledger() as ledger:
        if owed:
            _owed(work, ledger, history, as_json=as_json)
        elif account is not None:
            one = ledger.accounts.standing(document, account)
            known = _Known(
                proofs=ledger.accounts.proofs(document, account),
                consents=ledger.responses.consents(document, account),
            )
            _one(one, history, known, as_json=as_json)
        elif as_json:
            _stream_json(ledger.accounts.standings(document), history)
        else:
            _all(ledger.accounts.standings(document), history)


def _owed(work: Workspace, ledger: "Ledger", history: History, *, as_json: bool) -> None:
    """List who a plan of today would tell, and say who is owed it and cannot be told by mail."""
    from toolkit.notices.audience import newest_to_tell

    version = newest_to_tell(history, work.today)
    if version is None or not version.announceable:
        note("note: no version is announced that customers must be told of.")
        return
    with closing(work.transport()) as way_out:
        made = work.plan(ledger, history, version, way_out, on=work.today)
    if not as_json:
        typer.echo(f"{version.title} {version.number} is owed to {made.audience} accounts.")
    for each in made.planned():
        since = made.variants[each.variant].since
        line = {"account": each.account, "version": str(version.number), "since": since}
        typer.echo(json.dumps(line, ensure_ascii=False) if as_json else f"{each.account:<12}  knows {since}")
    for share in made.left_out:
        if share.reason in _UNREACHED:
            note(f"note: {share.accounts} more cannot be told by mail now: {share}.")


@dataclass(frozen=True, kw_only=True)
class _Known:
    """What is shown of one account beside its standing."""

    proofs: "Sequence[Proof]"
    consents: "Sequence[Consent]"


def _one(found: Standing, history: History, known: _Known, *, as_json: bool) -> None:
    if as_json:
        more = {"versions": [_proof(each) for each in known.proofs], "consents": [_consent(e) for e in known.consents]}
        print_json(_object(found, history) | more)
        return
    typer.echo(f"Account {found.account.id}")
    typer.echo(f"  told     {_told(found)}")
    typer.echo(f"  seen     {_seen(found, history)}")
    gone = {str(each.number): f"withdrawn on {each.withdrawn_on}" for each in history.versions if each.withdrawn_on}
    for proof in known.proofs:
        said = (_at(proof.delivery, proof.told_at), _at(proof.evidence, proof.seen_at), gone.get(proof.version))
        typer.echo(f"  {proof.version:<8} {'; '.join(filter(None, said))}")
    for each in known.consents:
        about = f"purpose {each.purpose}" if each.purpose else f"version {each.version}"
        typer.echo(f"  consent  {each.kind} at {each.happened_at:%Y-%m-%d %H:%M} UTC, {about}, by {each.source}")
    if found.account.closed:
        typer.echo(f"  closed   {found.account.closed}")
    if found.ref:
        typer.echo(f"  mail     {found.ref}")


def _at(what: str | None, at: "datetime | None") -> str:
    return f"{what} at {at:%Y-%m-%d %H:%M} UTC" if what and at else what or ""


def _proof(each: "Proof") -> dict[str, object]:
    return {
        "version": each.version,
        "delivery": each.delivery,
        "told_at": each.told_at.isoformat() if each.told_at else None,
        "evidence": each.evidence,
        "at": each.seen_at.isoformat() if each.seen_at else None,
    }


def _consent(said: "Consent") -> dict[str, object]:
    version, purpose = said.about
    return {
        "version": version or None,
        "purpose": purpose or None,
        "answer": said.kind,
        "at": said.happened_at.isoformat(),
        "words": said.words,
        "language": said.language or None,
        "source": said.source,
    }


def _told(found: Standing) -> str:
    if not found.told:
        return f"nothing yet ({found.delivery})" if found.delivery else "nothing yet"
    when = f" at {found.told_at:%Y-%m-%d %H:%M} UTC" if found.told_at else ""
    return f"{found.told}{when}, {found.delivery}"


def _seen(found: Standing, history: History) -> str:
    if found.seen:
        when = f" at {found.seen_at:%Y-%m-%d %H:%M} UTC" if found.seen_at else ""
        return f"{found.seen}{when}, {found.evidence}"
    return f"nothing on record; assumed {_assumed(found, history)} by its sign-up date"


def _assumed(found: Standing, history: History) -> str:
    """Return what an account that has seen nothing is taken to know; empty for one that has."""
    return "" if found.seen else str(history.assumed(found.account.created).number)


def _all(standings: Iterable[Standing], history: History) -> None:
    """Print a line an account, as they come: a million of them need no memory."""
    typer.echo(_line("ACCOUNT", "TOLD", "DELIVERY", "SEEN", "EVIDENCE"))
    for found in standings:
        evidence = found.evidence or f"assumed {_assumed(found, history)}"
        typer.echo(_line(found.account.id, found.told or "-", found.delivery or "-", found.seen or "-", evidence))


def _line(*cells: str) -> str:
    return "  ".join(f"{cell:<{width}}" for cell, width in zip(cells, _WIDTHS, strict=True)).rstrip()


def _stream_json(standings: Iterable[Standing], history: History) -> None:
    """Print one JSON object a line."""
    for found in standings:
        typer.echo(json.dumps(_object(found, history), ensure_ascii=False, default=str))


def _object(found: Standing, history: History) -> dict[str, object]:
    return {
        "account": found.account.id,
        "told": found.told or None,
        "told_at": found.told_at.isoformat() if found.told_at else None,
        "delivery": found.delivery,
        "ref": found.ref or None,
        "seen": found.seen or None,
        "seen_at": found.seen_at.isoformat() if found.seen_at else None,
        "evidence": found.evidence,
        "assumed": _assumed(found, history) or None,
    }
