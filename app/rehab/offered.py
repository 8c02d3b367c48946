"""Which templates suit a resident: by the codes of the diagnoses that run, then by their words."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from app.core.unit import Reader
from app.rehab.comfort import of_stage, stage_of
from app.rehab.lists.templates import templates, templates_for
from db.models import Diagnosis


def running_diagnoses(reader: Reader, resident: UUID) -> tuple[tuple[str, str], ...]:
    """Words and ICD-10 code of each diagnosis that is not over, in the order they were stated."""
    rows = reader.session.execute(
        select(Diagnosis.words, Diagnosis.code, Diagnosis.status)
        .where(Diagnosis.resident == resident, Diagnosis.current, Diagnosis.state != "retracted")
        .order_by(Diagnosis.recorded_at)
    )
    return tuple((row.words, row.code or "") for row in rows if row.status != "resolved")


def offered_templates(codes: tuple[str, ...], words: Sequence[str], stage: str = "") -> tuple[str, ...]:
    """Templates of a care stage, those for diagnoses by code, then those whose name stands in a diagnosis."""
    by_stage = [one.code for one in of_stage(stage)]
    by_code = [one.code for one in templates_for(codes)]
    by_words = [one.code for one in templates().values() if any(one.words in said for said in words)]
    return tuple(dict.fromkeys((*by_stage, *by_code, *by_words)))


def suited_measures(reader: Reader, resident: UUID) -> tuple[str, ...]:
    """The measures of the template that suits best; none where none does."""
    running = running_diagnoses(reader, resident)
    codes, stage = tuple(code for _, code in running if code), stage_of(reader, resident)
    offered = offered_templates(codes, [words for words, _ in running], stage)
    return templates()[offered[0]].measures if offered else ()
