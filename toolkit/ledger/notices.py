"""The door for notices and their audiences: announced, superseded, found again, counted."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, exists, func, insert, select, update

from toolkit.errors import LedgerError
from toolkit.ledger import canonical, decisions, standings
from toolkit.ledger.accounts import pages
from toolkit.ledger.batches import batches
from toolkit.ledger.database import Database
from toolkit.ledger.entries import Candidate, Count, Decision, DecisionKind, Notice, Planned, Variant, Where
from toolkit.ledger.known import keys
from toolkit.ledger.locks import lock_notices
from toolkit.ledger.rows import from_notice, from_variant, to_notice, to_variant
from toolkit.ledger.schema import attempts, deliveries, notices, outcomes, persons, recipients, reports, variants
from toolkit.ledger.schema import decisions as announcements
from toolkit.ledger.states import State, move

_PREFIX = 8
_UNBEGUN = (State.PENDING, State.CANCELLED)
_OVER = (State.CANCELLED, State.SKIPPED)
_LATELY = timedelta(minutes=5)
_SHARED, _OWN = 5, 11  # bytes of a reference


class Notices:
    """Each method is one transaction, and raises `LedgerError` where the database refuses."""

    def __init__(self, database: Database, random_bytes: Callable[[int], bytes]) -> None:
        self._database = database
        self._random_bytes = random_bytes

    def announce(self, notice: Notice, given: Sequence[Variant], planned: Iterable[Planned]) -> None:
        """Write a notice with its variants, and freeze its audience. The same plan again changes nothing.

        Each delivery gets a random reference, and keeps it: a plan that others superseded or that was cancelled, or
        whose accounts were skipped, and that is wanted again, is the same audience, and its deliveries are pending
        again. Earlier notices of the same
        version that have not begun are cancelled. Raises `LedgerError` for an account that already has a delivery of
        this version which was neither skipped nor cancelled.
        """
        with self._database.writing(alone=True) as connection:
            same = and_(notices.c.policy == notice.policy, notices.c.version == notice.version)
            lock_notices(connection, same, to_decide=True)
            known = connection.scalar(select(notices.c.id).where(notices.c.plan == notice.plan))
            if known is not None and decisions.stands(connection, known) and not _any_skipped(connection, known):
                return
            number = known if known is not None else self._write(connection, notice, given)
            self._supersede(connection, notice, number)
            audience = 0
            for batch in batches(planned):
                _refuse_no_variant(batch, places=len(given))
                if known is None:
                    self._plan(connection, number, batch)
                else:
                    _refuse_others(connection, number, batch)
                audience += len(batch)
            if audience != notice.audience:
                what = f"the plan tells {notice.audience} accounts, and {audience} are given."
                raise LedgerError(what, mend="Plan it again.")
            _want(connection, number)
            _refuse_second(connection, number, notice)
            decisions.announce(connection, number, now=self._database.clock())

    def find(self, beginning: str) -> Notice:
        """Return a notice by its plan, or by at least 8 characters that begin only one."""
        with self._database.reading() as connection:
            exact = connection.execute(select(notices).where(notices.c.plan == beginning)).one_or_none()
            return to_notice(exact if exact is not None else _only(connection, beginning))

    def newest_first(self) -> tuple[Notice, ...]:
        """Return every notice, the last announced first, without the texts of its mails."""
        announced = select(func.max(announcements.c.id)).where(
            announcements.c.notice == notices.c.id, announcements.c.kind == DecisionKind.ANNOUNCED.value
        )
        newest = select(notices).order_by(announced.scalar_subquery().desc(), notices.c.id.desc())
        with self._database.reading() as connection:
            return tuple(map(to_notice, connection.execute(newest)))

    def variants(self, plan: str) -> tuple[Variant, ...]:
        """Return the mails of a notice, in their places."""
        mine = select(variants).join_from(variants, notices).where(notices.c.plan == plan)
        with self._database.reading() as connection:
            return tuple(map(to_variant, connection.execute(mine.order_by(variants.c.place))))

    def counts(self, plan: str) -> tuple[Count, ...]:
        """Return how many deliveries are in each state, zeros included: together they are the audience."""
        by_state = (
            select(deliveries.c.state, func.count())
            .join_from(deliveries, notices)
            .where(notices.c.plan == plan)
            .group_by(deliveries.c.state)
        )
        with self._database.reading() as connection:
            found = {State(state): number for state, number in connection.execute(by_state)}
        return tuple(Count(state=state, deliveries=found.get(state, 0)) for state in State)

    def decision(self, plan: str) -> Decision | None:
        """Return what was decided about a notice last: that it is to be sent, or is superseded or cancelled.

        Where the notice that superseded it is superseded itself, the last of them is named.
        """
        with self._database.reading() as connection:
            found, passed = decisions.newest_of_plan(connection, plan), {plan}
            while found and found.successor not in passed | {""}:
                passed.add(found.successor)
                later = decisions.newest_of_plan(connection, found.successor)
                if later is None or not later.successor:
                    break
                found = replace(found, successor=later.successor)
            return found

    def skipped(self, plan: str) -> Mapping[str, int]:
        """Return how many deliveries of a notice were skipped for each reason, the most frequent first."""
        number = func.count().label("number")
        announced = (announcements.c.notice == notices.c.id, announcements.c.kind == DecisionKind.ANNOUNCED.value)
        newest = select(func.max(announcements.c.id)).where(*announced).scalar_subquery()
        by_reason = (
            select(outcomes.c.text, number)
            .join_from(notices, deliveries, deliveries.c.notice == notices.c.id)
            .join(outcomes, outcomes.c.ref == deliveries.c.ref)
            .join(reports, reports.c.id == outcomes.c.report)
            .where(notices.c.plan == plan, outcomes.c.state == State.SKIPPED.value)
            .where(reports.c.decision.is_not_distinct_from(newest))
            .where(deliveries.c.state == State.SKIPPED.value)
            .group_by(outcomes.c.text)
            .order_by(number.desc(), outcomes.c.text)
        )
        with self._database.reading() as connection:
            return {reason or "skipped": int(many) for reason, many in connection.execute(by_reason)}

    def rate(self, plan: str) -> float:
        """Return how many mails of a notice were answered for per second, over the last minutes; 0 for none."""
        now = self._database.clock()
        mine = and_(outcomes.c.ref == recipients.c.ref, outcomes.c.attempt == recipients.c.attempt)
        lately = (
            select(func.count(), func.min(attempts.c.happened_at))
            .join_from(attempts, notices)
            .join(recipients, recipients.c.attempt == attempts.c.id)
            .join(outcomes, mine)
            .where(notices.c.plan == plan, attempts.c.happened_at >= now - _LATELY)
            .where(outcomes.c.state != State.PENDING.value)
        )
        with self._database.reading() as connection:
            number, since = connection.execute(lately).one()
        return number / max(1.0, (now - since).total_seconds()) if number else 0.0

    def in_state(self, plan: str, state: State) -> Iterator[Where]:
        """Give the deliveries of a notice that are in one state, each with what was heard of it last."""
        newest = (
            select(outcomes.c.text)
            .where(outcomes.c.ref == deliveries.c.ref)
            .order_by(outcomes.c.report.desc())
            .limit(1)
            .scalar_subquery()
        )
        asked = (
            select(persons.c.id, deliveries.c.ref, newest.label("text"))
            .join_from(deliveries, notices)
            .join(persons, persons.c.account == deliveries.c.account, isouter=True)
            .where(notices.c.plan == plan, deliveries.c.state == state.value)
            .order_by(deliveries.c.account)
        )
        with self._database.reading() as connection:
            for row in connection.execute(asked):
                yield Where(account=row.id or "", ref=row.ref, text=row.text or "")

    def candidates(self, policy: str, version: str, *, withdrawn: Collection[str] = ()) -> Iterator[Candidate]:
        """Give every account, with its delivery of this version in a notice that has begun, if any.

        What it was told and has seen of a `withdrawn` version counts only where there is nothing else.
        """
        with self._database.reading() as connection:
            of_version = _begun(connection, policy, version)
            for page in pages(connection):
                known = standings.deliveries_of(connection, of_version, page)
                known_of = standings.of(connection, policy, page, withdrawn=withdrawn)
                for row, standing in zip(page, known_of, strict=True):
                    yield Candidate(standing=standing, delivery=known.get(row.key), key=row.key)

    def _write(self, connection: Connection, notice: Notice, given: Sequence[Variant]) -> int:
        parts = [{"place": place, **from_variant(variant)} for place, variant in enumerate(given)]
        root = canonical.root_of_parts(variants.c.notice, parts)
        values = {**from_notice(notice), "variants_root": root, "heard_at": self._database.clock()}
        number = connection.scalar(insert(notices).returning(notices.c.id), values)
        if parts:
            connection.execute(insert(variants), [{"notice": number, **part} for part in parts])
        return int(number or 0)

    def _supersede(self, connection: Connection, notice: Notice, number: int) -> None:
        """Cancel what is pending in the earlier notices of this version of which nothing has begun."""
        earlier = select(notices.c.id).where(
            notices.c.policy == notice.policy, notices.c.version == notice.version, notices.c.id != number
        )
        unbegun = connection.scalars(earlier.where(~_any_delivery(*_UNBEGUN)).order_by(notices.c.id)).all()
        connection.execute(
            update(deliveries)
            .where(deliveries.c.notice.in_(unbegun), deliveries.c.state == State.PENDING.value)
            .values(state=move(State.PENDING, State.CANCELLED).value)
        )
        for each in unbegun:
            if decisions.stands(connection, each):
                decisions.supersede(connection, each, successor=number, now=self._database.clock())

    def _plan(self, connection: Connection, notice: int, planned: Sequence[Planned]) -> None:
        key = keys(connection, [one.account for one in planned])
        # A batch shares its references' beginning: rows in a random order would cost SQLite's index seven times more.
        shared = self._random_bytes(_SHARED).hex()
        connection.execute(
            insert(deliveries),
            [
                {
                    "notice": notice,
                    "account": key[one.account],
                    "ref": f"{shared}{self._random_bytes(_OWN).hex()}",
                    "variant": one.variant,
                    "though_closed": one.though_closed,
                    "state": State.PENDING.value,
                }
                for one in planned
            ],
        )


def _only(connection: Connection, beginning: str) -> Row[Any]:
    if len(beginning) < _PREFIX:
        raise LedgerError(f"'{beginning}' is too short for a plan.", mend=f"Give {_PREFIX} characters of it or more.")
    found = connection.execute(select(notices).where(notices.c.plan.startswith(beginning, autoescape=True))).all()
    if not found:
        raise LedgerError(f"the ledger knows no notice with the plan '{beginning}'.", mend="Plan it first.")
    if len(found) > 1:
        raise LedgerError(f"{len(found)} notices have a plan that begins with '{beginning}'.", mend="Give more of it.")
    return found[0]


def _begun(connection: Connection, policy: str, version: str) -> Sequence[int]:
    """Return the notices of a version of which anything has gone out or been decided."""
    of_version = select(notices.c.id).where(notices.c.policy == policy, notices.c.version == version)
    return connection.scalars(of_version.where(_any_delivery(*_UNBEGUN)).order_by(notices.c.id)).all()


def _any_delivery(*but: State) -> Any:
    return exists().where(deliveries.c.notice == notices.c.id, deliveries.c.state.not_in(but))


def _any_skipped(connection: Connection, notice: int) -> bool:
    skipped = exists().where(deliveries.c.notice == notice, deliveries.c.state == State.SKIPPED.value)
    return bool(connection.scalar(select(skipped)))


def _refuse_no_variant(planned: Sequence[Planned], *, places: int) -> None:
    for one in planned:
        if not 0 <= one.variant < places:
            raise LedgerError(f"the notice has no variant {one.variant}, planned for account '{one.account}'.")


def _want(connection: Connection, notice: int) -> None:
    """Let deliveries be pending again that did not go: announcing is a person's new decision, and no move of theirs.

    The same plan means the same words for the same accounts: what was frozen of a delivery stays.
    """
    over = and_(deliveries.c.notice == notice, deliveries.c.state.in_(_OVER))
    connection.execute(update(deliveries).where(over).values(state=State.PENDING.value, claim=None, lease_until=None))


def _refuse_others(connection: Connection, notice: int, planned: Sequence[Planned]) -> None:
    """Refuse accounts that the notice has no delivery for."""
    of = keys(connection, [one.account for one in planned])
    mine = and_(deliveries.c.notice == notice, deliveries.c.account.in_(of.values()))
    # An account that was erased and came back is another one, and has no delivery here.
    if connection.scalar(select(func.count()).where(mine)) != len(planned):
        raise LedgerError("the plan is for other accounts than when it was announced.", mend="Plan it again.")


def _refuse_second(connection: Connection, number: int, notice: Notice) -> None:
    """Refuse a plan that tells an account again what an earlier notice tells, has told or tried to tell."""
    other = deliveries.alias("other")
    earlier = select(notices.c.id).where(
        notices.c.policy == notice.policy, notices.c.version == notice.version, notices.c.id != number
    )
    twice = connection.execute(
        select(persons.c.id, other.c.state)
        .join_from(deliveries, other, other.c.account == deliveries.c.account)
        .join(persons, persons.c.account == deliveries.c.account)
        .where(deliveries.c.notice == number, other.c.notice.in_(earlier), other.c.state.not_in(_OVER))
        .order_by(deliveries.c.account)
        .limit(1)
    ).one_or_none()
    if twice is not None:
        raise LedgerError(
            f"account '{twice.id}' has a delivery of {notice.policy} {notice.version}: {twice.state}.",
            mend="Plan the notice again; its audience has changed.",
        )
