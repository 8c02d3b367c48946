"""Referrals: partners, agreements, licences; referrals and returns; reconciliation; rounds, contracts, home beds."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TABLES = (
    "partner",
    "agreement",
    "licence",
    "visiting_doctor",
    "referral",
    "referral_return",
    "referral_document",
    "med_reconciliation",
    "med_decision",
    "doctor_round",
    "round_visit",
    "family_contract",
    "contract_service",
    "home_bed",
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
    _partners()
    _referrals()
    _documents()
    _reconciling()
    _rounds()
    _files()
    # Where somebody came back from hospital before reconciliation existed, doses went on: they are not held now.
    op.execute(
        "INSERT INTO setting (key, value)"
        " SELECT 'reconcile_from', json_object('at', CAST(strftime('%s', 'now') AS INTEGER) * 1000)"
        " WHERE EXISTS (SELECT 1 FROM absence)"
    )


def _partners() -> None:
    recorded(
        "partner",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("distance_km", sa.Float(), nullable=True),
        sa.Column("minutes", sa.Integer(), nullable=True),
        sa.Column("departments", sa.Text(), nullable=False),
        sa.Column("capabilities", sa.Text(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "kind in ('hospital', 'community', 'emergency', 'other')", name=op.f("ck_partner_kind")
        ),
        sa.CheckConstraint("length(trim(name)) > 0", name=op.f("ck_partner_name")),
    )
    op.create_index("ix_partner_name", "partner", ["name"], unique=False, sqlite_where=sa.text("current = 1"))
    recorded(
        "agreement",
        sa.Column("partner", sa.LargeBinary(length=16), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("remind_days", sa.Integer(), nullable=False),
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_why", sa.String(), nullable=False),
        sa.CheckConstraint("ends is null or ends >= begins", name=op.f("ck_agreement_ends")),
    )
    op.create_index(
        "ix_agreement_partner", "agreement", ["partner"], unique=False, sqlite_where=sa.text("current = 1")
    )
    recorded(
        "licence",
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("issued", sa.Date(), nullable=False),
        sa.Column("expires", sa.Date(), nullable=True),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("remind_days", sa.Integer(), nullable=False),
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint("expires is null or expires >= issued", name=op.f("ck_licence_expires")),
    )
    recorded(
        "visiting_doctor",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("partner", sa.LargeBinary(length=16), nullable=True),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("certificate", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("staff", sa.LargeBinary(length=16), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint("length(trim(name)) > 0", name=op.f("ck_visiting_doctor_name")),
    )
    op.create_index(
        "ix_visiting_doctor_partner",
        "visiting_doctor",
        ["partner"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
    )


def _referrals() -> None:
    recorded(
        "referral",
        sa.Column("resident", sa.LargeBinary(length=16), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("urgency", sa.String(), nullable=False),
        sa.Column("impression", sa.String(), nullable=False),
        sa.Column("history", sa.String(), nullable=False),
        sa.Column("past", sa.String(), nullable=False),
        sa.Column("course", sa.String(), nullable=False),
        sa.Column("criteria", sa.Text(), nullable=False),
        sa.Column("sbar", sa.Text(), nullable=False),
        sa.Column("green", sa.Boolean(), nullable=False),
        sa.Column("cause", sa.String(), nullable=False),
        sa.Column("partner", sa.LargeBinary(length=16), nullable=True),
        sa.Column("partner_words", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("receiver", sa.String(), nullable=False),
        sa.Column("booking", sa.String(), nullable=False),
        sa.Column("doctor", sa.LargeBinary(length=16), nullable=True),
        sa.Column("doctor_name", sa.String(), nullable=False),
        sa.Column("attachments", sa.Text(), nullable=False),
        sa.Column("consent", sa.Text(), nullable=False),
        sa.Column("consent_at", sa.BigInteger(), nullable=True),
        sa.Column("consent_by", sa.BigInteger(), nullable=True),
        sa.Column("family", sa.Text(), nullable=False),
        sa.Column("escort", sa.Text(), nullable=False),
        sa.Column("belongings", sa.Text(), nullable=False),
        sa.Column("call", sa.Text(), nullable=False),
        sa.Column("times", sa.Text(), nullable=False),
        sa.Column("moves", sa.Text(), nullable=False),
        sa.Column("due", sa.BigInteger(), nullable=True),
        sa.Column("approval", sa.Text(), nullable=False),
        sa.Column("approval_by", sa.BigInteger(), nullable=True),
        sa.Column("absence", sa.LargeBinary(length=16), nullable=True),
        sa.Column("bed_until", sa.Date(), nullable=True),
        sa.Column("care", sa.String(), nullable=False),
        sa.CheckConstraint("care in ('', 'inpatient', 'outpatient')", name=op.f("ck_referral_care")),
        sa.CheckConstraint(
            "status in ('draft', 'pending', 'rejected', 'submitted', 'declined', 'accepted', 'departed', 'arrived', "
            "'treating', 'moved', 'no_show', 'returned', 'assessed', 'archived', 'withdrawn', 'cancelled', 'died')",
            name=op.f("ck_referral_status"),
        ),
        sa.CheckConstraint("urgency in ('emergency', 'h48', 'elective')", name=op.f("ck_referral_urgency")),
        sa.ForeignKeyConstraint(["resident"], ["resident.rid"], name=op.f("fk_referral_resident_resident")),
    )
    op.create_index("ix_referral_number", "referral", ["number"], unique=False)
    op.create_index(
        "ix_referral_resident",
        "referral",
        ["resident", "at"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
    )
    op.create_index(
        "ix_referral_status", "referral", ["status", "at"], unique=False, sqlite_where=sa.text("current = 1")
    )
    recorded(
        "referral_return",
        sa.Column("resident", sa.LargeBinary(length=16), nullable=False),
        sa.Column("came_with", sa.String(), nullable=False),
        sa.Column("assess_by", sa.BigInteger(), nullable=False),
        sa.Column("referral", sa.LargeBinary(length=16), nullable=True),
        sa.Column("absence", sa.LargeBinary(length=16), nullable=True),
        sa.Column("partner", sa.LargeBinary(length=16), nullable=True),
        sa.Column("hospital", sa.String(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("diagnoses", sa.String(), nullable=False),
        sa.Column("record_number", sa.String(), nullable=False),
        sa.Column("findings", sa.String(), nullable=False),
        sa.Column("course", sa.String(), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("visit_on", sa.Date(), nullable=True),
        sa.Column("visit_department", sa.String(), nullable=False),
        sa.Column("dangers", sa.String(), nullable=False),
        sa.Column("doctor_name", sa.String(), nullable=False),
        sa.Column("doctor_phone", sa.String(), nullable=False),
        sa.Column("papers", sa.Text(), nullable=False),
        sa.Column("chased", sa.Text(), nullable=False),
        sa.Column("assessed", sa.Text(), nullable=False),
        sa.Column("assessed_at", sa.BigInteger(), nullable=True),
        sa.Column("files", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "came_with in ('paper', 'platform', 'told', 'none')", name=op.f("ck_referral_return_came_with")
        ),
        sa.ForeignKeyConstraint(
            ["resident"], ["resident.rid"], name=op.f("fk_referral_return_resident_resident")
        ),
    )
    op.create_index(
        "ix_referral_return_open",
        "referral_return",
        ["assess_by"],
        unique=False,
        sqlite_where=sa.text("current = 1 and assessed_at is null"),
    )
    op.create_index(
        "ix_referral_return_resident",
        "referral_return",
        ["resident", "at"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
    )


def _documents() -> None:
    recorded(
        "referral_document",
        sa.Column("resident", sa.LargeBinary(length=16), nullable=False),
        sa.Column("referral", sa.LargeBinary(length=16), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("sha1", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("covers", sa.Text(), nullable=False),
        sa.CheckConstraint("what in ('pack')", name=op.f("ck_referral_document_what")),
        sa.CheckConstraint("size > 0 and pages > 0", name=op.f("ck_referral_document_size")),
        sa.ForeignKeyConstraint(
            ["resident"], ["resident.rid"], name=op.f("fk_referral_document_resident_resident")
        ),
    )
    op.create_index(
        "ix_referral_document_referral",
        "referral_document",
        ["referral"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
    )


def _reconciling() -> None:
    recorded(
        "med_reconciliation",
        sa.Column("resident", sa.LargeBinary(length=16), nullable=False),
        sa.Column("absence", sa.LargeBinary(length=16), nullable=False),
        sa.Column("came_with", sa.String(), nullable=False),
        sa.Column("listed", sa.Text(), nullable=False),
        sa.Column("hospital", sa.String(), nullable=False),
        sa.Column("paper", sa.String(), nullable=False),
        sa.Column("doctor", sa.LargeBinary(length=16), nullable=True),
        sa.Column("doctor_name", sa.String(), nullable=False),
        sa.Column("doctor_at", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint(
            "came_with in ('list', 'none', 'missing')", name=op.f("ck_med_reconciliation_came_with")
        ),
        sa.ForeignKeyConstraint(
            ["resident"], ["resident.rid"], name=op.f("fk_med_reconciliation_resident_resident")
        ),
    )
    op.create_index(
        "ix_med_reconciliation_resident",
        "med_reconciliation",
        ["resident", "absence"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
    )
    recorded(
        "med_decision",
        sa.Column("resident", sa.LargeBinary(length=16), nullable=False),
        sa.Column("absence", sa.LargeBinary(length=16), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("drug", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("med_order", sa.LargeBinary(length=16), nullable=True),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("med_order_after", sa.LargeBinary(length=16), nullable=True),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("doctor", sa.LargeBinary(length=16), nullable=True),
        sa.Column("doctor_name", sa.String(), nullable=False),
        sa.Column("doctor_by", sa.BigInteger(), nullable=True),
        sa.Column("doctor_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint(
            "decision in ('keep', 'change', 'stop', 'take', 'drop')", name=op.f("ck_med_decision_decision")
        ),
        sa.ForeignKeyConstraint(
            ["resident"], ["resident.rid"], name=op.f("fk_med_decision_resident_resident")
        ),
    )
    op.create_index(
        "ix_med_decision_order",
        "med_decision",
        ["med_order"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
    )
    op.create_index(
        "ix_med_decision_resident",
        "med_decision",
        ["resident", "absence"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
    )


def _rounds() -> None:
    recorded(
        "doctor_round",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("doctor_name", sa.String(), nullable=False),
        sa.Column("partner", sa.LargeBinary(length=16), nullable=True),
        sa.Column("partner_words", sa.String(), nullable=False),
        sa.Column("visitor", sa.LargeBinary(length=16), nullable=True),
        sa.Column("staff", sa.LargeBinary(length=16), nullable=True),
        sa.Column("arrived", sa.BigInteger(), nullable=True),
        sa.Column("left", sa.BigInteger(), nullable=True),
        sa.Column("asked", sa.Text(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint("status in ('planned', 'held', 'cancelled')", name=op.f("ck_doctor_round_status")),
        sa.CheckConstraint("way in ('on_site', 'video')", name=op.f("ck_doctor_round_way")),
    )
    op.create_index(
        "ix_doctor_round_day",
        "doctor_round",
        ["planned_on", "status"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
    )
    recorded(
        "round_visit",
        sa.Column("resident", sa.LargeBinary(length=16), nullable=False),
        sa.Column("doctor_name", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("doctor_round", sa.LargeBinary(length=16), nullable=True),
        sa.Column("home_bed", sa.LargeBinary(length=16), nullable=True),
        sa.Column("question", sa.String(), nullable=False),
        sa.Column("vitals", sa.Text(), nullable=False),
        sa.Column("orders", sa.Text(), nullable=False),
        sa.Column("problem", sa.Boolean(), nullable=False),
        sa.Column("refer", sa.Boolean(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("doctor", sa.LargeBinary(length=16), nullable=True),
        sa.Column("doctor_at", sa.BigInteger(), nullable=True),
        sa.Column("nurse", sa.LargeBinary(length=16), nullable=True),
        sa.Column("nurse_at", sa.BigInteger(), nullable=True),
        sa.Column("drawn", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resident"], ["resident.rid"], name=op.f("fk_round_visit_resident_resident")
        ),
    )
    op.create_index(
        "ix_round_visit_home_bed",
        "round_visit",
        ["home_bed", "at"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
    )
    op.create_index(
        "ix_round_visit_resident",
        "round_visit",
        ["resident", "at"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
    )
    op.create_index(
        "ix_round_visit_round",
        "round_visit",
        ["doctor_round"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
    )
    recorded(
        "family_contract",
        sa.Column("resident", sa.LargeBinary(length=16), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("begins", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("package", sa.String(), nullable=False),
        sa.Column("doctor_name", sa.String(), nullable=False),
        sa.Column("services", sa.Text(), nullable=False),
        sa.Column("signer", sa.Text(), nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("partner", sa.LargeBinary(length=16), nullable=True),
        sa.Column("partner_words", sa.String(), nullable=False),
        sa.Column("doctor_phone", sa.String(), nullable=False),
        sa.Column("fee", sa.Text(), nullable=False),
        sa.Column("groups", sa.Text(), nullable=False),
        sa.Column("renews", sa.Boolean(), nullable=False),
        sa.Column("renewed_from", sa.LargeBinary(length=16), nullable=True),
        sa.Column("satisfaction", sa.Integer(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_why", sa.String(), nullable=False),
        sa.CheckConstraint("ends >= begins", name=op.f("ck_family_contract_ends")),
        sa.CheckConstraint("status in ('running', 'ended')", name=op.f("ck_family_contract_status")),
        sa.ForeignKeyConstraint(
            ["resident"], ["resident.rid"], name=op.f("fk_family_contract_resident_resident")
        ),
    )
    op.create_index("ix_family_contract_number", "family_contract", ["number"], unique=False)
    op.create_index(
        "ix_family_contract_resident",
        "family_contract",
        ["resident", "ends"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
    )
    recorded(
        "contract_service",
        sa.Column("resident", sa.LargeBinary(length=16), nullable=False),
        sa.Column("contract", sa.LargeBinary(length=16), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("visit", sa.LargeBinary(length=16), nullable=True),
        sa.Column("drawn", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["resident"], ["resident.rid"], name=op.f("fk_contract_service_resident_resident")
        ),
    )
    op.create_index(
        "ix_contract_service_contract",
        "contract_service",
        ["contract"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
    )
    recorded(
        "home_bed",
        sa.Column("resident", sa.LargeBinary(length=16), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("applicant", sa.Text(), nullable=False),
        sa.Column("indications", sa.Text(), nullable=False),
        sa.Column("diagnosis", sa.String(), nullable=False),
        sa.Column("evaluation", sa.Text(), nullable=False),
        sa.Column("doctor", sa.LargeBinary(length=16), nullable=True),
        sa.Column("doctor_name", sa.String(), nullable=False),
        sa.Column("nurse", sa.LargeBinary(length=16), nullable=True),
        sa.Column("nurse_name", sa.String(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("visits_week", sa.Integer(), nullable=False),
        sa.Column("plan", sa.String(), nullable=False),
        sa.Column("insurance", sa.String(), nullable=False),
        sa.Column("renewed", sa.Text(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("closing", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "status in ('applied', 'open', 'closed', 'declined')", name=op.f("ck_home_bed_status")
        ),
        sa.ForeignKeyConstraint(["resident"], ["resident.rid"], name=op.f("fk_home_bed_resident_resident")),
    )
    op.create_index("ix_home_bed_number", "home_bed", ["number"], unique=False)
    op.create_index(
        "ix_home_bed_resident",
        "home_bed",
        ["resident", "status"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
    )


def _files() -> None:
    op.create_table(
        "remote_file",
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("resident", sa.LargeBinary(length=16), nullable=False),
        sa.Column("media", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("hash", sa.String(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=True),
        sa.Column("received_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("url", name=op.f("pk_remote_file")),
    )


def downgrade() -> None:
    op.drop_table("remote_file")
    for table in reversed(TABLES):
        op.drop_table(table)
    op.execute("DELETE FROM setting WHERE key = 'reconcile_from'")
