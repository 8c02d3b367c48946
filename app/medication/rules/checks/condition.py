"""What must be so of the person, or of the order, for a rule to speak: age, kidneys, illnesses, risks, dose, days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.medication.rules.amounts import amount_words
from app.medication.rules.checks.medicine import Medicine
from app.medication.rules.checks.patient import Patient

_NOT_SO = ("否认", "排除")
"""Words by which a diagnosis says that there is none."""
_RISK_WORDS = {"fall": "跌倒风险", "choking": "噎食风险", "delirium": "谵妄风险", "depression": "抑郁风险"}


@dataclass(frozen=True)
class DoseOver:
    """A dose above an amount: at once, or in a day."""

    amount: Decimal
    unit: str
    daily: bool = False


@dataclass(frozen=True)
class When:
    """Everything that is said must hold; `codes` and `words` are one thing (a diagnosis by its code or its words).

    `kidney`: from (included) and below, by `measure`. `absent`: no medicine runs that would make it right.
    """

    age_from: int = 0
    kidney: tuple[int, int] | None = None
    measure: str = "egfr"
    unknown_too: bool = False
    codes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    past_too: bool = False
    risks: frozenset[str] = frozenset()
    allergies: frozenset[str] = frozenset()
    shock: bool = False
    tested: bool = False
    days_over: int = 0
    dose: DoseOver | None = None
    scale: bool = False
    absent: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Scene:
    """What a condition is asked about: the person, the medicine it is said of, and all that run."""

    patient: Patient
    medicine: Medicine
    running: Sequence[Medicine]


def because(when: When, scene: Scene) -> str | None:
    """Why it holds, in a few words (`eGFR 28（11-20）`, empty where nothing is to be said); None where it does not."""
    said = [test(when, scene) for test in _TESTS]
    if any(one is None for one in said):
        return None
    return "，".join(one for one in said if one)


def waits_for_kidney(when: When, scene: Scene) -> bool:
    """Whether only the unknown kidneys keep it from being judged."""
    if when.kidney is None or when.unknown_too or scene.patient.kidney(when.measure) is not None:
        return False
    return all(test(when, scene) is not None for test in _TESTS if test is not _kidney)


def illness_of(patient: Patient, when: When) -> str | None:
    """The first diagnosis that fits by code or words."""
    for one in patient.illnesses:
        if (one.past and not when.past_too) or any(one.words.startswith(word) for word in _NOT_SO):
            continue
        coded = any(one.code.startswith(code) for code in when.codes)
        if coded or any(word in one.words for word in when.words):
            return one.words
    return None


def _age(when: When, scene: Scene) -> str | None:
    if not when.age_from:
        return ""
    if scene.patient.old < when.age_from:
        return None
    return "年龄不详" if scene.patient.age is None else f"{scene.patient.age} 岁"


def _kidney(when: When, scene: Scene) -> str | None:
    if when.kidney is None:
        return ""
    kidney = scene.patient.kidney(when.measure)
    if kidney is None:
        return "肾功能不详" if when.unknown_too else None
    low, below = when.kidney
    return kidney.words if low <= kidney.value < below else None


def _illness(when: When, scene: Scene) -> str | None:
    return illness_of(scene.patient, when) if when.codes or when.words else ""


def _risk(when: When, scene: Scene) -> str | None:
    if not when.risks:
        return ""
    found = sorted(when.risks & scene.patient.risks)
    return "、".join(_RISK_WORDS.get(one, one) for one in found) if found else None


def _allergy(when: When, scene: Scene) -> str | None:
    if not when.allergies:
        return ""
    found = [
        one
        for one in scene.patient.allergies or ()
        if one.listed in when.allergies and (one.shock or not when.shock) and (one.tested or not when.tested)
    ]
    return f"{found[0].words}过敏" if found else None


def _days(when: When, scene: Scene) -> str | None:
    if not when.days_over:
        return ""
    days = max(scene.medicine.used_days, scene.medicine.course_days or 0)
    return f"{days} 天" if days > when.days_over else None


def _dose(when: When, scene: Scene) -> str | None:
    if when.dose is None:
        return ""
    one = scene.medicine
    amount = one.as_unit(one.daily if when.dose.daily else one.single, when.dose.unit)
    if amount is None or amount <= when.dose.amount:
        return None
    return f"{'每日' if when.dose.daily else ''}{amount_words(amount)} {when.dose.unit}"


def _scale(when: When, scene: Scene) -> str | None:
    return "" if not when.scale or scene.medicine.scale else None


def _absent(when: When, scene: Scene) -> str | None:
    if not when.absent:
        return ""
    return None if any(one.runs and one.tokens & when.absent for one in scene.running) else ""


_TESTS = (_age, _kidney, _illness, _risk, _allergy, _days, _dose, _scale, _absent)
