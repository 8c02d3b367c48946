"""The first shape of the file: station, people, residents, assessments; audit lines cannot be rewritten."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

FROZEN = ("audit", "signature")


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("who", sa.LargeBinary(length=16), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("offset_ms", sa.Integer(), nullable=True),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("record", sa.LargeBinary(length=16), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_record_seq"), "audit", ["record", "seq"], unique=False)
    op.create_table(
        "draft",
        sa.Column("person", sa.LargeBinary(length=16), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("subject", sa.LargeBinary(length=16), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("begun_at", sa.BigInteger(), nullable=False),
        sa.Column("saved_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person", "form", "subject", name=op.f("pk_draft")),
    )
    op.create_index(op.f("ix_draft_form_subject"), "draft", ["form", "subject"], unique=False)
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("record", sa.LargeBinary(length=16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("body_hash", sa.LargeBinary(), nullable=True),
        sa.Column("words", sa.String(), nullable=True),
        sa.CheckConstraint(
            "state in ('pending', 'sending', 'acked', 'unknown', 'conflict', 'quarantined')",
            name=op.f("ck_outbox_state"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
    )
    op.create_index(op.f("ix_outbox_kind_record"), "outbox", ["kind", "record"], unique=False)
    op.create_index(
        "ix_outbox_waiting", "outbox", ["id"], unique=False, sqlite_where=sa.text("state <> 'acked'")
    )
    op.create_table(
        "place",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("parent", sa.LargeBinary(length=16), nullable=True),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("bed_type", sa.String(), nullable=False),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("author", sa.LargeBinary(length=16), nullable=False),
        sa.Column("author_role", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("clock_offset_ms", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.CheckConstraint("kind in ('building', 'floor', 'room', 'bed')", name=op.f("ck_place_kind")),
        sa.ForeignKeyConstraint(["parent"], ["place.rid"], name=op.f("fk_place_parent_place")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_place")),
    )
    op.create_index("uq_place_name", "place", ["parent", "kind", "name"], unique=True)
    op.create_table(
        "register_version",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("record", sa.LargeBinary(length=16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("replaced_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "record", "revision", "station", name=op.f("pk_register_version")),
    )
    op.create_table(
        "resident",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("sex", sa.String(), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=True),
        sa.Column("id_type", sa.String(), nullable=False),
        sa.Column("id_number", sa.String(), nullable=True),
        sa.Column("ethnicity", sa.String(), nullable=False),
        sa.Column("education", sa.String(), nullable=False),
        sa.Column("marital_status", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("insurance", sa.Text(), nullable=False),
        sa.Column("care_level", sa.String(), nullable=False),
        sa.Column("remarks", sa.Text(), nullable=False),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("author", sa.LargeBinary(length=16), nullable=False),
        sa.Column("author_role", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("clock_offset_ms", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.CheckConstraint("sex in ('0', '1', '2', '9')", name=op.f("ck_resident_sex")),
        sa.CheckConstraint("length(trim(name)) > 0", name=op.f("ck_resident_name")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_resident")),
        sa.UniqueConstraint("number", name=op.f("uq_resident_number")),
    )
    op.create_index(
        "uq_resident_id_number",
        "resident",
        ["id_type", "id_number"],
        unique=True,
        sqlite_where=sa.text("id_number is not null"),
    )
    op.create_table(
        "sequence",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("next", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_sequence")),
    )
    op.create_table(
        "setting",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_setting")),
    )
    op.create_table(
        "signature",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("record", sa.LargeBinary(length=16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("signer", sa.LargeBinary(length=16), nullable=False),
        sa.Column("profession", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("certificate", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("mac", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("ordinal between 1 and 3", name=op.f("ck_signature_ordinal")),
        sa.PrimaryKeyConstraint(
            "kind", "record", "revision", "station", "ordinal", name=op.f("pk_signature")
        ),
    )
    op.create_index(
        "uq_signature_signer", "signature", ["kind", "record", "revision", "station", "signer"], unique=True
    )
    op.create_table(
        "staff",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("roles", sa.Text(), nullable=False),
        sa.Column("profession", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("certificate", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("author", sa.LargeBinary(length=16), nullable=False),
        sa.Column("author_role", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("clock_offset_ms", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_staff")),
        sa.UniqueConstraint("number", name=op.f("uq_staff_number")),
    )
    op.create_table(
        "account",
        sa.Column("staff", sa.LargeBinary(length=16), nullable=False),
        sa.Column("slot", sa.LargeBinary(length=16), nullable=False),
        sa.Column("pin_hash", sa.String(), nullable=True),
        sa.Column("pin_failures", sa.Integer(), nullable=False),
        sa.Column("must_change", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["staff"], ["staff.rid"], name=op.f("fk_account_staff_staff")),
        sa.PrimaryKeyConstraint("staff", name=op.f("pk_account")),
    )
    op.create_table(
        "allergy",
        sa.Column("resident", sa.LargeBinary(length=16), nullable=False),
        sa.Column("none_known", sa.Boolean(), nullable=False),
        sa.Column("substance", sa.String(), nullable=False),
        sa.Column("reaction", sa.String(), nullable=False),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("certainty", sa.String(), nullable=False),
        sa.Column("told_by", sa.String(), nullable=False),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("author", sa.LargeBinary(length=16), nullable=False),
        sa.Column("author_role", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("clock_offset_ms", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.CheckConstraint("none_known = (substance = '')", name=op.f("ck_allergy_substance")),
        sa.ForeignKeyConstraint(["resident"], ["resident.rid"], name=op.f("fk_allergy_resident_resident")),
        sa.PrimaryKeyConstraint("rid", "revision", "station", name=op.f("pk_allergy")),
    )
    op.create_index(
        "ix_allergy_resident", "allergy", ["resident"], unique=False, sqlite_where=sa.text("current = 1")
    )
    op.create_table(
        "assessment",
        sa.Column("resident", sa.LargeBinary(length=16), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("instrument", sa.String(), nullable=False),
        sa.Column("instrument_version", sa.String(), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=False),
        sa.Column("occasion", sa.String(), nullable=False),
        sa.Column("answers", sa.Text(), nullable=False),
        sa.Column("information", sa.Text(), nullable=False),
        sa.Column("sub_scores", sa.Text(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=True),
        sa.Column("initial_level", sa.Integer(), nullable=True),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("conclusion", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("author", sa.LargeBinary(length=16), nullable=False),
        sa.Column("author_role", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("clock_offset_ms", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.CheckConstraint("level is null or level between 0 and 5", name=op.f("ck_assessment_level")),
        sa.ForeignKeyConstraint(["resident"], ["resident.rid"], name=op.f("fk_assessment_resident_resident")),
        sa.PrimaryKeyConstraint("rid", "revision", "station", name=op.f("pk_assessment")),
    )
    op.create_index(op.f("ix_assessment_number"), "assessment", ["number"], unique=False)
    op.create_index(
        "ix_assessment_resident",
        "assessment",
        ["resident", "instrument", "assessed_on"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
    )
    op.create_table(
        "contact",
        sa.Column("resident", sa.LargeBinary(length=16), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("relation", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("guardian", sa.Boolean(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("author", sa.LargeBinary(length=16), nullable=False),
        sa.Column("author_role", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("clock_offset_ms", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["resident"], ["resident.rid"], name=op.f("fk_contact_resident_resident")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_contact")),
    )
    op.create_index(op.f("ix_contact_resident_ordinal"), "contact", ["resident", "ordinal"], unique=False)
    op.create_table(
        "diagnosis",
        sa.Column("resident", sa.LargeBinary(length=16), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("onset", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("author", sa.LargeBinary(length=16), nullable=False),
        sa.Column("author_role", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("clock_offset_ms", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["resident"], ["resident.rid"], name=op.f("fk_diagnosis_resident_resident")),
        sa.PrimaryKeyConstraint("rid", "revision", "station", name=op.f("pk_diagnosis")),
    )
    op.create_index(
        "ix_diagnosis_resident",
        "diagnosis",
        ["resident", "ordinal"],
        unique=False,
        sqlite_where=sa.text("current = 1"),
    )
    op.create_table(
        "resident_search",
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("sort", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["rid"], ["resident.rid"], name=op.f("fk_resident_search_rid_resident")),
        sa.PrimaryKeyConstraint("rid", name=op.f("pk_resident_search")),
    )
    op.create_index(
        op.f("ix_resident_search_status_sort"), "resident_search", ["status", "sort"], unique=False
    )
    op.create_table(
        "stay",
        sa.Column("resident", sa.LargeBinary(length=16), nullable=False),
        sa.Column("begins", sa.Date(), nullable=True),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("bed", sa.LargeBinary(length=16), nullable=True),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("author", sa.LargeBinary(length=16), nullable=False),
        sa.Column("author_role", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.Column("clock_offset_ms", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["bed"], ["place.rid"], name=op.f("fk_stay_bed_place")),
        sa.ForeignKeyConstraint(["resident"], ["resident.rid"], name=op.f("fk_stay_resident_resident")),
        sa.PrimaryKeyConstraint("rid", "revision", "station", name=op.f("pk_stay")),
    )
    op.create_index(
        "ix_stay_resident", "stay", ["resident"], unique=False, sqlite_where=sa.text("current = 1")
    )
    op.create_index(
        "uq_stay_bed",
        "stay",
        ["bed"],
        unique=True,
        sqlite_where=sa.text("current = 1 and ends is null and bed is not null and state <> 'retracted'"),
    )
    for table in FROZEN:
        for verb in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} lines are never changed'); END"
            )


def downgrade() -> None:
    for table in FROZEN:
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER {table}_no_{verb}")
    op.drop_index(
        "uq_stay_bed",
        table_name="stay",
        sqlite_where=sa.text("current = 1 and ends is null and bed is not null and state <> 'retracted'"),
    )
    op.drop_index("ix_stay_resident", table_name="stay", sqlite_where=sa.text("current = 1"))
    op.drop_table("stay")
    op.drop_index(op.f("ix_resident_search_status_sort"), table_name="resident_search")
    op.drop_table("resident_search")
    op.drop_index("ix_diagnosis_resident", table_name="diagnosis", sqlite_where=sa.text("current = 1"))
    op.drop_table("diagnosis")
    op.drop_index(op.f("ix_contact_resident_ordinal"), table_name="contact")
    op.drop_table("contact")
    op.drop_index("ix_assessment_resident", table_name="assessment", sqlite_where=sa.text("current = 1"))
    op.drop_index(op.f("ix_assessment_number"), table_name="assessment")
    op.drop_table("assessment")
    op.drop_index("ix_allergy_resident", table_name="allergy", sqlite_where=sa.text("current = 1"))
    op.drop_table("allergy")
    op.drop_table("account")
    op.drop_table("staff")
    op.drop_index("uq_signature_signer", table_name="signature")
    op.drop_table("signature")
    op.drop_table("setting")
    op.drop_table("sequence")
    op.drop_index(
        "uq_resident_id_number", table_name="resident", sqlite_where=sa.text("id_number is not null")
    )
    op.drop_table("resident")
    op.drop_table("register_version")
    op.drop_index("uq_place_name", table_name="place")
    op.drop_table("place")
    op.drop_index("ix_outbox_waiting", table_name="outbox", sqlite_where=sa.text("state <> 'acked'"))
    op.drop_index(op.f("ix_outbox_kind_record"), table_name="outbox")
    op.drop_table("outbox")
    op.drop_index(op.f("ix_draft_form_subject"), table_name="draft")
    op.drop_table("draft")
    op.drop_index(op.f("ix_audit_record_seq"), table_name="audit")
    op.drop_table("audit")
