"""The map to the platform: what it is known to hold, what sync remembers, and more to say of what waits."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

OUTBOX = ("tried_at", "next_at", "acked_at")


def upgrade() -> None:
    op.create_table(
        "remote",
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("rid", sa.LargeBinary(length=16), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("record", sa.LargeBinary(length=16), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("server_id", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.String(), nullable=True),
        sa.Column("updated_at", sa.BigInteger(), nullable=True),
        sa.Column("theirs", sa.Text(), nullable=True),
        sa.Column("words", sa.String(), nullable=True),
        sa.PrimaryKeyConstraint("type", "rid", name=op.f("pk_remote")),
    )
    op.create_index("uq_remote_server_id", "remote", ["type", "server_id"], unique=True)
    op.create_index(op.f("ix_remote_kind_record"), "remote", ["kind", "record"], unique=False)
    op.create_index(
        "ix_remote_aside", "remote", ["type"], unique=False, sqlite_where=sa.text("words is not null")
    )
    op.create_table(
        "sync_mark",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sync_mark")),
    )
    op.add_column("outbox", sa.Column("looked", sa.Integer(), server_default=sa.text("0"), nullable=False))
    for name in OUTBOX:
        op.add_column("outbox", sa.Column(name, sa.BigInteger(), nullable=True))
    op.create_index(
        "ix_outbox_acked", "outbox", ["acked_at"], unique=False, sqlite_where=sa.text("state = 'acked'")
    )
    refused = sa.Column("upload_refused", sa.Boolean(), server_default=sa.text("0"), nullable=False)
    op.add_column("resident", refused)


def downgrade() -> None:
    op.drop_column("resident", "upload_refused")
    op.drop_index("ix_outbox_acked", table_name="outbox")
    for name in (*OUTBOX, "looked"):
        op.drop_column("outbox", name)
    op.drop_table("sync_mark")
    op.drop_table("remote")
