"""What every part of the service is handed: the ledger, the policies, the keys, the clock, the counters."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Self

from toolkit.ledger.ledger import Ledger
from toolkit.links import LinkKeys
from toolkit.receiver.brake import Brake
from toolkit.receiver.keyring import KeyRing
from toolkit.receiver.metrics import Metrics
from toolkit.receiver.policies import Policies
from toolkit.receiver.signature import EventKey, parse_event_key
from toolkit.workspace import Workspace


@dataclass(frozen=True, kw_only=True)
class Office:
    """One process's own. `news` is set when something was kept that is to be applied."""

    ledger: Ledger
    policies: Policies
    clock: Callable[[], datetime]
    link_keys: LinkKeys | None
    event_key: EventKey | None
    visits: bool
    metrics: Metrics = field(default_factory=Metrics)
    brake: Brake = field(default_factory=lambda: Brake(clock=time.monotonic))
    keyring: KeyRing = field(init=False)
    news: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        object.__setattr__(self, "keyring", KeyRing(find=self.ledger.keys.find, clock=time.monotonic))

    @classmethod
    def open(cls, work: Workspace, ledger: Ledger) -> Self:
        """Read the policies and the keys. Raises `SettingsError` for a key that is none."""
        return cls(
            ledger=ledger,
            policies=Policies(work),
            clock=work.clock.now,
            link_keys=work.project.link_keys,
            event_key=parse_event_key(work.project.event_key, where="SENDGRID_EVENT_KEY"),
            visits=work.project.settings.visits,
        )

    def missing(self) -> tuple[str, ...]:
        """Return what has no key, and answers 503: a sentence each."""
        said = []
        if self.link_keys is None:
            said.append("POLICY_LINK_KEYS is not set: personal links answer 503.")
        if self.event_key is None:
            said.append("SENDGRID_EVENT_KEY is not set: POST /events/sendgrid answers 503.")
        return tuple(said)
