"""Claimed deliveries -> parcels: each recipient's own mail, and no address twice in one parcel. Pure."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime

from toolkit.addresses import mail_address
from toolkit.ledger.entries import Claimed, Mail, Notice, Variant
from toolkit.notices.mime import Pattern, compile_mail
from toolkit.notices.tags import personalize
from toolkit.notices.transports import Parcel, refused

NO_ADDRESS = "no usable address"


def pack(
    notice: Notice,
    variant: Variant,
    claimed: tuple[Claimed, ...],
    *,
    dated_at: datetime,
    objection: Callable[[str], str] = lambda _address: "",
) -> tuple[Parcel, ...]:
    """Write the mails, and put the second one to an address into another parcel than the first.

    `objection` says why a way out cannot take an address, and nothing where it can. Addresses are compared without
    regard to small and capital letters, as mail providers do.
    """
    pattern = compile_mail(variant, sender=notice.sender, reply_to=notice.reply_to)
    parcels: list[tuple[list[Mail], dict[str, str]]] = [([], {})]
    seen: Counter[str] = Counter()
    for one in claimed:
        mail, why = _mail(pattern, one, dated_at, objection)
        place = 0 if why else seen[mail.filled.address.casefold()]
        if not why:
            seen[mail.filled.address.casefold()] += 1
        if place == len(parcels):
            parcels.append(([], {}))
        parcels[place][0].append(mail)
        if why:
            parcels[place][1][mail.ref] = why
    return tuple(_parcels(notice, variant, parcels))


def _mail(pattern: Pattern, one: Claimed, dated_at: datetime, objection: Callable[[str], str]) -> tuple[Mail, str]:
    """Return an account's mail, and why it cannot be handed over; its body is empty then."""
    address = mail_address(one.account.email)
    why = objection(address) if address else NO_ADDRESS
    filled = personalize(one.account, "" if why else address, link=one.link)
    body = b"" if why else pattern.write(filled, date=dated_at, ref=one.ref)
    return Mail(ref=one.ref, body=body, filled=filled), why


def _parcels(notice: Notice, variant: Variant, parcels: list[tuple[list[Mail], dict[str, str]]]) -> Iterator[Parcel]:
    for mails, reasons in parcels:
        said = tuple(refused(ref, why) for ref, why in reasons.items())
        yield Parcel(notice=notice, variant=variant, mails=tuple(mails), refused=said)
