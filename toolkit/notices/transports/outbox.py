"""The outbox: a folder of `.eml` files, one per delivery, to look at or to hand to any mail program.

    <folder>/<plan>/plan               the plan's hash: whatever left for this plan, left from here
    <folder>/<plan>/3f/9c....3f.eml    named by the delivery's reference; `policy standing ACCOUNT` shows it

A file appears whole or not at all. Making it again overwrites it, so nobody gets two.
"""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from toolkit.errors import NoticeError
from toolkit.ledger.entries import Claimed, Notice, Outcome, Variant
from toolkit.ledger.states import State
from toolkit.notices.transports import Answer, Parcel, packing

MARKER = "plan"
_PRIVATE_FILE = 0o600
_PRIVATE_FOLDER = 0o700


@dataclass(frozen=True, kw_only=True)
class Outbox:
    """Writes into `folder`. `host` is its name in the plan, so that a plan goes into one outbox only."""

    folder: Path
    host: str
    name: str = "outbox"
    batch: int = 200

    def ready(self) -> None:
        """Do nothing: what the disk refuses is said when it is written to."""

    def preflight(self, notice: Notice, variant: Variant) -> None:
        """Do nothing: a folder takes any words."""

    def pack(
        self, notice: Notice, variant: Variant, claimed: tuple[Claimed, ...], *, dated_at: datetime
    ) -> tuple[Parcel, ...]:
        """Make mails ready, and mark the folder as the one that serves this plan: only then can it be asked."""
        self._mark(notice.plan)
        return packing.pack(notice, variant, claimed, dated_at=dated_at)

    def hand_over(self, parcel: Parcel) -> Answer:
        """Write the files. Raises `NoticeError` where the disk refuses."""
        place = str(self.place(parcel.notice.plan))
        for mail in parcel.leaving:
            _write(f"{place}/{_name(mail.ref)}", mail.body)
        return Answer(outcomes=(*(_accepted(mail.ref) for mail in parcel.leaving), *parcel.refused))

    def ask(self, plan: str, refs: tuple[str, ...]) -> tuple[Outcome, ...]:
        """Answer for every delivery: its file is there, or nothing left. Nothing where the plan was never here."""
        if not self._serves(plan):
            return ()
        return tuple(_accepted(ref) if self.file(plan, ref).exists() else _unwritten(ref) for ref in refs)

    def close(self) -> None:
        """Do nothing: no file stays open."""

    def place(self, plan: str) -> Path:
        """Return the folder of one plan's files."""
        return self.folder / plan[:16]

    def file(self, plan: str, ref: str) -> Path:
        """Return where a delivery's mail stands."""
        return self.place(plan) / _name(ref)

    def _serves(self, plan: str) -> bool:
        try:
            return (self.place(plan) / MARKER).read_text(encoding="ascii", errors="replace") == plan
        except OSError:
            return False

    def _mark(self, plan: str) -> None:
        if not self._serves(plan):
            _write(str(self.place(plan) / MARKER), plan.encode())


def _accepted(ref: str) -> Outcome:
    return Outcome(ref=ref, state=State.ACCEPTED, text="written")


def _unwritten(ref: str) -> Outcome:
    return Outcome(ref=ref, state=State.PENDING, text="not written")


def _write(file: str, body: bytes) -> None:
    """Write a file aside and move it into its place. Paths are texts: a `Path` each would cost much time."""
    part = f"{file}.part"
    try:
        try:
            _write_private(part, body)
        except FileNotFoundError:
            Path(part).parent.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
            _write_private(part, body)
        os.replace(part, file)  # noqa: PTH105 - see above
    except OSError as error:
        raise NoticeError(
            f"the outbox cannot be written: {error.strerror or error}.",
            where=file,
            mend="Make room or mend the folder's rights, then send again: what was written is kept.",
        ) from None


def _write_private(file: str, body: bytes) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _PRIVATE_FILE)
    with os.fdopen(descriptor, "wb") as out:
        out.write(body)


def _name(ref: str) -> str:
    """Spread the files over folders by the end of the reference: its beginning is shared by a thousand deliveries."""
    return f"{ref[-2:]}/{ref}.eml"
