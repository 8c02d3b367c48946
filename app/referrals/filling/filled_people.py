"""Who is sent, by whom, whom to call, diagnoses and allergies, as a referral takes them from the chart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

UNRECORDED = "未记录"


@dataclass(frozen=True)
class Person:
    """Who is sent. `id_number` is masked, `id_full` is whole; `age` is None without a birth date."""

    rid: UUID
    name: str
    sex: str
    age: int | None
    birth_date: date | None
    number: str  # 编号
    archive_number: str  # 档案编号
    id_type: str
    id_number: str
    id_full: str
    insurance: tuple[str, ...]
    bed: str
    address: str
    phone: str
    care_level: str = ""
    nursing_grade: str = ""
    blood: str = ""
    here: bool = True
    photo: str = ""

    @property
    def age_words(self) -> str:
        return UNRECORDED if self.age is None else f"{self.age} 岁"


@dataclass(frozen=True)
class ContactLine:
    """A relative, in the order they are called. `decides`: guardian, or may decide on treatment."""

    name: str
    relation: str
    phone: str
    second_phone: str = ""
    guardian: bool = False
    powers: tuple[str, ...] = ()
    decides: bool = False
    first: bool = False

    @property
    def words(self) -> str:
        """王建国（子）138 0013 5520."""
        said = f"{self.name}（{self.relation}）" if self.relation else self.name
        return f"{said}{self.phone or '电话未记录'}"


@dataclass(frozen=True)
class Sender:
    """Who sends: the institution, the person at the desk, the doctor responsible (empty where nobody is)."""

    institution: str
    unit: str  # 医务室
    phone: str
    address: str
    by: UUID | None
    by_name: str
    by_title: str
    doctor: UUID | None
    doctor_name: str
    doctor_phone: str
    nurse_name: str = ""


@dataclass(frozen=True)
class DiagnosisLine:
    """A diagnosis that is active, the main one first."""

    rid: UUID
    words: str
    code: str = ""
    onset: str = ""

    @property
    def coded(self) -> str:
        """J18.9 肺炎."""
        return f"{self.code} {self.words}" if self.code else self.words


@dataclass(frozen=True)
class AllergyLine:
    """One allergy."""

    rid: UUID
    substance: str
    reaction: str = ""
    severity: str = ""

    @property
    def words(self) -> str:
        return f"{self.substance}（{self.reaction}）" if self.reaction else self.substance


@dataclass(frozen=True)
class Allergies:
    """`known`: some, none (somebody said so), unknown (nobody was asked). Unknown is never none."""

    known: str
    items: tuple[AllergyLine, ...] = ()

    @property
    def red(self) -> bool:
        """Whether it must not be overlooked: an allergy, and that nobody asked."""
        return self.known != "none"

    @property
    def words(self) -> str:
        if self.known == "some":
            return "、".join(one.words for one in self.items)
        return "无已知过敏" if self.known == "none" else "过敏史未问清（不等于无过敏）"
