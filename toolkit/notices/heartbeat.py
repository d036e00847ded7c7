"""Renews a claim while its holder lives: a call may take longer than a lease, and a dead sender renews nothing."""

import threading
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType

from toolkit.errors import LedgerError

BEATS = 3
"""So many times within a lease it is renewed."""


class Heartbeat:
    """While entered, calls `renew` every so many seconds, in a thread of its own.

    What the ledger refuses is passed over: the next beat may succeed, and a claim that was lost is noticed when its
    answer is written.
    """

    def __init__(self, renew: Callable[[], object], *, every_s: float) -> None:
        self._renew = renew
        self._every_s = every_s
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._beat, name="heartbeat", daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _beat(self) -> None:
        while not self._over.wait(self._every_s):
            with suppress(LedgerError):
                self._renew()
