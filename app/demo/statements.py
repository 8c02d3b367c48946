"""What doctor and nurse have written since the roster came: codes, onsets, severities, a slip that was corrected."""

from __future__ import annotations

from uuid import UUID

from app.core.desk import Desk
from app.residents.queries import Chart
from app.residents.stating import (
    AddAllergy,
    AddDiagnosis,
    AllergyForm,
    CorrectAllergy,
    CorrectDiagnosis,
    DiagnosisForm,
    RetractAllergy,
    Seen,
)
from app.residents.vocabulary import diseases, entry_of

REACTIONS = (
    ("青霉素", AllergyForm("青霉素类", "皮疹", "moderate", "confirmed", "病历")),
    ("磺胺类", AllergyForm("磺胺类", "剥脱性皮炎", "severe", "confirmed", "出院小结")),
    ("海鲜", AllergyForm("海鲜", "荨麻疹", "mild", "probable", "家属")),
    ("碘造影剂", AllergyForm("碘造影剂", "恶心、面部潮红", "mild", "unconfirmed", "本人")),
)
PNEUMONIA = DiagnosisForm("肺炎", "J18.9", "2023-11", "resolved")
MANGO = AllergyForm("芒果", "口唇肿胀", "mild", "probable", "家属")


def review(desk: Desk, residents: list[UUID]) -> None:
    """The statements of some residents gone through, as at an admission round."""
    for place, rid in enumerate(residents):
        _review_allergies(desk, rid)
        _review_diagnoses(desk, rid, place)
    allergic = (rid for rid in residents if any(row.substance for row in desk.ask_now(Chart(rid)).allergies))
    if (someone := next(allergic, None)) is not None:
        _slip(desk, someone)


def _review_allergies(desk: Desk, rid: UUID) -> None:
    known = dict(REACTIONS)
    for row in desk.ask_now(Chart(rid)).allergies:
        if row.substance in known:
            desk.do_now(CorrectAllergy(Seen(row.rid, row.revision), known[row.substance], "补充"))


def _review_diagnoses(desk: Desk, rid: UUID, place: int) -> None:
    for number, row in enumerate(desk.ask_now(Chart(rid)).diagnoses):
        entry = entry_of(diseases(), row.words)
        if entry is not None:
            onset = str(2008 + (place * 3 + number * 5) % 15)
            said = DiagnosisForm(row.words, entry.code, onset, first=number == 0)
            desk.do_now(CorrectDiagnosis(Seen(row.rid, row.revision), said, "补充"))
    if place % 4 == 1:
        desk.do_now(AddDiagnosis(rid, PNEUMONIA))


def _slip(desk: Desk, rid: UUID) -> None:
    """One allergy noted for the wrong person."""
    wrong = desk.do_now(AddAllergy(rid, MANGO))
    desk.do_now(RetractAllergy(Seen(wrong, 1), "记错人，是隔壁床的过敏"))
