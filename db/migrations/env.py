"""How Alembic meets our file: through the connection `db.upgrade` hands it, in one transaction."""

from alembic import context

from db.models import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection, target_metadata=Base.metadata, transactional_ddl=True, render_as_batch=False
)
with context.begin_transaction():
    context.run_migrations()
