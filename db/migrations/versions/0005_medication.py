"""Medication: the institution's drugs, orders, doses, skin tests, prescriptions, statements, boxes, the cupboard."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

TABLES = (
    "own_drug",
    "med_order",
    "dose",
    "skin_test",
    "order_review",
    "med_matter",
    "prescription",
    "med_statement",
    "dispense",
    "stock_move",
    "store_reading",
)

TWICE = """CREATE TRIGGER dose_twice_insert AFTER INSERT ON dose
    WHEN EXISTS (SELECT 1 FROM dose AS other WHERE other.rid = NEW.rid AND other.station <> NEW.station)
    BEGIN
        INSERT OR IGNORE INTO dose_twice (rid, resident) VALUES (NEW.rid, NEW.resident);
    END"""
"""Two stations recorded one slot: that is kept where it is written, so that nobody has to look through all doses."""

_SHELF = """drug = {0}.drug AND station = {0}.station
    AND owner = CASE {0}.supply WHEN 'own' THEN {0}.resident ELSE zeroblob(16) END"""
_COUNTS = "{0}.current = 1 AND {0}.state <> 'retracted' AND coalesce({0}.pieces, 0) > 0"
_UNKNOWN = "stale = stale OR {0}.lot <> '' OR {0}.at < since"


def _taken(sign: str, side: str) -> str:
    where, unknown = _SHELF.format(side), _UNKNOWN.format(side)
    return f"UPDATE stock_shelf SET taken = taken {sign} {side}.pieces, {unknown} WHERE {where};"  # noqa: S608  # only words of this file


_OLD, _NEW = _COUNTS.format("OLD"), _COUNTS.format("NEW")
_LATER = "AFTER UPDATE OF current, state ON dose"
SHELVES = (
    f"CREATE TRIGGER stock_taken_insert AFTER INSERT ON dose WHEN {_NEW} BEGIN {_taken('+', 'NEW')} END",
    f"CREATE TRIGGER stock_taken_back {_LATER} WHEN {_OLD} AND NOT ({_NEW}) BEGIN {_taken('-', 'OLD')} END",
    f"CREATE TRIGGER stock_taken_again {_LATER} WHEN {_NEW} AND NOT ({_OLD}) BEGIN {_taken('+', 'NEW')} END",
    """CREATE TRIGGER stock_moved_insert AFTER INSERT ON stock_move
        BEGIN
            INSERT INTO stock_shelf (drug, owner, station, since, words, lots, short, "left", expires, use_until,
                taken, stale) VALUES (NEW.drug, coalesce(NEW.owner, zeroblob(16)), NEW.station, NEW.at, NEW.words,
                '{}', 0, 0, NULL, NULL, 0, 1)
            ON CONFLICT (drug, owner) DO UPDATE SET stale = 1;
        END""",
    """CREATE TRIGGER stock_moved_update AFTER UPDATE OF current, state ON stock_move
        BEGIN
            UPDATE stock_shelf SET stale = 1
            WHERE drug = NEW.drug AND owner = coalesce(NEW.owner, zeroblob(16));
        END""",
)
"""What doses take since the last movement of a shelf; a movement makes its row unsure until the act writes it anew."""


def words(name: str) -> sa.Column:
    return sa.Column(name, sa.String(), nullable=False)


def rid(name: str) -> sa.Column:
    return sa.Column(name, sa.LargeBinary(length=16), nullable=False)


def recorded(table: str, *pieces: object, rowid: bool = True) -> None:
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
        **({} if rowid else {"sqlite_with_rowid": False}),
    )


def upgrade() -> None:
    _orders()
    _twice()
    _prescriptions()
    _cupboard()
    _shelves()


def _orders() -> None:
    recorded(
        "own_drug",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
    )
    op.create_index(
        "ix_own_drug_code", "own_drug", ["code"], unique=False, sqlite_where=sa.text("current = 1")
    )
    recorded(
        "med_order",
        sa.Column("resident", sa.LargeBinary(length=16), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("drug", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("dosing", sa.Text(), nullable=False),
        sa.Column("dose_unit", sa.String(), nullable=False),
        sa.Column("route", sa.String(), nullable=False),
        sa.Column("begins", sa.BigInteger(), nullable=False),
        sa.Column("frequency", sa.String(), nullable=False),
        sa.Column("times", sa.Text(), nullable=False),
        sa.Column("weekdays", sa.Text(), nullable=False),
        sa.Column("every_days", sa.Integer(), nullable=False),
        sa.Column("every_weeks", sa.Integer(), nullable=False),
        sa.Column("first_count", sa.Integer(), nullable=True),
        sa.Column("meal", sa.String(), nullable=False),
        sa.Column("ends", sa.BigInteger(), nullable=True),
        sa.Column("indication", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("own_supply", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("doctor", sa.LargeBinary(length=16), nullable=True),
        sa.Column("doctor_name", sa.String(), nullable=False),
        sa.Column("doctor_at", sa.BigInteger(), nullable=True),
        sa.Column("doctor_by", sa.BigInteger(), nullable=True),
        sa.Column("hospital", sa.String(), nullable=False),
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("verbal", sa.Text(), nullable=False),
        sa.Column("checked_by", sa.LargeBinary(length=16), nullable=True),
        sa.Column("checked_at", sa.BigInteger(), nullable=True),
        sa.Column("pauses", sa.Text(), nullable=False),
        sa.Column("ended_by", sa.LargeBinary(length=16), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("ended_why", sa.String(), nullable=False),
        sa.Column("replaces", sa.LargeBinary(length=16), nullable=True),
        sa.Column("limits", sa.Text(), nullable=False),
        sa.Column("prn", sa.Text(), nullable=False),
        sa.Column("found", sa.Text(), nullable=False),
        sa.Column("prescription", sa.LargeBinary(length=16), nullable=True),
        sa.CheckConstraint("kind in ('long', 'once', 'stat', 'prn', 'sos')", name=op.f("ck_med_order_kind")),
        sa.CheckConstraint(
            "status in ('issued', 'checked', 'paused', 'stopped', 'cancelled')",
            name=op.f("ck_med_order_status"),
        ),
        sa.ForeignKeyConstraint(["resident"], ["resident.rid"], name=op.f("fk_med_order_resident_resident")),
    )
    op.create_index(
        "ix_med_order_doctor_by",
        "med_order",
        ["doctor_by"],
        unique=False,
        sqlite_where=sa.text("current = 1 and doctor_by is not null"),
    )
    op.create_index("ix_med_order_number", "med_order", ["number"], unique=False)
    op.create_index(
        "ix_med_order_resident",
        "med_order",
        ["resident", "status"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
    )
    recorded(
        "dose",
        sa.Column("resident", sa.LargeBinary(length=16), nullable=False),
        sa.Column("med_order", sa.LargeBinary(length=16), nullable=False),
        sa.Column("drug", sa.String(), nullable=False),
        sa.Column("service_date", sa.Date(), nullable=False),
        sa.Column("slot", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("reason_code", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("amount", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("pieces", sa.Float(), nullable=True),
        sa.Column("late", sa.String(), nullable=False),
        sa.Column("second", sa.LargeBinary(length=16), nullable=True),
        sa.Column("check_how", sa.String(), nullable=False),
        sa.Column("check_why", sa.String(), nullable=False),
        sa.Column("counter_by", sa.LargeBinary(length=16), nullable=True),
        sa.Column("counter_at", sa.BigInteger(), nullable=True),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("lot", sa.String(), nullable=False),
        sa.Column("measured", sa.Text(), nullable=False),
        sa.Column("prn", sa.Text(), nullable=False),
        sa.Column("ended", sa.BigInteger(), nullable=True),
        sa.Column("swallowed", sa.String(), nullable=False),
        sa.Column("supply", sa.String(), nullable=False),
        sa.CheckConstraint(
            "outcome in ('given', 'partial', 'refused', 'held', 'away', 'not_given', 'missed', 'self')",
            name=op.f("ck_dose_outcome"),
        ),
        sa.ForeignKeyConstraint(["resident"], ["resident.rid"], name=op.f("fk_dose_resident_resident")),
        rowid=False,
    )
    op.create_index(
        "ix_dose_day", "dose", ["service_date", "resident"], unique=False, sqlite_where=sa.text("current = 1")
    )
    op.create_index(
        "ix_dose_order",
        "dose",
        ["med_order", "service_date", "slot", "kind", "state"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
    )
    op.create_index(
        "ix_dose_resident", "dose", ["resident", "at"], unique=False, sqlite_where=sa.text("current = 1")
    )
    recorded(
        "skin_test",
        sa.Column("resident", sa.LargeBinary(length=16), nullable=False),
        sa.Column("drug", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("lot", sa.String(), nullable=False),
        sa.Column("med_order", sa.LargeBinary(length=16), nullable=True),
        sa.Column("site", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("size", sa.String(), nullable=False),
        sa.Column("read_at", sa.BigInteger(), nullable=True),
        sa.Column("reader", sa.LargeBinary(length=16), nullable=True),
        sa.Column("second", sa.LargeBinary(length=16), nullable=True),
        sa.CheckConstraint("result in ('', 'negative', 'positive')", name=op.f("ck_skin_test_result")),
        sa.ForeignKeyConstraint(["resident"], ["resident.rid"], name=op.f("fk_skin_test_resident_resident")),
    )
    op.create_index(
        "ix_skin_test_resident", "skin_test", ["resident"], unique=False, sqlite_where=sa.text("current = 1")
    )
    recorded(
        "order_review",
        sa.Column("floor", sa.LargeBinary(length=16), nullable=False),
        sa.Column("floor_words", sa.String(), nullable=False),
        sa.Column("reviewed_on", sa.Date(), nullable=False),
        sa.Column("residents", sa.Integer(), nullable=False),
        sa.Column("orders", sa.Integer(), nullable=False),
        sa.Column("second", sa.LargeBinary(length=16), nullable=True),
        sa.Column("found", sa.Text(), nullable=False),
    )
    op.create_index(
        "ix_order_review_floor",
        "order_review",
        ["floor", "reviewed_on"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
    )
    recorded(
        "med_matter",
        sa.Column("resident", sa.LargeBinary(length=16), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("about", sa.LargeBinary(length=16), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.CheckConstraint(
            "what in ('double', 'contradiction', 'refusals', 'misses')", name=op.f("ck_med_matter_what")
        ),
        sa.ForeignKeyConstraint(["resident"], ["resident.rid"], name=op.f("fk_med_matter_resident_resident")),
    )
    op.create_index(
        "ix_med_matter_resident",
        "med_matter",
        ["resident", "what", "about"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
    )


def _prescriptions() -> None:
    recorded(
        "prescription",
        sa.Column("resident", sa.LargeBinary(length=16), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("weeks", sa.Integer(), nullable=False),
        sa.Column("diagnosis", sa.String(), nullable=False),
        sa.Column("doctor", sa.LargeBinary(length=16), nullable=True),
        sa.Column("doctor_name", sa.String(), nullable=False),
        sa.Column("doctor_title", sa.String(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.CheckConstraint("status in ('active', 'ended')", name=op.f("ck_prescription_status")),
        sa.CheckConstraint("what in ('long', 'extended', 'free')", name=op.f("ck_prescription_what")),
        sa.ForeignKeyConstraint(
            ["resident"], ["resident.rid"], name=op.f("fk_prescription_resident_resident")
        ),
    )
    op.create_index(
        "ix_prescription_ends",
        "prescription",
        ["ends"],
        unique=False,
        sqlite_where=sa.text("current = 1 and status = 'active'"),
    )
    op.create_index("ix_prescription_number", "prescription", ["number"], unique=False)
    op.create_index(
        "ix_prescription_resident",
        "prescription",
        ["resident", "what"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
    )
    recorded(
        "med_statement",
        sa.Column("resident", sa.LargeBinary(length=16), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("about", sa.LargeBinary(length=16), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("drawn", sa.Text(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.CheckConstraint("what in ('own_supply', 'long_term', 'free')", name=op.f("ck_med_statement_what")),
        sa.ForeignKeyConstraint(
            ["resident"], ["resident.rid"], name=op.f("fk_med_statement_resident_resident")
        ),
    )
    op.create_index(
        "ix_med_statement_resident",
        "med_statement",
        ["resident", "what"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
    )
    recorded(
        "dispense",
        sa.Column("resident", sa.LargeBinary(length=16), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("service_date", sa.Date(), nullable=False),
        sa.Column("round", sa.String(), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("second", sa.LargeBinary(length=16), nullable=True),
        sa.Column("second_at", sa.BigInteger(), nullable=True),
        sa.Column("receiver", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint("what in ('box', 'issue')", name=op.f("ck_dispense_what")),
        sa.ForeignKeyConstraint(["resident"], ["resident.rid"], name=op.f("fk_dispense_resident_resident")),
    )
    op.create_index(
        "ix_dispense_day",
        "dispense",
        ["service_date", "resident"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
    )


def _cupboard() -> None:
    recorded(
        "stock_move",
        sa.Column("drug", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("quantity", sa.Float(), nullable=False),
        sa.Column("owner", sa.LargeBinary(length=16), nullable=True),
        sa.Column("lot", sa.String(), nullable=False),
        sa.Column("expires", sa.Date(), nullable=True),
        sa.Column("expected", sa.Float(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("use_until", sa.Date(), nullable=True),
        sa.Column("second", sa.LargeBinary(length=16), nullable=True),
        sa.Column("supplier", sa.String(), nullable=False),
        sa.Column("photo", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "what in ('receipt', 'count', 'shift_count', 'disposal', 'hand_back', 'opened', 'transfer', 'empties', "
            "'issue')",
            name=op.f("ck_stock_move_what"),
        ),
        sa.ForeignKeyConstraint(["owner"], ["resident.rid"], name=op.f("fk_stock_move_owner_resident")),
    )
    op.create_index(
        "ix_stock_move_drug",
        "stock_move",
        ["drug", "owner"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
    )
    op.create_index(
        "ix_stock_move_owner", "stock_move", ["owner"], unique=False, sqlite_where=sa.text("current = 1")
    )
    recorded(
        "store_reading",
        sa.Column("store", sa.String(), nullable=False),
        sa.Column("celsius", sa.Float(), nullable=False),
        sa.Column("humidity", sa.Float(), nullable=True),
        sa.Column("act", sa.String(), nullable=False),
    )
    op.create_index(
        "ix_store_reading_store",
        "store_reading",
        ["store", "at"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
    )


def _twice() -> None:
    for name, where in (
        ("not_taken", "current = 1 and outcome in ('refused', 'missed')"),
        ("prn", "current = 1 and kind = 'prn'"),
        ("alone", "current = 1 and check_how = 'alone' and counter_by is null"),
    ):
        op.create_index(f"ix_dose_{name}", "dose", ["at"], unique=False, sqlite_where=sa.text(where))
    op.create_table(
        "dose_twice",
        rid("rid"),
        rid("resident"),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_dose_twice")),
        sqlite_with_rowid=False,
    )
    op.execute(TWICE)


def _shelves() -> None:
    op.create_index(
        "ix_med_order_use",
        "med_order",
        ["status", "kind", "ends", "state", "resident", "drug", "own_supply", "rid", "revision"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
    )
    op.create_index("ix_dose_drug", "dose", ["drug", "at"], unique=False, sqlite_where=sa.text("current = 1"))
    op.create_table(
        "stock_shelf",
        words("drug"),
        rid("owner"),
        words("station"),
        sa.Column("since", sa.BigInteger(), nullable=False),
        words("words"),
        sa.Column("lots", sa.Text(), nullable=False),
        sa.Column("short", sa.Float(), nullable=False),
        sa.Column("left", sa.Float(), nullable=False),
        sa.Column("expires", sa.Date(), nullable=True),
        sa.Column("use_until", sa.Date(), nullable=True),
        sa.Column("taken", sa.Float(), nullable=False),
        sa.Column("stale", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("drug", "owner", name=op.f("pk_stock_shelf")),
        sqlite_with_rowid=False,
    )
    for trigger in SHELVES:
        op.execute(trigger)


def downgrade() -> None:
    for name in ("taken_insert", "taken_back", "taken_again", "moved_insert", "moved_update"):
        op.execute(f"DROP TRIGGER stock_{name}")
    op.drop_table("stock_shelf")
    op.execute("DROP TRIGGER dose_twice_insert")
    op.drop_table("dose_twice")
    for table in reversed(TABLES):
        op.drop_table(table)
