"""Stops long work where nothing is left in doubt: after what is under way, and at once when asked again."""

import signal
import threading
from types import FrameType, TracebackType
from typing import Self

from toolkit.cli.front import note

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stopping:
    """While entered, Ctrl-C and a service manager's stop are remembered, and only the second one interrupts."""

    def __init__(self) -> None:
        self._asked = threading.Event()
        self._before: dict[signal.Signals, object] = {}

    def __enter__(self) -> Self:
        for each in _SIGNALS:
            self._before[each] = signal.signal(each, self._stop)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for each, before in self._before.items():
            signal.signal(each, before)  # type: ignore[arg-type] # as it was given

    def wait(self, seconds: float) -> None:
        """Sleep so long, or until somebody asks to stop."""
        self._asked.wait(seconds)

    def stop_if_asked(self) -> None:
        """Raise `KeyboardInterrupt` where somebody asked to stop."""
        if self._asked.is_set():
            raise KeyboardInterrupt

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        if self._asked.is_set():
            raise KeyboardInterrupt
        self._asked.set()
        note("note: stopping as soon as what is under way is answered; ask once more to stop at once.")
