"""The door for a provider's posts: kept first as they came, and applied later, each once, as one report.

What was kept is applied, whatever kills the process: a post leaves the list in the transaction that writes its report.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import reduce
from threading import Lock
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from toolkit.ledger import courses, matching, reports
from toolkit.ledger.acts import Applied, Post, Read
from toolkit.ledger.database import Database
from toolkit.ledger.entries import Outcome, Report
from toolkit.ledger.response_tables import posts

_SALT = 32  # bytes
_OLDEST = select(posts).order_by(posts.c.tried, posts.c.id)


class Posts:
    """Each method is one transaction, and raises `LedgerError` where the database refuses."""

    def __init__(self, database: Database, random_bytes: Callable[[int], bytes]) -> None:
        self._database = database
        self._random_bytes = random_bytes
        # SQLite has one writer, and who waits for it asks again and again: threads of one process wait here instead.
        self._turn: AbstractContextManager[object] = Lock() if database.one_writer else nullcontext()

    def keep(self, source: str, raws: Sequence[bytes]) -> None:
        """Keep what came, as it came. Once this returns, it is applied one day, whatever happens."""
        with self._turn, self._database.writing() as connection:
            now = self._database.clock()
            connection.execute(
                insert(posts), [{"source": source, "raw": raw, "tried": 0, "heard_at": now} for raw in raws]
            )

    def count(self) -> int:
        """Return how many posts wait."""
        with self._database.reading() as connection:
            return connection.scalar(select(func.count()).select_from(posts)) or 0

    def apply(self, read: Callable[[Post], Read], *, most: int = 1) -> Applied:
        """Apply the oldest posts, `most` at once, and return what became of them; no posts where none waits.

        One that could not be applied before is taken alone. What is known already is written no second time: an event
        is the same where delivery, state, time and words are, whatever id it has. Raises what `read` raises: the post
        then waits.
        """
        with self._turn, self._database.writing() as connection:
            oldest = _OLDEST.limit(most).with_for_update(skip_locked=True)
            rows = connection.execute(oldest).all()
            taken = [_to_post(row) for row in [row for row in rows if not row.tried] or rows[:1]]
            done = [self._apply(connection, post, read(post)) for post in taken]
            if taken:
                connection.execute(delete(posts).where(posts.c.id.in_([post.number for post in taken])))
        return reduce(Applied.plus, done, Applied())

    def put_back(self) -> None:
        """Let the oldest post wait behind the others: it could not be applied."""
        with self._turn, self._database.writing() as connection:
            oldest = connection.scalar(_OLDEST.with_only_columns(posts.c.id).limit(1))
            connection.execute(update(posts).where(posts.c.id == oldest).values(tried=posts.c.tried + 1))

    def _apply(self, connection: Connection, post: Post, said: Read) -> Applied:
        refs = [event.ref or matching.find_by_address(connection, event) for event in said.events]
        rows = reports.find(connection, filter(None, refs))
        known, before = courses.read_with_words(connection, sorted(rows))
        attempts = {ref: reports.attempt_of(row, known[ref]) for ref, row in rows.items() if known[ref].attempts}
        now = self._database.clock()
        heard = [
            matching.outcome(event, ref, attempts[ref], now) if ref in attempts else None
            for event, ref in zip(said.events, refs, strict=True)
        ]
        new = _new(heard, before)
        if any(new):
            others = matching.settled_with(connection, list(rows.values()))
            more = reports.find(connection, (each.ref for each in others))
            outcomes = (*filter(None, new), *others)
            report = Report(source=post.source, outcomes=outcomes, raw=_kept(post, said, new))
            rows, known = {**rows, **more}, known | courses.read(connection, sorted(more))
            reports.write(connection, report, rows, known, salt=self._random_bytes(_SALT), now=now)
        strange, fresh = heard.count(None), len(new) - new.count(None)
        return Applied(posts=1, new=fresh, known=len(heard) - strange - fresh, strange=strange, ignored=said.ignored)


def _new(heard: Iterable[Outcome | None], before: set[tuple[str, courses.Said]]) -> list[Outcome | None]:
    """Return in each place what was not heard before, in another post or in this one; None for the rest."""
    new: list[Outcome | None] = []
    for outcome in heard:
        same = (outcome.ref, matching.said(outcome)) if outcome else None
        new.append(None if same is None or same in before else outcome)
        if same:
            before.add(same)
    return new


def _kept(post: Post, said: Read, new: Sequence[Outcome | None]) -> bytes:
    """Return what is kept word by word: the signed post where all of it is new, and of deliveries of this ledger.

    Else only the events that are: erasing an account finds what its own reports speak of, and nothing beside.
    """
    if not said.ignored and None not in new:
        return post.raw
    return b"[" + b",".join(said.words(place) for place, each in enumerate(new) if each) + b"]"


def _to_post(row: Row[Any]) -> Post:
    return Post(number=row.id, source=row.source, raw=bytes(row.raw))
