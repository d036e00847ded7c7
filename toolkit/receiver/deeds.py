"""What the portal and a person say they did -> what the ledger records, or why it cannot be. Pure."""

from datetime import date, datetime, timedelta

from toolkit.addresses import mail_address
from toolkit.errors import ReceiverError
from toolkit.languages import parse_tag
from toolkit.ledger import acts, entries
from toolkit.policy.classes import Class
from toolkit.policy.version import Version
from toolkit.portal import messages
from toolkit.receiver.snapshot import Snapshot

_AHEAD = timedelta(minutes=5)  # clocks of two machines


def receipt(said: messages.Receipt, snapshot: Snapshot, *, source: str, now: datetime, where: str) -> entries.Receipt:
    """Return a receipt. Raises `ReceiverError` for a version nobody could see then, and for words that are not its."""
    at = _at(said.at, now, where)
    version = _version(snapshot, said.policy, said.version, at, where)
    _refuse_other_words(version, said.digest, where)
    return entries.Receipt(
        account=said.account,
        policy=said.policy,
        version=said.version,
        kind=entries.ReceiptKind(said.kind.value),
        happened_at=at,
        language=_language(said.language, where),
        source=source,
        shown=said.digest,
    )


def sign_up(
    said: messages.SignUp, snapshot: Snapshot, *, source: str, now: datetime
) -> tuple[entries.Account, entries.Receipt]:
    """Return the new account and the receipt of its sign-up. Raises as `receipt` does, and for no address."""
    if said.email and not mail_address(said.email):
        raise ReceiverError("'email' is no e-mail address.", where="$.email")
    if not said.account.isprintable() or said.account != said.account.strip():
        raise ReceiverError("'account' holds signs that cannot be shown.", where="$.account")
    shown = messages.Receipt(
        account=said.account,
        version=said.version,
        kind=messages.Shown.SIGNED_UP,
        policy=said.policy,
        digest=said.digest,
        language=said.language,
        at=said.at,
    )
    signed_up = receipt(shown, snapshot, source=source, now=now, where="$")
    account = entries.Account(
        id=said.account,
        email=said.email,
        name=said.name,
        language=signed_up.language,
        created=snapshot.date_of(signed_up.happened_at),
    )
    return account, signed_up


def consent(said: messages.Consent, snapshot: Snapshot, *, source: str, now: datetime, where: str) -> acts.Consent:
    """Return a consent. Raises `ReceiverError` for a version that needs none, and for a purpose nobody asks about."""
    at = _at(said.at, now, where)
    if (said.version is None) == (said.purpose is None):
        raise ReceiverError("name a version or a purpose, and not both.", where=where)
    number = said.version or _in_force(snapshot, said.policy, at, where)
    if said.version is not None:
        version = _version(snapshot, said.policy, said.version, at, where)
        if version.declared is not Class.CONSENT:
            raise ReceiverError("that version needs no consent.", where=f"{where}.version")
    elif not any(said.purpose in each.wording.purposes for each in snapshot.templates.values()):
        raise ReceiverError("nobody is asked about that purpose.", where=f"{where}.purpose")
    return acts.Consent(
        account=said.account,
        policy=said.policy,
        version=number,
        kind=acts.ConsentKind(said.answer.value),
        words=said.words,
        happened_at=at,
        purpose=said.purpose or "",
        language=_language(said.language, where),
        source=source,
    )


def _at(said: datetime | None, now: datetime, where: str) -> datetime:
    if said is not None and said > now + _AHEAD:
        raise ReceiverError("that lies in the future.", where=f"{where}.at")
    return min(said, now) if said is not None else now


def _version(snapshot: Snapshot, policy: str, number: str, at: datetime, where: str) -> Version:
    history = snapshot.history(policy)
    found = [each for each in history.versions if str(each.number) == number]
    if not found:
        raise ReceiverError("there is no such version.", where=f"{where}.version")
    (version,) = found
    if _day(snapshot, at) < version.published:
        raise ReceiverError("that version was not published yet.", where=f"{where}.version")
    return version


def _day(snapshot: Snapshot, at: datetime) -> date:
    return snapshot.date_of(at)


def _refuse_other_words(version: Version, digest: str, where: str) -> None:
    if digest and digest != version.digest:
        raise ReceiverError("the words with that digest are not this version's.", where=f"{where}.digest")


def _in_force(snapshot: Snapshot, policy: str, at: datetime, where: str) -> str:
    version = snapshot.history(policy).in_force(_day(snapshot, at))
    if version is None:
        raise ReceiverError("no version of that policy was in force then.", where=f"{where}.at")
    return str(version.number)


def _language(said: str, where: str) -> str:
    try:
        return parse_tag(said) if said else ""
    except ValueError:
        raise ReceiverError("that is no language.", where=f"{where}.language") from None
