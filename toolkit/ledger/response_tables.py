"""The tables of what comes back: consents, objections, keys of the portal, posts that wait to be applied.

`schema.py` says what the three kinds of table are. A post and a kept answer are working state that nothing is read
off later: the one is gone once it is applied, the other once it is old.
"""

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Table, Text, UniqueConstraint

from toolkit.ledger.columns import UtcDateTime, metadata, times

consents = Table(
    "consents",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("policy", Text, nullable=False),
    Column("account", ForeignKey("accounts.key"), nullable=False),
    Column("version", Text, nullable=False),  # that needs it; for a purpose, the one in force
    Column("purpose", Text, nullable=False),  # empty for the version's own
    Column("kind", Text, nullable=False),
    Column("words", Text, nullable=False),  # that the person was shown
    Column("language", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("ref", Text),  # the delivery whose link was used
    *times(),
    Index("ix_consents_account", "account"),
)

objections = Table(
    "objections",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("policy", Text, nullable=False),
    Column("account", ForeignKey("accounts.key"), nullable=False),
    Column("version", Text, nullable=False),
    Column("commitment", Text, nullable=False),  # to what the person wrote
    Column("language", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("ref", Text),
    *times(),
    Index("ix_objections_account", "account"),
)

objection_texts = Table(
    "objection_texts",
    metadata,
    Column("objection", ForeignKey("objections.id"), primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
    Column("salt", LargeBinary, nullable=False),
)

forwardings = Table(
    "forwardings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("objection", ForeignKey("objections.id"), nullable=False),
    Column("transport", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("text", Text, nullable=False),
    *times(),
    Index("ix_forwardings_objection", "objection"),
)

api_keys = Table(
    "api_keys",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("scopes", Text, nullable=False),
    Column("digest", Text, nullable=False),  # SHA-256 of the key, which has 256 random bits
    *times(),
    UniqueConstraint("digest"),
)

revocations = Table(
    "revocations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", ForeignKey("api_keys.id"), nullable=False),
    *times(),
    UniqueConstraint("key"),
)

posts = Table(
    "posts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", Text, nullable=False),
    Column("raw", LargeBinary, nullable=False),
    Column("tried", Integer, nullable=False),  # how often it could not be applied
    Column("heard_at", UtcDateTime, nullable=False),
)

answers = Table(
    "answers",
    metadata,
    Column("caller", Text, primary_key=True),
    Column("key", Text, primary_key=True),  # what the caller named its request by
    Column("request", Text, nullable=False),  # a digest of it
    Column("answer", Text, nullable=False),
    Column("heard_at", UtcDateTime, nullable=False),
    Index("ix_answers_heard_at", "heard_at"),
    sqlite_with_rowid=False,
)

RESPONSES = (consents, objections, forwardings, api_keys, revocations)
"""Those that are evidence, and sealed."""

WAITING = (posts, answers)
"""Those that evidence does not answer for."""
