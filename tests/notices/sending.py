"""A sender in a process of its own, for the tests to kill: `python -m tests.notices.sending FOLDER PLAN [HOST]`.

Without a host it writes into the outbox. With one it goes to the provider's stand-in there, on the real clock, with
short leases, and again and again until nothing is left that it could send.
"""

import secrets
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.notices.world import TODAY, World
from tests.providers.sendgrid import KEY
from toolkit.ledger.ledger import Ledger
from toolkit.ledger.states import OPEN
from toolkit.notices.dispatch import send
from toolkit.notices.pace import Pace
from toolkit.notices.transports.sendgrid import SendGrid

LEASE = timedelta(seconds=2)


def send_through_the_provider(folder: Path, plan: str, host: str, *, batch: int) -> None:
    with (
        Ledger.open(f"sqlite:///{folder / 'ledger.db'}", create=False) as ledger,
        closing(SendGrid(host=host, key=KEY, batch=batch)) as way,
    ):
        notice = ledger.notices.find(plan)
        while any(count.deliveries for count in ledger.notices.counts(plan) if count.state in OPEN):
            send(
                ledger,
                notice,
                way,
                clock=lambda: datetime.now(UTC),
                token=lambda: secrets.token_hex(16),
                today=lambda: TODAY,
                progress=lambda _ended, _audience: None,
                pace=Pace(wait=time.sleep),
                lease=LEASE,
            )


if __name__ == "__main__":
    place, of_plan, *more = sys.argv[1:]
    if more:
        send_through_the_provider(Path(place), of_plan, more[0], batch=int(more[1]))
    else:
        world = World(Path(place))
        world.send(world.ledger.notices.find(of_plan), waits=False)
