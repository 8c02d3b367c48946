"""One row of a roster as values, or as problems that name row, column, value and reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.residents.rules import AllergyStatement, PlacePath

NOTHING_SAID = AllergyStatement()


@dataclass(frozen=True)
class Problem:
    """Why a row comes back, or what of it was left out. `column` is the column's name as in the file."""

    row: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True)
class RosterContact:
    """A contact as the roster names one; `relation` is a code of GB/T 4761, or the words as said."""

    name: str = ""
    relation: str = ""
    phone: str = ""
    powers: tuple[str, ...] = ()
    second_phone: str = ""
    address: str = ""


@dataclass(frozen=True)
class RosterRow:
    """A row read. With `problems` it comes back; `doubts` go with it into the house, each already acted on.

    Codes are those of resources/codes; what no list knows is kept in `remarks` (column, value) as it was written.
    """

    number: int
    name: str = ""
    sex: str = "0"
    birth_date: date | None = None
    id_type: str = "01"
    id_number: str | None = None
    ethnicity: str = ""
    education: str = ""
    marital_status: str = ""
    phone: str = ""
    address: str = ""
    place: PlacePath | None = None
    care_level: str = ""
    admitted_on: date | None = None
    contact: RosterContact | None = None
    insurance: tuple[str, ...] = ()
    allergies: AllergyStatement = NOTHING_SAID
    diagnoses: tuple[str, ...] = ()
    remarks: tuple[tuple[str, str], ...] = ()
    problems: tuple[Problem, ...] = ()
    doubts: tuple[Problem, ...] = ()
    archive_number: str = ""
    household_address: str = ""
    residence: str = ""
    occupation: str = ""
    blood_type: str = ""
    rhesus: str = ""
    living: str = ""
    nurse: str = ""  # names as written, until the house says who that is
    doctor: str = ""
    carers: tuple[tuple[str, UUID], ...] = ()  # nurse, doctor: who they are here
    cells: tuple[object, ...] = ()  # as they lie in the file, for the file of rejected rows
