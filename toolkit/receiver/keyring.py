"""The portal's keys as they were looked up a moment ago: a busy portal shows the same one with every request. Pure."""

from collections.abc import Callable
from dataclasses import dataclass, field

from toolkit.ledger.acts import ApiKey

FRESH = 5.0
"""Seconds that a key is taken for valid once it was looked up: so long a revoked one may still open."""

_MOST = 100


@dataclass(frozen=True, kw_only=True)
class KeyRing:
    """Remembers valid keys only. `find` asks the ledger, `clock` gives seconds that only go forward."""

    find: Callable[[str], ApiKey | None]
    clock: Callable[[], float]
    _known: dict[str, tuple[ApiKey, float]] = field(default_factory=dict, repr=False)

    def recall(self, secret: str) -> ApiKey | None:
        """Return a valid key that was looked up a moment ago; None for any other, valid or not. Asks nobody."""
        known = self._known.get(secret)
        return known[0] if known and self.clock() < known[1] else None

    def look_up(self, secret: str) -> ApiKey | None:
        """Return the valid key that a secret is; None for any other text."""
        found = self.find(secret)
        self._known.pop(secret, None)
        if found is not None:
            if len(self._known) >= _MOST:
                self._known.clear()
            self._known[secret] = (found, self.clock() + FRESH)
        return found
