"""The tables, as SQLAlchemy Core knows them; `migrations/` brings a database to this shape.

Three kinds. *Working* rows change: accounts, deliveries. *Evidence* is append-only: triggers refuse UPDATE and DELETE,
and it names a delivery by its opaque reference and an account by its opaque `key`, nothing else. *Personal* values with
their salts (persons, personalizations, raw reports) can be erased: evidence then names nobody, and its seals hold.

Evidence has entries and parts. An *entry* has `happened_at` and `heard_at`, and is sealed. A *part* (an imported
account, a variant, a recipient, an outcome) is written with its entry, which has the Merkle root of its parts; it has
its entry's times, and an outcome also its own `happened_at`. `kinds.py` lists them.

Evidence also answers for every working and personal row, so that a changed one shows: an import commits to each
account as it was brought in, a decision to the deliveries it announced, a recipient to what was filled in, a report to
what was heard. Where a delivery stands follows from decisions, attempts and outcomes. `kinds.FREE` lists what is
left.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Date,
    ForeignKey,
    FromClause,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    literal,
    text,
)

from toolkit.ledger.columns import UtcDateTime, metadata, times
from toolkit.ledger.states import State

REVISION = "0004"
"""The newest migration, named here so that opening a ledger that has it needs no Alembic."""


accounts = Table(
    "accounts",
    metadata,
    Column("key", Integer, primary_key=True, autoincrement=False),
    Column("language", Text, nullable=False),
    Column("created_on", Date, nullable=False),
    Column("closed_on", Date),
    Column("restricted", Boolean, nullable=False),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("notice", ForeignKey("notices.id"), primary_key=True),
    Column("account", ForeignKey("accounts.key"), primary_key=True),
    Column("ref", Text, nullable=False, unique=True),  # random: nothing outside the ledger leads from it to an account
    Column("variant", Integer, nullable=False),
    Column("though_closed", Boolean, nullable=False),
    Column("state", Text, nullable=False),
    Column("claim", Text),
    Column("lease_until", UtcDateTime),
    Column("attempt", ForeignKey("attempts.id")),
    sqlite_with_rowid=False,
)


def _partial(name: str, state: str, *columns: str) -> Index:
    """Index only the few deliveries in one state: a claim stays quick when millions are done."""
    where = text(f"state = '{state}'")
    return Index(name, *(deliveries.c[column] for column in columns), sqlite_where=where, postgresql_where=where)


_partial("ix_deliveries_pending", "pending", "state", "notice", "variant", "account")
_partial("ix_deliveries_claimed", "claimed", "state", "notice", "lease_until")
_partial("ix_deliveries_unknown", "unknown", "state", "notice", "attempt")


def is_in(state: State, table: FromClause = deliveries) -> ColumnElement[bool]:
    """Compare with the state itself, not with a parameter: only then is the partial index used."""
    return table.c.state == literal(state.value, literal_execute=True)


persons = Table(
    "persons",
    metadata,
    Column("account", ForeignKey("accounts.key"), primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, unique=True),  # the account in the client's own system
    Column("email", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("salt", LargeBinary, nullable=False),  # of the newest import's commitment to this account
)

personalizations = Table(
    "personalizations",
    metadata,
    Column("ref", Text, primary_key=True),
    Column("attempt", ForeignKey("attempts.id"), primary_key=True),
    Column("filled", Text, nullable=False),  # what was filled in, as a JSON object
    Column("salt", LargeBinary, nullable=False),  # of the recipient's commitment
    sqlite_with_rowid=False,
)

raw_reports = Table(
    "raw_reports",
    metadata,
    Column("report", ForeignKey("reports.id"), primary_key=True, autoincrement=False),
    Column("raw", LargeBinary, nullable=False),
    Column("salt", LargeBinary, nullable=False),
)

# A column that is added to evidence later must be nullable: an empty one is left out of a row's canonical bytes.
origin = Table(
    "origin",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),  # always 1
    Column("ledger", Text, nullable=False),  # a random name of this very ledger
    Column("rehearsal", Boolean, nullable=False),
    *times(),
)

instances = Table(
    "instances",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("place", Text, nullable=False),  # where the ledger lives from then on: see `instance.py`
    *times(),
)

imports = Table(
    "imports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("accounts_root", Text, nullable=False),
    *times(),
)

imported = Table(
    "imported",
    metadata,
    Column("import", ForeignKey("imports.id"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("account", ForeignKey("accounts.key"), nullable=False),
    Column("commitment", Text, nullable=False),  # to the account as it was brought in
    Index("ix_imported_account", "account"),
    sqlite_with_rowid=False,
)

erasures = Table(
    "erasures",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("account", ForeignKey("accounts.key"), nullable=False, unique=True),
    *times(),
)

notices = Table(
    "notices",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("plan", Text, nullable=False, unique=True),
    Column("policy", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("rank", BigInteger, nullable=False),
    Column("version_digest", Text, nullable=False),
    Column("effective_on", Date, nullable=False),
    Column("audience", Integer, nullable=False),
    Column("audience_digest", Text, nullable=False),
    Column("sender", Text, nullable=False),
    Column("reply_to", Text, nullable=False),
    Column("transport", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("variants_root", Text, nullable=False),
    *times(),
    Index("ix_notices_policy", "policy", "rank"),
)

variants = Table(
    "variants",
    metadata,
    Column("notice", ForeignKey("notices.id"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("language", Text, nullable=False),
    Column("since", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("html", Text, nullable=False),
    sqlite_with_rowid=False,
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("notice", ForeignKey("notices.id"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("successor", ForeignKey("notices.id")),  # the notice that supersedes this one
    Column("deliveries_root", Text),  # of the deliveries that were announced
    *times(),
    Index("ix_decisions_notice", "notice"),
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("notice", ForeignKey("notices.id"), nullable=False),
    Column("transport", Text, nullable=False),
    Column("host", Text, nullable=False),
    Column("dated_at", UtcDateTime, nullable=False),
    Column("recipients_root", Text, nullable=False),
    *times(),
)

recipients = Table(
    "recipients",
    metadata,
    Column("attempt", ForeignKey("attempts.id"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("ref", Text, nullable=False),
    Column("account", ForeignKey("accounts.key"), nullable=False),
    Column("commitment", Text, nullable=False),
    Column("filled", Text),  # a commitment to what was filled in; not before schema 0002
    Index("ix_recipients_ref", "ref"),
    sqlite_with_rowid=False,
)

reports = Table(
    "reports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source", Text, nullable=False),
    Column("raw_digest", Text),  # a salted commitment to what was heard
    Column("outcomes_root", Text, nullable=False),
    *times(),
    Column("decision", Integer),  # the announcement under which deliveries were skipped
)

outcomes = Table(
    "outcomes",
    metadata,
    Column("report", ForeignKey("reports.id"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("ref", Text, nullable=False),
    Column("attempt", ForeignKey("attempts.id")),
    Column("state", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("provider_id", Text, nullable=False),
    Column("happened_at", UtcDateTime, nullable=False),
    Index("ix_outcomes_ref", "ref"),
    sqlite_with_rowid=False,
)

receipts = Table(
    "receipts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("policy", Text, nullable=False),
    Column("account", ForeignKey("accounts.key"), nullable=False),
    Column("version", Text, nullable=False),
    Column("rank", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("source", Text, nullable=False),
    *times(),
    Column("shown", Text),  # the digest of the version's words that were shown
    Column("ref", Text),  # the delivery whose link was used
    UniqueConstraint("policy", "account", "version", "kind"),
)

seals = Table(
    "seals",
    metadata,
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("entries", Integer, nullable=False),
    Column("root", Text, nullable=False),
    Column("digest", Text, nullable=False),
    *times(),
)

leaves = Table(
    "leaves",
    metadata,
    Column("seal", ForeignKey("seals.place"), primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("source", Text, nullable=False),
    Column("row", Integer, nullable=False),
    Column("digest", Text, nullable=False),
    UniqueConstraint("source", "row"),
    sqlite_with_rowid=False,
)
