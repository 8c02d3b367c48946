"""Every instrument: what an assessment came to in words, what people said of it, due dates decided, own instruments."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

CURRENT = "current = 1"
FOUND = (
    (0, "能力完好", "ok"),
    (1, "轻度失能", "info"),
    (2, "中度失能", "warn"),
    (3, "重度失能", "orange"),
    (4, "完全失能", "danger"),
)
"""The levels of the one instrument there was, as its file called them."""
LATEST = """INSERT INTO assessment_latest (resident, instrument, rid, assessed_on, signed_at, due_on)
    SELECT resident, instrument, rid, assessed_on,
        (SELECT min(first.recorded_at) FROM assessment AS first WHERE first.rid = assessment.rid), due_on
    FROM assessment
    WHERE {whose} current = 1 AND state IN ('signed', 'corrected') AND undone = ''
    ORDER BY assessed_on DESC, recorded_at DESC"""
"""The latest that was really done; `signed_at` is when it was first signed, no matter what was corrected since."""
RENEW = f"""BEGIN
        DELETE FROM assessment_latest WHERE resident = NEW.resident AND instrument = NEW.instrument;
        {LATEST.format(whose="resident = NEW.resident AND instrument = NEW.instrument AND")} LIMIT 1;
    END"""  # noqa: S608  # made of nothing but what stands above
TRIGGERS = (
    f"CREATE TRIGGER assessment_latest_insert AFTER INSERT ON assessment WHEN NEW.current = 1 {RENEW}",
    f"CREATE TRIGGER assessment_latest_update AFTER UPDATE OF current, state ON assessment {RENEW}",
)


def words(name: str) -> sa.Column:
    return sa.Column(name, sa.String(), nullable=False)


def later(name: str, kind: sa.types.TypeEngine, default: str) -> sa.Column:
    """A column that rows written before have, too."""
    return sa.Column(name, kind, server_default=sa.text(default), nullable=False)


def rid(name: str) -> sa.Column:
    return sa.Column(name, sa.LargeBinary(length=16), nullable=False)


def recorded(table: str, *pieces: object) -> None:
    """A table of clinical records: its own columns, the envelope, its own constraints."""
    op.create_table(
        table,
        *(one for one in pieces if isinstance(one, sa.Column)),
        rid("rid"),
        sa.Column("revision", sa.Integer(), nullable=False),
        words("station"),
        sa.Column("current", sa.Boolean(), nullable=False),
        words("state"),
        rid("author"),
        words("author_role"),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("clock_offset_ms", sa.Integer(), nullable=True),
        words("source"),
        sa.Column("reason", sa.String(), nullable=True),
        *(one for one in pieces if not isinstance(one, sa.Column)),
        sa.PrimaryKeyConstraint("rid", "revision", "station", name=op.f(f"pk_{table}")),
    )


def of_resident(table: str) -> tuple[object, ...]:
    """The column that says whose the record is, and what holds it to the register."""
    name = op.f(f"fk_{table}_resident_resident")
    return rid("resident"), sa.ForeignKeyConstraint(["resident"], ["resident.rid"], name=name)


def index(table: str, *columns: str) -> None:
    op.create_index(
        f"ix_{table}_{columns[0]}", table, list(columns), unique=False, sqlite_where=sa.text(CURRENT)
    )


def upgrade() -> None:
    for name in ("finding", "tone", "undone"):
        op.add_column("assessment", later(name, sa.String(), "''"))
    op.add_column("assessment", later("risks", sa.Text(), "'{}'"))
    for level, found, tone in FOUND:
        op.execute(
            sa.text("UPDATE assessment SET finding = :found, tone = :tone WHERE level = :level").bindparams(
                found=found, tone=tone, level=level
            )
        )
    _latest()
    table = "assessment_statement"
    known = "what in ('agree', 'refuse', 'doubt', 'informant', 'assessor', 'care')"
    recorded(
        table,
        *of_resident(table),
        rid("assessment"),
        *(words(name) for name in ("what", "name", "relation", "words")),
        sa.Column("drawn", sa.Text(), nullable=False),
        sa.Column("decided", sa.Text(), nullable=False),
        sa.CheckConstraint(known, name=op.f(f"ck_{table}_what")),
    )
    index(table, "assessment")
    index(table, "resident")
    table = "assessment_deferral"
    recorded(
        table,
        *of_resident(table),
        *(words(name) for name in ("instrument", "cause")),
        sa.Column("caused_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
    )
    index(table, "resident", "instrument")
    recorded("own_instrument", *(words(name) for name in ("code", "version", "title", "text")))
    index("own_instrument", "code")


def _latest() -> None:
    op.create_table(
        "assessment_latest",
        rid("resident"),
        words("instrument"),
        rid("rid"),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("signed_at", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("resident", "instrument", name=op.f("pk_assessment_latest")),
        sqlite_with_rowid=False,
    )
    op.execute(LATEST.format(whose="").replace("INSERT INTO", "INSERT OR IGNORE INTO"))
    for trigger in TRIGGERS:
        op.execute(trigger)


def downgrade() -> None:
    for name in ("assessment_latest_insert", "assessment_latest_update"):
        op.execute(f"DROP TRIGGER {name}")
    op.drop_table("assessment_latest")
    for table in ("own_instrument", "assessment_deferral", "assessment_statement"):
        op.drop_table(table)
    for name in ("risks", "undone", "tone", "finding"):
        op.drop_column("assessment", name)
