"""The one clock of a command: read first, before anything it will date."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Self

from toolkit.errors import SettingsError

VARIABLE = "POLICY_NOW"


@dataclass(frozen=True, kw_only=True)
class Clock:
    """Runs on from `began` by the machine's steady clock, so that it never goes back.

    `rehearsal` says that the instant was given, not read: what happens then is a rehearsal.
    """

    began: datetime
    rehearsal: bool = False
    steady: Callable[[], float] = field(default=time.monotonic, repr=False)
    _started: float = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_started", self.steady())

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Self:
        """Begin at this instant, or at the one that `POLICY_NOW` gives. Raises `SettingsError` for no instant."""
        said = environment.get(VARIABLE)
        return cls(began=_instant(said), rehearsal=True) if said else cls(began=datetime.now(UTC))

    def now(self) -> datetime:
        """Return the instant it is, aware and in UTC."""
        return self.began + timedelta(seconds=self.steady() - self._started)


def _instant(said: str) -> datetime:
    try:
        instant = datetime.fromisoformat(said)
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise SettingsError(
            f"'{said}' is not an instant.", where=VARIABLE, mend="Write it like 2026-12-01T09:00:00+08:00."
        )
    return instant.astimezone(UTC)
