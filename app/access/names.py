"""Names of whoever stands as an author: everybody who works or worked here, and the district platform."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from app.core.roles import PLATFORM
from app.core.unit import Reader
from db.models import Staff


def author_names(reader: Reader) -> dict[UUID, str]:
    """All of them at once: an institution has some dozens."""
    people = reader.session.execute(select(Staff.rid, Staff.name))
    return {PLATFORM.rid: PLATFORM.name} | {row.rid: row.name for row in people}
