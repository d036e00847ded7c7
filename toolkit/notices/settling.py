"""What a call gave, written down. It cannot be heard a second time, so it is kept however the first try ends. Pure."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

from toolkit.errors import LedgerError
from toolkit.ledger.entries import Attempt, ClaimLost, Outcome, Report
from toolkit.ledger.states import State

_PAUSES_S = (1.0, 2.0, 4.0, 8.0, 15.0)
"""A database that is away for half a minute costs no answer."""


@dataclass(frozen=True, kw_only=True)
class Settler:
    """Writes answers by `record`. `wait` sleeps; without it a second try follows the first at once."""

    source: str
    record: Callable[[Report, str], None]
    wait: Callable[[float], None] | None

    def settle(self, attempt: Attempt, token: str, outcomes: tuple[Outcome, ...]) -> bool:
        """Write the holder's own answer. Return False where another took some of it up meanwhile.

        Then each outcome is written as the holder's where it still holds the delivery, else as news of it.
        """
        try:
            self._write(self.report(attempt, outcomes), token)
        except ClaimLost:
            for outcome in outcomes:
                self._settle_one(self.report(attempt, (outcome,)), token)
            return False
        return True

    def report(self, attempt: Attempt, outcomes: tuple[Outcome, ...]) -> Report:
        about = tuple(replace(outcome, attempt=attempt.id) for outcome in outcomes)
        return Report(source=self.source, outcomes=about)

    def _settle_one(self, report: Report, token: str) -> None:
        try:
            self._write(report, token)
        except ClaimLost:
            self._write(report, "")

    def _write(self, report: Report, token: str) -> None:
        for pause in _PAUSES_S if self.wait else _PAUSES_S[:1]:
            try:
                self.record(report, token)
            except ClaimLost:
                raise
            except LedgerError:  # the database is busy, or away
                if self.wait:
                    self.wait(pause)
            except BaseException:  # somebody stopped the run just now; perhaps it was written, perhaps not
                with suppress(LedgerError):
                    self.record(report, token)
                raise
            else:
                return
        self.record(report, token)


def of_everyone(attempt: Attempt, known: tuple[Outcome, ...]) -> tuple[Outcome, ...]:
    """Return an outcome for every delivery of an attempt: what is known, and of the rest that it is unknown."""
    answered = {outcome.ref: outcome for outcome in known}
    unheard = (Outcome(ref=ref, state=State.UNKNOWN, text="no answer") for ref in attempt.refs)
    return tuple(answered.get(outcome.ref, outcome) for outcome in unheard)
