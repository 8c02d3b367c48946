"""What stands on the ability assessment report: every word and figure of one finished assessment.

All words of items, options, levels and lists come from the instrument file and the form; the sheet types none
of them. Source: GB/T 42195—2022, appendices A (information), B (items), C (report).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.printing.sheet import Tick
from app.printing.sheets.signing import Signing


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its check boxes (近30天内照护风险事件, A.5.1–A.5.12); `note` is what was written beside."""

    label: str
    choices: tuple[Tick, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class Drug:
    """A drug taken over a long time (A.4.2): name, way 服药方法, dose with unit, frequency."""

    name: str
    way: str
    dose: str
    frequency: str


@dataclass(frozen=True, slots=True)
class Subject:
    """The assessed person (A.2–A.4). Unknown values are empty; several values come joined by 、."""

    name: str
    sex: str
    born: date
    age: int  # full years on the reference date
    id_number: str  # in full: this is an official sheet
    ethnicity: str = ""
    religion: str = ""
    education: str = ""
    marriage: str = ""
    living: str = ""
    payment: str = ""
    income: str = ""
    height_cm: str = ""
    weight_kg: str = ""
    address: str = ""
    informant: str = ""
    informant_relation: str = ""
    contact: str = ""
    contact_phone: str = ""
    diagnoses: tuple[str, ...] = ()
    drugs: tuple[Drug, ...] = ()
    drugs_asked: bool = True  # nothing written down is not the same as no drugs


@dataclass(frozen=True, slots=True)
class ScoredItem:
    """One of the 26 items: number as printed, scores it can have (highest first), the answer and its full text."""

    number: str
    name: str
    possible: tuple[int, ...]
    score: float | None  # None: not answered, which only a coma allows
    text: str
    old: str = ""  # what stood there before a correction


@dataclass(frozen=True, slots=True)
class Dimension:
    """One of the four dimensions with its items; `score` is None while an item is unanswered."""

    name: str
    maximum: int
    score: float | None
    items: tuple[ScoredItem, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """One ability level: number, short name 中度失能, full name, and the total scores it stands for."""

    number: int
    short: str
    name: str
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the scores come to (C.3–C.5): total, levels (band data), the change rules and which of them fired."""

    total: int | None
    maximum: int
    levels: tuple[Level, ...]
    initial: int | None
    changes: tuple[Tick, ...]
    final: int


@dataclass(frozen=True, slots=True)
class AbilityReport:
    """Everything printed on one report. Times are the institution's local time."""

    institution: str
    standard: str  # GB/T 42195—2022《老年人能力评估规范》
    number: str  # document number 文书编号
    qr: str  # payload of the code; not printed on a draft
    reference_date: date  # 评估基准日期
    reasons: tuple[Tick, ...]  # 评估原因
    subject: Subject
    events: tuple[Question, ...]  # 近30天内照护风险事件
    health: tuple[Question, ...]  # A.5
    dimensions: tuple[Dimension, ...]
    outcome: Outcome
    conclusion: str
    signing: Signing
    printed_at: datetime
    printed_by: str
    note: str = ""  # the institution's footnote
    draft: bool = False
    revision: int = 1
    correction: str = ""  # why it was corrected, from revision 2 on
    place: str = ""  # 评估地点
    undone: str = ""  # why it was not done at all
