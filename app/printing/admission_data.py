"""From a resident's register to what the admission form prints."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from app.core.clock import local
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.printing.sheets.admission_form import AdmissionForm, Kin
from app.residents.codes import code_list
from app.residents.forms import CARE_LEVELS, NOT_UPLOADED, SEXES
from app.residents.queries import Chart, ChartRow
from app.residents.queries.chart import chart
from app.residents.queries.chart_rows import ContactRow
from app.residents.rules.stated import NONE_KNOWN, allergy_words, diagnosis_words

UNKNOWN_ALLERGY = "不详（尚未询问）"
"""Never printed as none."""


@dataclass(frozen=True)
class AdmissionFormOf(Question[AdmissionForm]):
    """The admission form of a resident, as the register stands now."""

    resident: UUID


@answers(AdmissionFormOf)
def admission_form_of(reader: Reader, question: AdmissionFormOf) -> AdmissionForm:
    reader.require(Right.PRINT_RECORDS)
    person = chart(reader, Chart(question.resident))
    return AdmissionForm(
        institution=reader.settings.institution_name,
        number=person.number,
        name=person.name,
        sex=SEXES[person.sex],
        born=person.birth_date,
        age=person.age,
        id_type=code_list("id_type").words(person.id_type) if person.id_number else "",
        id_number=person.id_number,
        ethnicity=person.ethnicity,
        education=person.education,
        marriage=person.marital_status,
        occupation=person.occupation,
        phone=person.phone,
        address=person.address,
        household_address=person.household_address,
        residence=person.residence,
        living=person.living,
        archive_number=person.archive_number,
        blood=" ".join(filter(None, (person.blood_type, person.rhesus))),
        insurance="、".join(person.insurance),
        admitted_on=person.admitted_on,
        bed=person.bed,
        care_level=CARE_LEVELS.get(person.care_level, ""),
        ability=_ability(person),
        nurse=person.nurse,
        doctor=person.doctor,
        platform=NOT_UPLOADED if person.upload_refused else "",
        allergies=_allergies(person),
        diagnoses="；".join(
            diagnosis_words(one.words, one.code, one.onset, one.status) for one in person.diagnoses
        ),
        kin=tuple(_kin(one) for one in person.contacts),
        printed_at=local(reader.settings.zone, reader.now),
        printed_by=reader.actor.name,
    )


def _ability(person: ChartRow) -> str:
    """The level of the latest assessment and its day, in its own words."""
    line = person.ability
    if line is None or line.level is None:
        return ""
    return f"{line.finding}（{line.assessed_on:%Y-%m-%d}）"


def _allergies(person: ChartRow) -> str:
    known = [one for one in person.allergies if not one.none_known]
    if known:
        said = (allergy_words(one.substance, one.reaction, one.severity, one.certainty) for one in known)
        return "；".join(said)
    return NONE_KNOWN if person.allergies else UNKNOWN_ALLERGY


def _kin(one: ContactRow) -> Kin:
    phones = "\n".join(phone for said in (one.phone, one.second_phone) for phone in said.split("、") if phone)
    return Kin(one.name, one.relation, "、".join(one.powers), phones, one.address, one.note, one.first)
