"""Rehab: evaluations, plans, goals, items, changed times, sessions, therapists' time, aids lent; measured values."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TABLES = (
    "rehab_evaluation",
    "rehab_plan",
    "rehab_goal",
    "goal_rating",
    "rehab_item",
    "rehab_booking",
    "rehab_session",
    "therapist_time",
    "aid_loan",
)


def words(name: str) -> sa.Column:
    return sa.Column(name, sa.String(), nullable=False)


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


def upgrade() -> None:
    op.add_column("assessment", sa.Column("measured", sa.Float(), nullable=True))
    _plans()
    _training()


def _plans() -> None:
    recorded(
        "rehab_evaluation",
        sa.Column("resident", sa.LargeBinary(length=16), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("evaluated_on", sa.Date(), nullable=False),
        sa.Column("diagnosis", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("problems", sa.Text(), nullable=False),
        sa.Column("contraindications", sa.Text(), nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column("vitals", sa.Text(), nullable=False),
        sa.Column("plan", sa.LargeBinary(length=16), nullable=True),
        sa.CheckConstraint("stage in ('first', 'middle', 'final')", name=op.f("ck_rehab_evaluation_stage")),
        sa.ForeignKeyConstraint(
            ["resident"], ["resident.rid"], name=op.f("fk_rehab_evaluation_resident_resident")
        ),
    )
    op.create_index(
        "ix_rehab_evaluation_resident",
        "rehab_evaluation",
        ["resident", "evaluated_on"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
    )
    recorded(
        "rehab_plan",
        sa.Column("resident", sa.LargeBinary(length=16), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("phase", sa.String(), nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("problems", sa.Text(), nullable=False),
        sa.Column("contraindications", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column("limits", sa.Text(), nullable=False),
        sa.Column("conditions", sa.Text(), nullable=False),
        sa.Column("evaluation", sa.LargeBinary(length=16), nullable=True),
        sa.Column("lead", sa.LargeBinary(length=16), nullable=True),
        sa.Column("doctor", sa.LargeBinary(length=16), nullable=True),
        sa.Column("doctor_at", sa.BigInteger(), nullable=True),
        sa.Column("therapist", sa.LargeBinary(length=16), nullable=True),
        sa.Column("therapist_at", sa.BigInteger(), nullable=True),
        sa.Column("consent", sa.Text(), nullable=False),
        sa.Column("consent_at", sa.BigInteger(), nullable=True),
        sa.Column("pauses", sa.Text(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ending", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "status in ('drawn_up', 'running', 'closed', 'cancelled')", name=op.f("ck_rehab_plan_status")
        ),
        sa.ForeignKeyConstraint(["resident"], ["resident.rid"], name=op.f("fk_rehab_plan_resident_resident")),
    )
    op.create_index(op.f("ix_rehab_plan_number"), "rehab_plan", ["number"], unique=False)
    op.create_index(
        "ix_rehab_plan_resident",
        "rehab_plan",
        ["resident", "status"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
    )
    op.create_index(
        "ix_rehab_plan_review",
        "rehab_plan",
        ["review_on"],
        unique=False,
        sqlite_where=sa.text("current = 1 and status = 'running'"),
    )
    recorded(
        "rehab_goal",
        sa.Column("resident", sa.LargeBinary(length=16), nullable=False),
        sa.Column("plan", sa.LargeBinary(length=16), nullable=False),
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("condition", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("baseline", sa.Float(), nullable=True),
        sa.Column("target", sa.Float(), nullable=False),
        sa.Column("falling", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("serves", sa.LargeBinary(length=16), nullable=True),
        sa.Column("problem", sa.String(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("steps", sa.Text(), nullable=False),
        sa.Column("attained_on", sa.Date(), nullable=True),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.CheckConstraint("status in ('open', 'attained', 'dropped')", name=op.f("ck_rehab_goal_status")),
        sa.CheckConstraint("term in ('long', 'short')", name=op.f("ck_rehab_goal_term")),
        sa.ForeignKeyConstraint(["resident"], ["resident.rid"], name=op.f("fk_rehab_goal_resident_resident")),
    )
    op.create_index(
        "ix_rehab_goal_plan", "rehab_goal", ["plan"], unique=False, sqlite_where=sa.text("current = 1")
    )
    op.create_index(
        "ix_rehab_goal_resident",
        "rehab_goal",
        ["resident"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
    )
    recorded(
        "goal_rating",
        sa.Column("resident", sa.LargeBinary(length=16), nullable=False),
        sa.Column("goal", sa.LargeBinary(length=16), nullable=False),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("gas", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("session", sa.LargeBinary(length=16), nullable=True),
        sa.Column("assessment", sa.LargeBinary(length=16), nullable=True),
        sa.CheckConstraint("gas is null or gas between -2 and 2", name=op.f("ck_goal_rating_gas")),
        sa.ForeignKeyConstraint(
            ["resident"], ["resident.rid"], name=op.f("fk_goal_rating_resident_resident")
        ),
    )
    op.create_index(
        "ix_goal_rating_goal",
        "goal_rating",
        ["goal", "at"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
    )
    op.create_index(
        "ix_goal_rating_resident",
        "goal_rating",
        ["resident", "at"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
    )
    recorded(
        "rehab_item",
        sa.Column("resident", sa.LargeBinary(length=16), nullable=False),
        sa.Column("plan", sa.LargeBinary(length=16), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("discipline", sa.String(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("per_week", sa.Integer(), nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("week", sa.Text(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("dose", sa.Text(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("therapist", sa.LargeBinary(length=16), nullable=True),
        sa.Column("goal", sa.LargeBinary(length=16), nullable=True),
        sa.Column("together", sa.String(), nullable=False),
        sa.Column("accepted", sa.Text(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["resident"], ["resident.rid"], name=op.f("fk_rehab_item_resident_resident")),
    )
    op.create_index(
        "ix_rehab_item_plan", "rehab_item", ["plan"], unique=False, sqlite_where=sa.text("current = 1")
    )
    op.create_index(
        "ix_rehab_item_resident",
        "rehab_item",
        ["resident"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
    )


def _training() -> None:
    recorded(
        "rehab_booking",
        sa.Column("resident", sa.LargeBinary(length=16), nullable=False),
        sa.Column("item", sa.LargeBinary(length=16), nullable=False),
        sa.Column("service_date", sa.Date(), nullable=False),
        sa.Column("slot", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("to_date", sa.Date(), nullable=True),
        sa.Column("to_slot", sa.String(), nullable=False),
        sa.Column("therapist", sa.LargeBinary(length=16), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("accepted", sa.Text(), nullable=False),
        sa.Column("instead_of", sa.LargeBinary(length=16), nullable=True),
        sa.CheckConstraint(
            "what in ('moved', 'cancelled', 'extra', 'waived')", name=op.f("ck_rehab_booking_what")
        ),
        sa.ForeignKeyConstraint(
            ["resident"], ["resident.rid"], name=op.f("fk_rehab_booking_resident_resident")
        ),
    )
    op.create_index(
        "ix_rehab_booking_day",
        "rehab_booking",
        ["service_date", "resident"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
    )
    op.create_index(
        "ix_rehab_booking_item", "rehab_booking", ["item"], unique=False, sqlite_where=sa.text("current = 1")
    )
    op.create_index(
        "ix_rehab_booking_to", "rehab_booking", ["to_date"], unique=False, sqlite_where=sa.text("current = 1")
    )
    recorded(
        "rehab_session",
        sa.Column("resident", sa.LargeBinary(length=16), nullable=False),
        sa.Column("plan", sa.LargeBinary(length=16), nullable=False),
        sa.Column("item", sa.LargeBinary(length=16), nullable=False),
        sa.Column("service_date", sa.Date(), nullable=False),
        sa.Column("slot", sa.String(), nullable=False),
        sa.Column("discipline", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("therapist", sa.LargeBinary(length=16), nullable=True),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("attendance", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("why_words", sa.String(), nullable=False),
        sa.Column("dose", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("during", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("stopped", sa.Text(), nullable=False),
        sa.Column("reactions", sa.Text(), nullable=False),
        sa.Column("soap", sa.Text(), nullable=False),
        sa.Column("skin", sa.Text(), nullable=False),
        sa.Column("goals", sa.Text(), nullable=False),
        sa.Column("together", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint(
            "attendance = '' or attendance in ('done', 'partly', 'refused', 'absent', 'sick')",
            name=op.f("ck_rehab_session_attendance"),
        ),
        sa.ForeignKeyConstraint(
            ["resident"], ["resident.rid"], name=op.f("fk_rehab_session_resident_resident")
        ),
    )
    op.create_index(
        "ix_rehab_session_day",
        "rehab_session",
        ["service_date", "resident"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
    )
    op.create_index(
        "ix_rehab_session_plan",
        "rehab_session",
        ["plan", "service_date"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
    )
    op.create_index(
        "ix_rehab_session_resident",
        "rehab_session",
        ["resident", "at"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
    )
    recorded(
        "therapist_time",
        sa.Column("staff", sa.LargeBinary(length=16), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("begins", sa.BigInteger(), nullable=False),
        sa.Column("ends", sa.BigInteger(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
    )
    op.create_index(
        "ix_therapist_time_staff",
        "therapist_time",
        ["staff", "begins"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
    )
    recorded(
        "aid_loan",
        sa.Column("resident", sa.LargeBinary(length=16), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("tag", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("condition", sa.String(), nullable=False),
        sa.Column("taught", sa.Boolean(), nullable=False),
        sa.Column("returned_at", sa.BigInteger(), nullable=True),
        sa.Column("returned_condition", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["resident"], ["resident.rid"], name=op.f("fk_aid_loan_resident_resident")),
    )
    op.create_index(
        "ix_aid_loan_resident", "aid_loan", ["resident"], unique=False, sqlite_where=sa.text("current = 1")
    )
    op.create_index(
        "ix_aid_loan_tag",
        "aid_loan",
        ["tag"],
        unique=False,
        sqlite_where=sa.text("current = 1 and returned_at is null"),
    )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    op.drop_column("assessment", "measured")
