"""The daily record: vital signs, journals, care tasks, incidents, absences, levels; more to say of people and stays."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

CURRENT = "current = 1"
STANDS = "current = 1 and state <> 'retracted'"
TRIGGERS = (
    """CREATE TRIGGER vital_latest_insert AFTER INSERT ON vital
        WHEN NEW.current = 1 AND NEW.state <> 'retracted' AND NEW.absent = ''
        BEGIN
            INSERT INTO vital_latest (resident, code, rid, at, recorded_at, value, second, words) VALUES (NEW.resident,
                NEW.code, NEW.rid, NEW.at, NEW.recorded_at, NEW.value, NEW.second, NEW.words)
            ON CONFLICT (resident, code) DO UPDATE SET rid = excluded.rid, at = excluded.at,
                recorded_at = excluded.recorded_at, value = excluded.value, second = excluded.second,
                words = excluded.words
            WHERE (excluded.at, excluded.recorded_at) >= (vital_latest.at, vital_latest.recorded_at);
        END""",
    """CREATE TRIGGER vital_latest_update AFTER UPDATE OF current, state ON vital
        BEGIN
            DELETE FROM vital_latest WHERE resident = NEW.resident AND code = NEW.code AND rid = NEW.rid;
            INSERT OR IGNORE INTO vital_latest (resident, code, rid, at, recorded_at, value, second, words)
                SELECT resident, code, rid, at, recorded_at, value, second, words FROM vital
                WHERE resident = NEW.resident AND code = NEW.code AND current = 1 AND state <> 'retracted'
                    AND absent = ''
                ORDER BY at DESC, recorded_at DESC LIMIT 1;
        END""",
)
TEXTS = {
    "contact": ("address", "second_phone", "note"),
    "resident": (
        "archive_number", "household_address", "residence", "occupation", "blood_type", "rhesus", "living", "photo",
    ),
    "stay": ("outcome", "note"),
}  # fmt: skip
IDS = ("nurse", "doctor")


def words(name: str) -> sa.Column:
    return sa.Column(name, sa.String(), nullable=False)


def empty(name: str, default: str = "''") -> sa.Column:
    """A text that rows written before have, too."""
    return sa.Column(name, sa.String(), server_default=sa.text(default), nullable=False)


def rid(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.LargeBinary(length=16), nullable=nullable)


def instant(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def day(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.Date(), nullable=nullable)


def json(name: str) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=False)


def clinical(table: str, *columns: object, of: bool = True, **options: bool) -> None:
    """A table of clinical records: its own columns, then the envelope; `of` False: not of a resident, always."""
    op.create_table(
        table,
        rid("resident", nullable=not of),
        *columns,
        rid("rid"),
        sa.Column("revision", sa.Integer(), nullable=False),
        words("station"),
        sa.Column("current", sa.Boolean(), nullable=False),
        words("state"),
        rid("author"),
        words("author_role"),
        instant("at"),
        instant("recorded_at"),
        sa.Column("clock_offset_ms", sa.Integer(), nullable=True),
        words("source"),
        sa.Column("reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["resident"], ["resident.rid"], name=op.f(f"fk_{table}_resident_resident")),
        sa.PrimaryKeyConstraint("rid", "revision", "station", name=op.f(f"pk_{table}")),
        **options,
    )


def check(table: str, name: str, rule: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(rule, name=op.f(f"ck_{table}_{name}"))


def index(name: str, table: str, columns: tuple[str, ...], where: str, *, unique: bool = False) -> None:
    op.create_index(name, table, list(columns), unique=unique, sqlite_where=sa.text(where))


def upgrade() -> None:
    _people()
    _vitals()
    _journals_and_care()
    _incidents()
    for trigger in TRIGGERS:
        op.execute(trigger)


def _people() -> None:
    for table, names in TEXTS.items():
        for name in names:
            op.add_column(table, empty(name))
    op.add_column("contact", sa.Column("powers", sa.Text(), server_default=sa.text("'[]'"), nullable=False))
    for name in IDS:
        op.add_column("resident", rid(name, nullable=True))
    op.add_column("stay", empty("mode", "'resident'"))
    op.add_column("stay", empty("status", "'in'"))
    op.add_column("stay", day("expected"))
    op.execute("UPDATE stay SET status = 'ended' WHERE ends IS NOT NULL")
    op.create_table(
        "blob",
        words("sha256"),
        words("media"),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_blob")),
    )
    clinical(
        "absence",
        rid("stay"),
        words("code"),
        instant("begins"),
        instant("planned", nullable=True),
        instant("ends", nullable=True),
        *(words(name) for name in ("whither", "why", "escort", "phone")),
        sa.Column("bed_kept", sa.Boolean(), nullable=False),
        day("keep_until"),
        words("condition"),
        check("absence", "code", "code in ('leave', 'hospital')"),
        check("absence", "ends", "ends is null or ends >= begins"),
    )
    index("ix_absence_resident", "absence", ("resident", "begins"), CURRENT)
    away = "current = 1 and ends is null and state <> 'retracted'"
    index("uq_absence_open", "absence", ("resident",), away, unique=True)
    clinical(
        "grade",
        words("what"),
        words("value"),
        day("since", nullable=False),
        day("review_on"),
        json("basis"),
        words("note"),
        check("grade", "what", "what in ('care_level', 'care_stage', 'nursing_grade')"),
    )
    index("ix_grade_resident", "grade", ("resident", "what", "since"), CURRENT)


def _vitals() -> None:
    clinical(
        "vital",
        words("code"),
        rid("set_id"),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("second", sa.Float(), nullable=True),
        words("words"),
        json("how"),
        words("absent"),
        words("note"),
        check("vital", "value", "(value is null and words = '') = (absent <> '')"),
        sqlite_with_rowid=False,
    )
    index("ix_vital_chart", "vital", ("resident", "code", "at", "value", "second"), STANDS)
    index("ix_vital_at", "vital", ("at",), STANDS)
    op.create_index("ix_vital_set", "vital", ["set_id"], unique=False)
    index("ix_vital_retracted", "vital", ("resident", "at"), "current = 1 and state = 'retracted'")
    op.create_table(
        "vital_latest",
        rid("resident"),
        words("code"),
        rid("rid"),
        instant("at"),
        instant("recorded_at"),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("second", sa.Float(), nullable=True),
        words("words"),
        sa.PrimaryKeyConstraint("resident", "code", name=op.f("pk_vital_latest")),
        sqlite_with_rowid=False,
    )
    clinical(
        "vital_profile",
        words("consciousness"),
        sa.Column("spo2_scale", sa.Integer(), nullable=False),
        json("limits"),
        words("note"),
        check("vital_profile", "spo2_scale", "spo2_scale in (1, 2)"),
    )
    index("ix_vital_profile_resident", "vital_profile", ("resident",), CURRENT)


def _journals_and_care() -> None:
    clinical("entry", words("journal"), json("content"), day("begins"), day("ends"), day("due_on"))
    index("ix_entry_resident", "entry", ("resident", "journal", "at"), CURRENT)
    due = "current = 1 and due_on is not null and ends is null and state <> 'retracted'"
    index("ix_entry_due", "entry", ("due_on",), due)
    clinical(
        "care_task",
        *(words(name) for name in ("code", "words", "problem", "goal", "role")),
        json("times"),
        json("weekdays"),
        day("begins", nullable=False),
        day("ends"),
        words("origin"),
        words("note"),
    )
    index("ix_care_task_resident", "care_task", ("resident",), CURRENT)
    clinical(
        "care_doing",
        rid("task"),
        day("service_date", nullable=False),
        *(words(name) for name in ("slot", "outcome", "why", "note")),
        check("care_doing", "outcome", "outcome in ('done', 'partly', 'refused', 'not_done', 'away')"),
    )
    index("ix_care_doing_day", "care_doing", ("service_date", "resident"), CURRENT)
    index("ix_care_doing_resident", "care_doing", ("resident", "at"), CURRENT)


def _incidents() -> None:
    clinical(
        "incident",
        *(words(name) for name in ("number", "code", "status", "place", "harm", "happened")),
        json("content"),
        check("incident", "status", "status in ('reported', 'reviewed', 'closed')"),
        of=False,
    )
    index("ix_incident_resident", "incident", ("resident", "at"), CURRENT)
    index("ix_incident_status", "incident", ("status", "at"), CURRENT)
    op.create_index(op.f("ix_incident_number"), "incident", ["number"], unique=False)


def downgrade() -> None:
    for name in ("vital_latest_insert", "vital_latest_update"):
        op.execute(f"DROP TRIGGER {name}")
    for table in ("incident", "care_doing", "care_task", "entry", "vital_profile", "vital_latest", "vital"):
        op.drop_table(table)
    for table in ("grade", "absence", "blob"):
        op.drop_table(table)
    for name in ("expected", "status", "mode"):
        op.drop_column("stay", name)
    for name in IDS:
        op.drop_column("resident", name)
    op.drop_column("contact", "powers")
    for table, names in TEXTS.items():
        for name in reversed(names):
            op.drop_column(table, name)
