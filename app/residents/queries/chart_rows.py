"""What the chart and the form of one resident are answered with: frozen rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.residents.forms import ResidentForm
from app.residents.queries.latest import ABILITY


@dataclass(frozen=True)
class AllergyRow:
    """One allergy entry; `none_known` is the entry that none is known. `revision` is the one seen."""

    rid: UUID
    none_known: bool
    substance: str
    reaction: str
    told_by: str
    by: str
    recorded_at: datetime
    severity: str = ""
    certainty: str = ""
    revision: int = 1


@dataclass(frozen=True)
class DiagnosisRow:
    """One diagnosis, the main one first; `revision` is the one seen."""

    rid: UUID
    words: str
    code: str
    onset: str
    status: str
    by: str
    recorded_at: datetime
    revision: int = 1


@dataclass(frozen=True)
class ContactRow:
    """A contact; `powers` in words. `first` is who is called first in an emergency."""

    name: str
    relation: str
    phone: str
    guardian: bool
    powers: tuple[str, ...] = ()
    second_phone: str = ""
    address: str = ""
    note: str = ""
    first: bool = False


@dataclass(frozen=True)
class AssessmentLine:
    """A signed assessment in the chart, newest first; `by` is its author, `signers` who signed this revision.

    `finding` is what it came to, in words, `tone` the colour that means it; `undone`: why it was not done at all.
    """

    rid: UUID
    number: str
    instrument: str
    assessed_on: date
    total: int | None
    level: int | None
    by: str
    due_on: date | None
    revision: int
    occasion: str = ""
    signers: tuple[str, ...] = ()
    sub_scores: tuple[tuple[str, int], ...] = ()
    finding: str = ""
    tone: str = ""
    undone: str = ""


@dataclass(frozen=True)
class StayLine:
    """The stay that counts. `where`: here, leave, hospital, out; `days` away, today counted; `until`: expected then.

    `stage` and `nursing`: care stage and nursing grade in words, empty where nobody decided.
    """

    status: str = ""
    mode: str = "resident"
    where: str = "out"
    days: int = 0
    until: date | None = None
    ends: date | None = None
    outcome: str = ""
    stage: str = ""
    nursing: str = ""


@dataclass(frozen=True)
class ChartRow:
    """Everything the overview shows. No allergy entry at all means unknown.

    Contacts come in the order in which they are called. `nurse` and `doctor` are names; `photo` names a blob.
    `draft_by` names who holds an unfinished ability assessment of this resident, empty where nobody does.
    """

    rid: UUID
    number: str
    name: str
    sex: str
    age: int | None
    birth_date: date | None
    id_type: str
    id_number: str
    ethnicity: str
    education: str
    marital_status: str
    phone: str
    address: str
    insurance: tuple[str, ...]
    care_level: str
    bed: str
    admitted_on: date | None
    here: bool
    remarks: tuple[tuple[str, str], ...]
    allergies: tuple[AllergyRow, ...]
    diagnoses: tuple[DiagnosisRow, ...]
    contacts: tuple[ContactRow, ...]
    assessments: tuple[AssessmentLine, ...]
    revision: int
    recorded_at: datetime
    recorded_by: str
    draft_by: str = ""
    upload_refused: bool = False
    stay: StayLine = StayLine()
    archive_number: str = ""
    household_address: str = ""
    residence: str = ""
    occupation: str = ""
    blood_type: str = ""
    rhesus: str = ""
    living: str = ""
    nurse: str = ""
    doctor: str = ""
    photo: str = ""

    @property
    def ability(self) -> AssessmentLine | None:
        """The latest ability assessment; one that was refused or could not be done says nothing of the ability."""
        done = (line for line in self.assessments if line.instrument == ABILITY and not line.undone)
        return next(done, None)


@dataclass(frozen=True)
class FormRow:
    """A resident as the form shows it, and the revision that was seen. `photo` names a blob; `names` are those of
    nurse and doctor, who may work here no more."""

    form: ResidentForm
    revision: int
    photo: str = ""
    names: tuple[tuple[UUID, str], ...] = ()
