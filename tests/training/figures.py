"""What scores say: from which odds on what may be said, and how often that is right."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.training.pairs import Labelled

RECALL = 0.95
RIGHT = 0.98
PASSED_OVER = 0.02
_STEP = 0.05
_AGREED = 0.4
"""How much higher the odds may be where no rule found anything material either."""
_EASIER = (0, 1, 2, 2.5, 3, 3.5, 4)
"""How much lower the odds may be where one signal alone decides."""


@dataclass(frozen=True, kw_only=True)
class Scored:
    """A pair with the odds that weights found without its publisher gave it."""

    pair: Labelled
    odds: float
    decisive: bool

    def is_alarm(self, alarm: float) -> bool:
        return self.decisive or self.odds >= alarm


@dataclass(frozen=True, kw_only=True)
class Decided:
    """How many pairs were decided by machine, how many of those rightly, and how many material ones passed over."""

    material: int
    other: int
    right: int
    passed_over: int

    @property
    def all(self) -> int:
        return self.material + self.other

    @property
    def holds(self) -> bool:
        return self.right >= RIGHT * self.all and self.passed_over <= PASSED_OVER * self.other


def choose(scored: Sequence[Scored], highest: float) -> dict[str, float]:
    """Choose the alarm that finds enough of what is material, then the limits that decide most and hold.

    The alarm is never above `highest`, what our own material cases need.
    """
    alarm = min(highest, next(odds for odds in _steps(4, -4) if recall(scored, odds) >= RECALL))
    limits = (
        (sure, sure - easier, clear, clear + _AGREED)
        for sure in _steps(5, 1)
        for easier in _EASIER
        for clear in _steps(alarm - _AGREED - 0.3, -3)
    )
    counted = ((decide(scored, alarm, each), each) for each in limits)
    _, chosen = max((decided.all, each) for decided, each in counted if decided.holds)
    names = ("alarm", "sure", "plain", "clear", "agreed")
    return dict(zip(names, (round(odds, 2) for odds in (alarm, *chosen)), strict=True))


def _steps(first: float, last: float) -> Iterator[float]:
    return (first - _STEP * step for step in range(int((first - last) / _STEP) + 1))


def recall(scored: Sequence[Scored], alarm: float) -> float:
    material = [each for each in scored if each.pair.material]
    return sum(each.is_alarm(alarm) for each in material) / len(material)


def precision(scored: Sequence[Scored], alarm: float) -> float:
    called = [each for each in scored if each.is_alarm(alarm)]
    return sum(each.pair.material for each in called) / len(called)


def decide(scored: Sequence[Scored], alarm: float, limits: Sequence[float]) -> Decided:
    """Count what is decided with limits: `sure`, `plain`, `clear`, `agreed`."""
    sure, plain, clear, agreed = limits
    yes = [each for each in scored if each.is_alarm(alarm) and each.odds >= (plain if each.decisive else sure)]
    others = [each for each in scored if not each.is_alarm(alarm) and not each.pair.unsure]
    no = [each for each in others if each.odds <= (clear if each.pair.found else agreed)]
    passed_over = sum(each.pair.material for each in no)
    right = sum(each.pair.material for each in yes) + len(no) - passed_over
    return Decided(material=len(yes), other=len(no), right=right, passed_over=passed_over)


def write_figures(scored: Sequence[Scored], thresholds: dict[str, float]) -> str:
    """Write what the thresholds reach, for all pairs and for authored and scraped texts apart."""
    alarm = thresholds["alarm"]
    decided = decide(scored, alarm, [thresholds[name] for name in ("sure", "plain", "clear", "agreed")])
    lines = [f"{len(scored)} pairs of {len({each.pair.publisher for each in scored})} publishers"]
    for name, some in _kinds(scored):
        lines.append(f"{name}: recall {recall(some, alarm):.3f} at precision {precision(some, alarm):.3f}")
    share = decided.all / len(scored)
    lines.append(
        f"decided by machine: {decided.all} ({share:.3f}), right {decided.right / max(1, decided.all):.3f};"
        f" {decided.passed_over} material among the {decided.other} decided as not material"
    )
    return "\n".join(lines)


def _kinds(scored: Sequence[Scored]) -> Iterator[tuple[str, Sequence[Scored]]]:
    yield "all", scored
    yield "authored", [each for each in scored if each.pair.authored]
    yield "scraped", [each for each in scored if not each.pair.authored]
