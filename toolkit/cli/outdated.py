"""Whether a plan may still be sent: its mails are written again and compared, before it begins and on the way."""

import time
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from toolkit.ledger.entries import Notice
from toolkit.policy.classes import Number
from toolkit.workspace import Workspace

if TYPE_CHECKING:
    from toolkit.ledger.ledger import Ledger

_SEAL_EVERY_S = 30.0


def open_plans(ledger: "Ledger", notice: Notice) -> list[str]:
    """Return the other plans of a notice's version that are not finished, the newest first."""
    from toolkit.notices.ending import is_finished

    others = (each for each in ledger.notices.newest_first() if each.plan != notice.plan)
    same = (each.plan for each in others if (each.policy, each.version) == (notice.policy, notice.version))
    return [plan for plan in same if not is_finished(ledger.notices.counts(plan))]


@dataclass(kw_only=True)
class Watch:
    """Looks at a plan again whenever another day begins or the repository stands at another commit."""

    work: Workspace
    ledger: "Ledger"
    notice: Notice
    _seen: tuple[date, str] = field(init=False)
    _sealed_at: float = field(init=False)

    def __post_init__(self) -> None:
        self._seen = self._now()
        self._sealed_at = -_SEAL_EVERY_S

    def still_true(self) -> None:
        """Raise `NoticeError` where the mails of the plan say by now what is no longer so."""
        self._seal_now_and_then()
        now = self._now()
        if now == self._seen:
            return
        with closing(self.work.again()) as fresh:
            self.refuse_outdated(fresh)
        self._seen = now

    def refuse_outdated(self, work: Workspace) -> None:
        """Refuse what is no longer so: write the plan's mails again, as of the day it was made, and compare."""
        from toolkit.notices.audience import refuse_outdated, refuse_rewritten
        from toolkit.notices.plan import Writer, rewrite
        from toolkit.policy.objections import refuse_objectionable

        notice, history = self.notice, work.history(self.notice.policy)
        refuse_objectionable(history)
        planned_on = work.date_of(notice.planned_at)
        refuse_outdated(notice, history, planned_on=planned_on, on=work.today)
        writer = Writer(
            publisher=work.publisher(history.policy),
            templates={each.language: each for each in work.templates},
            rules=work.rules,
            history=history,
            version=history.version(Number.parse(notice.version)),
            on=planned_on,
        )
        stored = self.ledger.notices.variants(notice.plan)
        refuse_rewritten(notice, stored, rewrite(stored, writer), history, work.today)

    def _seal_now_and_then(self) -> None:
        """Seal what was written on the way: an older state of the ledger that comes back shows by what it lacks."""
        now = time.monotonic()
        if now - self._sealed_at >= _SEAL_EVERY_S:
            self.ledger.evidence.seal()
            self._sealed_at = now

    def _now(self) -> tuple[date, str]:
        return self.work.date_now(), self.work.policies.repository.head()
