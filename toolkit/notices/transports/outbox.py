"""The outbox: a folder of `.eml` files, one per delivery, to look at or to hand to any mail program.

    <folder>/<plan>/plan               the plan's hash: whatever left for this plan, left from here
    <folder>/<plan>/written            the references of the files that were written, for they may be taken away
    <folder>/<plan>/3f/9c....3f.eml    named by the delivery's reference; `policy standing ACCOUNT` shows it

A file appears whole or not at all. Making it again overwrites it, so nobody gets two.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from toolkit.errors import NoticeError
from toolkit.ledger.entries import Claimed, Notice, Outcome, Variant
from toolkit.ledger.states import State
from toolkit.notices.transports import Answer, Parcel, packing

MARKER, JOURNAL = "plan", "written"
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
        with _journal(f"{place}/{JOURNAL}") as journal:
            for mail in parcel.leaving:
                _write(f"{place}/{_name(mail.ref)}", mail.body, before=partial(_note, journal, mail.ref))
        return Answer(outcomes=(*(_accepted(mail.ref) for mail in parcel.leaving), *parcel.refused))

    def ask(self, plan: str, refs: tuple[str, ...]) -> tuple[Outcome, ...]:
        """Answer for a delivery: its file is there, or was never written. Nothing where the plan was never here.

        Nothing either where a file was written and is gone: a mail program may have taken it.
        """
        if not self._serves(plan):
            return ()
        written = self._written(plan)
        answers = (self._answer(plan, ref, written) for ref in refs)
        return tuple(answer for answer in answers if answer)

    def close(self) -> None:
        """Do nothing: no file stays open."""

    def place(self, plan: str) -> Path:
        """Return the folder of one plan's files."""
        return self.folder / plan[:16]

    def file(self, plan: str, ref: str) -> Path:
        """Return where a delivery's mail stands."""
        return self.place(plan) / _name(ref)

    def _answer(self, plan: str, ref: str, written: frozenset[str]) -> Outcome | None:
        file = self.file(plan, ref)
        if file.exists():
            return _accepted(ref)
        moved_in = ref in written and not Path(f"{file}.part").exists()
        return None if moved_in else _unwritten(ref)

    def _written(self, plan: str) -> frozenset[str]:
        try:
            return frozenset((self.place(plan) / JOURNAL).read_text(encoding="ascii", errors="replace").split())
        except OSError:
            return frozenset()

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


def _write(file: str, body: bytes, *, before: Callable[[], None] = lambda: None) -> None:
    """Write a file aside and, after what comes `before`, move it into its place.

    Paths are texts: a `Path` each would cost much time.
    """
    part = f"{file}.part"
    try:
        try:
            _write_private(part, body)
        except FileNotFoundError:
            Path(part).parent.mkdir(mode=_PRIVATE_FOLDER, parents=True, exist_ok=True)
            _write_private(part, body)
        before()
        os.replace(part, file)  # noqa: PTH105 - see above
    except OSError as error:
        raise _refused_by_disk(file, error) from None


@contextmanager
def _journal(file: str) -> Iterator[int]:
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, _PRIVATE_FILE)
    except OSError as error:
        raise _refused_by_disk(file, error) from None
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _note(journal: int, ref: str) -> None:
    """Write a line of its own at once, whatever half a line a full disk left before."""
    os.write(journal, f"\n{ref}\n".encode("ascii"))


def _refused_by_disk(file: str, error: OSError) -> NoticeError:
    return NoticeError(
        f"the outbox cannot be written: {error.strerror or error}.",
        where=file,
        mend="Make room or mend the folder's rights, then send again: what was written is kept.",
    )


def _write_private(file: str, body: bytes) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _PRIVATE_FILE)
    with os.fdopen(descriptor, "wb") as out:
        out.write(body)


def _name(ref: str) -> str:
    """Spread the files over folders by the end of the reference: its beginning is shared by a thousand deliveries."""
    return f"{ref[-2:]}/{ref}.eml"
