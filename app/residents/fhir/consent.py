"""Whose records stay here: residents who refused the upload, and everything said of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.unit import Reader, Unit
from app.fhir import Held, NotYet
from app.residents.forms import NOT_UPLOADED
from db.models import Entry, Resident

REFUSED = Held(NOT_UPLOADED)


def refused(reader: Reader, residents: Iterable[UUID]) -> frozenset[UUID]:
    """Of some residents, those who refused: in the register, or by the consent that holds now."""
    asked = set(residents)
    if not asked:
        return frozenset()
    statement = select(Resident.rid).where(Resident.upload_refused, Resident.rid.in_(asked))
    return frozenset(reader.session.scalars(statement)) | _said_no(reader, asked)


def _said_no(reader: Reader, residents: set[UUID]) -> frozenset[UUID]:
    """Whose standing entry in the consent journal says no to the upload; its subject stands above, so the table is
    asked."""
    rows = reader.session.execute(
        select(Entry.resident, Entry.content).where(
            Entry.journal == "consent",
            Entry.resident.in_(residents),
            Entry.current,
            Entry.state != "retracted",
            Entry.ends.is_(None),
        )
    )
    return frozenset(
        resident for resident, said in rows if (said.get("scope"), said.get("given")) == ("upload", "no")
    )


def records_held(reader: Reader, rows: Iterable[Any]) -> Mapping[UUID, Held]:
    """Of some records with a `resident`, those that stay here."""
    owners = {row.rid: row.resident for row in rows}
    private = refused(reader, owners.values())
    return {rid: REFUSED for rid, resident in owners.items() if resident in private} if private else {}


def resident_here(unit: Unit, resident: UUID | None) -> None:
    """Refuse for now a record of a resident who has not come yet."""
    if resident is None or unit.session.get(Resident, resident) is None:
        raise NotYet("这份记录的老人档案还没有收到。")
