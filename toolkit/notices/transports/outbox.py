"""The outbox: a folder of `.eml` files, one per account, to look at or to hand to any mail program.

    <folder>/<plan>/plan               the plan's hash: whatever left for this plan, left from here
    <folder>/<plan>/index.csv          account id -> file
    <folder>/<plan>/3f/3f9c....eml     opaque names that (plan, account) alone decides

A file appears whole or not at all. Making it again overwrites it, so nobody gets two.
"""

import csv
import hashlib
import io
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from toolkit.addresses import mail_address
from toolkit.errors import NoticeError
from toolkit.ledger.entries import Claimed, Notice, Outcome, State, Variant
from toolkit.notices.mime import compile_mail
from toolkit.notices.transports import Parcel

INDEX = "index.csv"
MARKER = "plan"
_HEAD = ("account", "file")
_PRIVATE_FILE = 0o600
_PRIVATE_FOLDER = 0o700
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, kw_only=True)
class Outbox:
    """Writes into `folder`. `host` is its name in the plan, so that a plan goes into one outbox only."""

    folder: Path
    host: str
    reply_to: str
    clock: Callable[[], datetime]
    name: str = "outbox"
    batch: int = 200

    def pack(self, notice: Notice, variant: Variant, claimed: tuple[Claimed, ...]) -> tuple[Parcel, ...]:
        """Make mails ready, and mark the folder as the one that serves this plan: only then can it be asked."""
        self._mark(notice.plan)
        pattern = compile_mail(variant, sender=notice.sender, reply_to=self.reply_to)
        now = self.clock()
        addressed = [(one.account, mail_address(one.account.email)) for one in claimed]
        reachable = [(account, address) for account, address in addressed if address]
        parcel = Parcel(
            plan=notice.plan,
            accounts=tuple(account.id for account, _ in reachable),
            bodies=tuple(
                pattern.mail(account, address=address, date=now, key=_message_key(notice.plan, account.id))
                for account, address in reachable
            ),
            refused=tuple(_refused(account.id) for account, address in addressed if not address),
        )
        return (parcel,)

    def hand_over(self, parcel: Parcel) -> tuple[Outcome, ...]:
        """Write the files, then their lines in the index. Raises `NoticeError` where the disk refuses."""
        place = str(self.place(parcel.plan))
        for account, body in zip(parcel.accounts, parcel.bodies, strict=True):
            _write(f"{place}/{_name(parcel.plan, account)}", body)
        self._list(parcel.plan, parcel.accounts)
        return (*(self._accepted(parcel.plan, account) for account in parcel.accounts), *parcel.refused)

    def ask(self, notice: Notice, accounts: tuple[str, ...]) -> tuple[Outcome, ...]:
        """Answer for every account: its file is there, or nothing left. Nothing where the plan was never here."""
        if not self._serves(notice.plan):
            return ()
        there = [account for account in accounts if self.file(notice.plan, account).exists()]
        listed = self._listed(notice.plan, set(there))
        self._list(notice.plan, [account for account in there if account not in listed])
        gone = sorted(set(accounts) - set(there))
        return (
            *(self._accepted(notice.plan, account) for account in there),
            *(Outcome(account=account, state=State.PENDING, answer="not written") for account in gone),
        )

    def place(self, plan: str) -> Path:
        """Return the folder of one plan's files."""
        return self.folder / plan[:16]

    def file(self, plan: str, account: str) -> Path:
        """Return where an account's mail stands."""
        return self.place(plan) / _name(plan, account)

    def _serves(self, plan: str) -> bool:
        try:
            return (self.place(plan) / MARKER).read_text(encoding="ascii", errors="replace") == plan
        except OSError:
            return False

    def _mark(self, plan: str) -> None:
        if not self._serves(plan):
            _write(str(self.place(plan) / MARKER), plan.encode())

    def _accepted(self, plan: str, account: str) -> Outcome:
        return Outcome(account=account, state=State.ACCEPTED, answer="written", provider_id=_message_key(plan, account))

    def _list(self, plan: str, accounts: Iterable[str]) -> None:
        """Append lines to the index in one write, whose parts a killed sender cannot leave apart."""
        rows = [(_guarded(account), _name(plan, account)) for account in accounts]
        index = self.place(plan) / INDEX
        if not rows:
            return
        try:
            descriptor = os.open(index, os.O_WRONLY | os.O_APPEND | os.O_CREAT, _PRIVATE_FILE)
            with os.fdopen(descriptor, "ab") as out:
                empty = os.fstat(descriptor).st_size == 0
                out.write(_csv([_HEAD, *rows] if empty else rows))
        except OSError as error:
            raise _refuses(error, index) from None

    def _listed(self, plan: str, accounts: set[str]) -> set[str]:
        """Return which of these accounts stand in the index already."""
        index = self.place(plan) / INDEX
        files = {_name(plan, account): account for account in accounts}
        if not files or not index.exists():
            return set()
        with index.open(encoding="utf-8", newline="") as lines:
            return {files[row[-1]] for row in csv.reader(lines) if row and row[-1] in files}


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
        raise _refuses(error, Path(file)) from None


def _write_private(file: str, body: bytes) -> None:
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _PRIVATE_FILE)
    with os.fdopen(descriptor, "wb") as out:
        out.write(body)


def _name(plan: str, account: str) -> str:
    name = _opaque("file", plan, account)
    return f"{name[:2]}/{name}.eml"


def _opaque(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _message_key(plan: str, account: str) -> str:
    return _opaque("message", plan, account)


def _refused(account: str) -> Outcome:
    return Outcome(account=account, state=State.REFUSED, answer="no usable address")


def _csv(rows: Iterable[tuple[str, ...]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode()


def _guarded(value: str) -> str:
    """Return a value that no spreadsheet takes for a formula."""
    return f"'{value}" if value.startswith(_FORMULA) else value


def _refuses(error: OSError, file: Path) -> NoticeError:
    return NoticeError(
        f"the outbox cannot be written: {error.strerror or error}.",
        where=str(file),
        mend="Make room or mend the folder's rights, then send again: what was written is kept.",
    )
