"""A key that was just looked up is not looked up again, for a few seconds."""

from tests.ledger.given import NOW
from toolkit.ledger.acts import ApiKey, Scope
from toolkit.receiver.keyring import FRESH, KeyRing

PORTAL = ApiKey(id=1, name="portal", scopes=frozenset(Scope), created_at=NOW)


class World:
    """A ledger that knows one key until it is revoked, and a clock."""

    def __init__(self) -> None:
        self.valid, self.now, self.asked = True, 0.0, 0
        self.ring = KeyRing(find=self.find, clock=lambda: self.now)

    def find(self, secret: str) -> ApiKey | None:
        self.asked += 1
        return PORTAL if self.valid and secret == "right" else None

    def ask(self, secret: str) -> ApiKey | None:
        return self.ring.recall(secret) or self.ring.look_up(secret)


def test_a_valid_key_is_remembered_for_a_moment_and_then_looked_up_again() -> None:
    world = World()
    assert [world.ask("right") for _ in range(3)] == [PORTAL] * 3
    assert world.asked == 1
    world.now, world.valid = FRESH, False
    assert world.ask("right") is None


def test_a_wrong_key_is_never_remembered() -> None:
    world = World()
    assert [world.ask("wrong") for _ in range(3)] == [None] * 3
    assert world.asked == 3


def test_what_is_remembered_is_bounded_and_not_shown() -> None:
    ring = KeyRing(find=lambda _: PORTAL, clock=lambda: 0.0)
    for number in range(1_000):
        ring.look_up(f"secret-{number}")
    assert len(ring._known) <= 100
    assert "secret-" not in repr(ring)
