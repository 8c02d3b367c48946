"""Allergies and diagnoses as lines of a resident's timeline: when they were stated here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.core.happened import Happened
from app.core.unit import Reader
from app.residents.queries.history_words import stated_words
from db.models import Allergy, Diagnosis

SORT = "过敏与诊断"


def happened(reader: Reader, resident: UUID, since: datetime, until: datetime) -> Iterator[Happened]:
    """What stands now, at the time it was first stated; what was retracted says so."""
    names = author_names(reader)
    models: tuple[Any, ...] = (Allergy, Diagnosis)
    for model in models:
        rows = reader.session.scalars(
            select(model).where(
                model.resident == resident, model.current, model.at >= since, model.at < until
            )
        )
        for row in rows:
            field, words = stated_words(row)
            gone = row.state == "retracted"
            allergic = model is Allergy and not row.none_known
            yield Happened(
                at=row.at,
                kind=row.__kind__,
                rid=row.rid,
                sort=SORT,
                title=f"登记{field}" + ("（已作废）" if gone else ""),
                words=words,
                by=names.get(row.author, ""),
                tone="danger" if allergic and not gone else "neutral",
                icon="triangle-alert" if allergic else "stethoscope",
            )
