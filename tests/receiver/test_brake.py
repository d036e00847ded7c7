"""Who fails too often has to wait, and nobody else."""

from toolkit.receiver.brake import FAILURES, SPAN, Brake


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def failing(brake: Brake, address: str, times: int = FAILURES) -> None:
    for _ in range(times):
        brake.failed(address)


def test_a_few_failures_cost_nothing() -> None:
    brake = Brake(clock=Clock())
    failing(brake, "203.0.113.1", FAILURES - 1)
    assert brake.wait("203.0.113.1") == 0


def test_too_many_wait_until_the_span_is_over() -> None:
    clock = Clock()
    brake = Brake(clock=clock)
    failing(brake, "203.0.113.1")
    assert 0 < brake.wait("203.0.113.1") <= SPAN + 1
    assert brake.wait("203.0.113.2") == 0
    clock.now += SPAN + 1
    assert brake.wait("203.0.113.1") == 0
    brake.failed("203.0.113.1")
    assert brake.wait("203.0.113.1") == 0


def test_the_addresses_of_one_network_are_one_and_a_mapped_one_is_the_one_it_maps() -> None:
    brake = Brake(clock=Clock())
    failing(brake, "2001:db8:1:2::1")
    assert brake.wait("2001:db8:1:2:ffff::9") > 0
    assert brake.wait("2001:db8:1:3::1") == 0
    failing(brake, "::ffff:203.0.113.7")
    assert brake.wait("203.0.113.7") > 0


def test_what_is_remembered_is_bounded() -> None:
    brake = Brake(clock=Clock())
    for number in range(10_050):
        brake.failed(f"10.{number // 65536}.{number // 256 % 256}.{number % 256}")
    assert len(brake._failed) == 10_000
