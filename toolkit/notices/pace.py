"""How fast a run goes: never faster than its rate, and slower while a transport asks for it."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field

PATIENCE = 6
"""So many calls in a row may take nothing before a run gives up."""

DOUBTS = 2
"""So many calls in a row whose answer nobody knows end a run: each of them may be a thousand people."""

_FIRST_S, _LONGEST_S = 1.0, 60.0
_PASS_S, _LONGEST_PASS_S = 15.0, 300.0
_LONGEST_ASKED_S = 3_600.0  # who asks for more is asked again by a later run


@dataclass(kw_only=True)
class Pace:
    """Owns every pause between two calls. Seconds throughout.

    `rate` is the most deliveries a second; None for no bound. `wait` sleeps; without it a run never pauses, and gives
    up where it would have to. `chance` gives numbers from 0 to 1. `told` hears how long a pause is that is not the
    rate's.
    """

    rate: float | None = None
    wait: Callable[[float], None] | None = None
    steady: Callable[[], float] = time.monotonic
    chance: Callable[[], float] = random.random
    told: Callable[[float], None] = lambda _seconds: None
    _free_at: float = field(default=0.0, init=False)
    _in_vain: int = field(default=0, init=False)
    _in_doubt: int = field(default=0, init=False)
    _passes_in_vain: int = field(default=0, init=False)

    def most(self, batch: int) -> int:
        """Return how many deliveries to take at once: a second's worth, so that a slow rate goes evenly."""
        return batch if self.rate is None else max(1, min(batch, int(self.rate)))

    def ready(self) -> None:
        """Wait until what was spent keeps the rate. What is claimed then is handed over at once."""
        if self.rate is not None:
            self._pause(self._free_at - self.steady())

    def spend(self, deliveries: int) -> None:
        """Count a call with so many deliveries towards the rate."""
        if self.rate is not None:
            self._free_at = max(self._free_at, self.steady()) + deliveries / self.rate

    def after(self, *, took_any: bool, retry_after: float | None, doubtful: bool = False) -> bool:
        """Wait as a call's answer asks for. Return False where it is time to give up.

        After a call that took nothing the pause doubles each time, up to a minute, with a random part so that many
        senders do not come back together; never less than the transport asked for. `doubtful`: it may have taken
        something, and nobody knows.
        """
        self._in_vain = 0 if took_any else self._in_vain + 1
        self._in_doubt = self._in_doubt + 1 if doubtful else 0
        if self._in_doubt >= DOUBTS or (retry_after or 0.0) > _LONGEST_ASKED_S:
            return False
        if self.wait is None and (self._in_vain or retry_after):
            return False
        if self._in_vain >= PATIENCE:
            return False
        backoff = self.chance() * min(_LONGEST_S, _FIRST_S * 2**self._in_vain) if self._in_vain else 0.0
        self._back_off((retry_after or 0.0) + backoff)
        return True

    def between(self, *, took_any: bool) -> bool:
        """Wait before what was put off is offered again. Return False where it is time to leave it to a later run.

        The pause doubles with each pass through the audience that took nothing.
        """
        self._passes_in_vain = 0 if took_any else self._passes_in_vain + 1
        if self.wait is None or self._passes_in_vain >= PATIENCE:
            return False
        self._back_off(min(_LONGEST_PASS_S, _PASS_S * 2**self._passes_in_vain) * (0.5 + self.chance() / 2))
        return True

    def _back_off(self, seconds: float) -> None:
        self.told(seconds)
        self._pause(seconds)

    def _pause(self, seconds: float) -> None:
        if seconds > 0 and self.wait is not None:
            self.wait(seconds)
