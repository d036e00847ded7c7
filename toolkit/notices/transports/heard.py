"""What one call has heard so far: for its answer, and for whoever asks when it was broken off. Pure."""

from collections.abc import Iterable

from toolkit.ledger.entries import Outcome
from toolkit.ledger.states import State
from toolkit.notices.transports import Parcel


class Heard:
    """Outcomes by reference: of a call that begins with a parcel, or of none.

    At first some are refused already, and of the others nothing left. A server that keeps no plans can be asked about
    nothing else.
    """

    def __init__(self, parcel: Parcel | None = None) -> None:
        self._known: dict[str, Outcome] = {}
        if parcel is not None:
            self.note(*parcel.refused)
            self.note(*(Outcome(ref=mail.ref, state=State.PENDING, text="not begun") for mail in parcel.leaving))

    def forget(self, ref: str) -> None:
        """Know nothing of a delivery any more: from here on, and until it is answered, nobody does."""
        self._known.pop(ref, None)

    def note(self, *outcomes: Outcome) -> None:
        self._known.update((outcome.ref, outcome) for outcome in outcomes)

    def of(self, ref: str) -> Outcome:
        return self._known[ref]

    def tell(self, refs: Iterable[str]) -> tuple[Outcome, ...]:
        """Return what is known of some deliveries."""
        return tuple(self._known[ref] for ref in refs if ref in self._known)
