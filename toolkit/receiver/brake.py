"""Slows down who tries keys or links one after another. Pure; it keeps addresses in memory only, and few of them."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import IPv6Address, ip_address
from threading import Lock

FAILURES = 20
"""Wrong keys or links in a `SPAN` before an address has to wait."""

SPAN = 60.0  # seconds
_ADDRESSES = 10_000
_NETWORK = 64  # bits of an IPv6 address that one household or host has


@dataclass(frozen=True, kw_only=True)
class Brake:
    """Counts failures by address. `clock` gives seconds that only go forward."""

    clock: Callable[[], float]
    _failed: OrderedDict[str, tuple[int, float]] = field(default_factory=OrderedDict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def wait(self, address: str) -> int:
        """Return how many seconds an address has to wait; 0 if it need not."""
        failures, began = self._failed.get(_group(address), (0, 0.0))
        left = began + SPAN - self.clock()
        return int(left) + 1 if failures >= FAILURES and left > 0 else 0

    def failed(self, address: str) -> None:
        """Count a failure. The span begins with the first."""
        group, now = _group(address), self.clock()
        with self._lock:
            failures, began = self._failed.pop(group, (0, now))
            fresh = began + SPAN <= now
            self._failed[group] = (1, now) if fresh else (failures + 1, began)
            while len(self._failed) > _ADDRESSES:
                self._failed.popitem(last=False)


def _group(address: str) -> str:
    """Return what counts as one: an IPv4 address, or the network of an IPv6 one."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address) and found.ipv4_mapped is None:
        return f"{int(found) >> (128 - _NETWORK):x}"
    return str(found.ipv4_mapped if isinstance(found, IPv6Address) else found)
