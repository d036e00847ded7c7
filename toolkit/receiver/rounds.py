"""What the service does beside answering: applies posts, forwards objections, seals, reads the policies anew.

One thread does it all, in turns. Whatever fails is said once, counted, and tried again later; nothing is lost by it.
"""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field

from toolkit.errors import NoticeError, ToolkitError
from toolkit.ledger.acts import Forwarded, Post, Read, Waiting
from toolkit.ledger.blanking import blank
from toolkit.ledger.states import State
from toolkit.notices.alert import hand_over, write_objection
from toolkit.notices.ending import refuse_leaving
from toolkit.notices.transports import Transport
from toolkit.receiver.events import read_post
from toolkit.receiver.office import Office
from toolkit.workspace import Workspace

_LOG = logging.getLogger("policy")
_TURN = 1.0  # seconds that the thread waits for news at most
_BREATH = 0.0005  # seconds in which a post that came meanwhile is kept
_MAILS = 20  # objections that are forwarded in one turn
_AT_ONCE = 4  # posts of one transaction: each would else wait for the disk
_EVERY_S = {"policies": 5.0, "seal": 30.0, "objections": 60.0}
_LONGEST_PAUSE = 30.0


@dataclass(kw_only=True)
class Rounds:
    """The thread. `stop` lets it finish what it is at."""

    work: Workspace
    office: Office
    clock: Callable[[], float] = time.monotonic
    _over: threading.Event = field(default_factory=threading.Event)
    _due: dict[str, float] = field(default_factory=dict)
    _failed: dict[str, int] = field(default_factory=dict)
    _thread: threading.Thread | None = None

    def start(self) -> None:
        self._thread = threading.Thread(target=self._run, name="rounds", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End the thread after what it is at, and seal. Posts that still wait are kept: the next start applies them."""
        self._over.set()
        self.office.news.set()
        if self._thread is not None:
            self._thread.join()
        self._try("seal", self._seal)

    def _run(self) -> None:
        while not self._over.is_set():
            self.office.news.wait(_TURN)
            news = self.office.news.is_set()
            self.office.news.clear()
            self._when_due("posts", self.apply_all, every_s=0.0)
            self._when_due("policies", self._read_policies, every_s=_EVERY_S["policies"])
            self._when_due("objections", self.forward, every_s=0.0 if news else _EVERY_S["objections"])
            self._when_due("seal", self._seal, every_s=_EVERY_S["seal"])

    def _when_due(self, task: str, work: Callable[[], None], *, every_s: float) -> None:
        """Do a task if its time has come; one that failed waits longer each time."""
        failures = self._failed.get(task, 0)
        pause = max(every_s, min(_LONGEST_PAUSE, 2.0 ** (failures - 1))) if failures else every_s
        if self.clock() >= self._due.get(task, 0.0) + pause:
            self._due[task] = self.clock()
            self._try(task, work)

    def _try(self, task: str, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:  # noqa: BLE001 - the thread goes on, whatever one task meets
            self._failed[task] = self._failed.get(task, 0) + 1
            self.office.metrics.troubles.labels(task).inc()
            if self._failed[task] == 1:
                said = blank(error.what) if isinstance(error, ToolkitError) else type(error).__name__
                _LOG.error("%s: %s", task, said)
        else:
            self._failed.pop(task, None)

    def apply_all(self) -> None:
        """Apply every post that waits. One that cannot be applied waits behind the others."""
        posts, metrics = self.office.ledger.posts, self.office.metrics
        try:
            while not self._over.is_set():
                applied = posts.apply(self._read, most=_AT_ONCE)
                metrics.count(applied)
                if not applied.posts:
                    break
                time.sleep(_BREATH)
        except Exception:
            self._put_back()
            raise
        finally:
            metrics.waiting.set(posts.count())

    def _put_back(self) -> None:
        """Try the posts one by one: the one that fails goes behind the others."""
        posts = self.office.ledger.posts
        try:
            self.office.metrics.count(posts.apply(self._read))
        except Exception:
            posts.put_back()
            self.office.metrics.posts.labels("put back").inc()
            raise

    def _read(self, post: Post) -> Read:
        return read_post(post.raw, now=self.office.clock())

    def _read_policies(self) -> None:
        policies = self.office.policies
        policies.refresh()
        self.office.metrics.stale.set(1 if policies.trouble else 0)
        if policies.trouble:
            raise ToolkitError(policies.trouble)

    def _seal(self) -> None:
        if self.office.ledger.evidence.unsealed():
            self.office.ledger.evidence.seal()

    def forward(self) -> None:
        """Bring every objection that waits to the policy's contact."""
        waiting = self.office.ledger.responses.unforwarded()
        if not waiting:
            return
        self.office.ledger.sending.refuse_rehearsal()
        self.office.ledger.sending.refuse_copy()
        with closing(self.work.transport()) as way_out:
            refuse_leaving(way_out.host, rehearsal=self.work.clock.rehearsal)
            lost = [trouble for each in waiting[:_MAILS] if (trouble := self._forward_one(way_out, each))]
        if lost:
            raise NoticeError(f"an objection was not taken: {lost[0]}")

    def _forward_one(self, way_out: Transport, waiting: Waiting) -> str:
        """Forward one, and write down that it was taken; else return why it was not. It is tried again later."""
        if self._over.is_set():
            return ""
        objection = waiting.objection
        try:
            account = self.office.ledger.accounts.standing(objection.policy, objection.account).account
            publisher = self.work.publisher(objection.policy)
            variant = write_objection(publisher, account, objection)
            outcome = hand_over(way_out, publisher, variant, now=self.office.clock(), reply_to=account.email)
        except ToolkitError as error:  # of this one, such as an account that was erased a moment ago
            return error.what
        if outcome.state is not State.ACCEPTED:
            return outcome.text or outcome.state.value
        forwarded = Forwarded(transport=way_out.name, host=way_out.host, state=outcome.state, text=outcome.text)
        self.office.ledger.responses.record_forwarding(waiting.number, forwarded)
        return ""
