"""A sender in a process of its own, for the tests to kill: `python -m tests.notices.sending FOLDER PLAN`."""

import sys
from pathlib import Path

from tests.notices.world import World

if __name__ == "__main__":
    folder, plan = sys.argv[1:]
    world = World(Path(folder))
    world.send(world.ledger.notices.find(plan), waits=False)
