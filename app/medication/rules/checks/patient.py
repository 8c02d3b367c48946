"""The person a medicine is checked for: what is known of age, kidneys, illnesses, allergies; unknown stays unknown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

MALE, FEMALE = "1", "2"


@dataclass(frozen=True)
class Kidney:
    """How well the kidneys work, in mL/min (for an eGFR by 1.73 m²), and when that was measured."""

    value: Decimal
    on: date
    measure: str  # egfr, crcl

    @property
    def words(self) -> str:
        """`eGFR 28（11-20）`."""
        name = "eGFR" if self.measure == "egfr" else "肌酐清除率"
        return f"{name} {self.value.quantize(Decimal(1), ROUND_HALF_UP)}（{self.on:%m-%d}）"


@dataclass(frozen=True)
class AllergyFact:
    """One allergy: as it was said, the word of the list it is, the substances it means; `shock`: 过敏性休克."""

    words: str
    listed: str = ""
    ingredients: frozenset[str] = frozenset()
    shock: bool = False
    tested: bool = False  # known from a positive skin test


@dataclass(frozen=True)
class Illness:
    """A diagnosis with its ICD-10 code, if it has one; `past` where it is over."""

    words: str
    code: str = ""
    past: bool = False


@dataclass(frozen=True)
class Patient:
    """One resident as the checks see them. `allergies` None: nobody has asked (unknown is not none)."""

    age: int | None = None
    sex: str = ""
    weight: Decimal | None = None
    allergies: tuple[AllergyFact, ...] | None = None
    illnesses: tuple[Illness, ...] = ()
    risks: frozenset[str] = frozenset()
    egfr: Kidney | None = None
    crcl: Kidney | None = None
    tube: bool = False  # fed by a tube
    texture: str = ""  # IDDSI level of what is eaten, 7 or empty: ordinary
    # medicine → result of its last skin test
    tested: Mapping[str, str] = field(default_factory=dict, hash=False)

    def kidney(self, measure: str) -> Kidney | None:
        """By the measure a rule asks for, else by the other one."""
        first, second = (self.crcl, self.egfr) if measure == "crcl" else (self.egfr, self.crcl)
        return first or second

    @property
    def old(self) -> int:
        """The age to check with: who has no birth date here is taken for old."""
        return 80 if self.age is None else self.age


def clearance(creatinine: Decimal, age: int, weight: Decimal, sex: str) -> Decimal | None:
    """Cockcroft-Gault from µmol/L and kg, in mL/min; None without a sex or for a creatinine that can be none."""
    if creatinine <= 0 or sex not in (MALE, FEMALE):
        return None
    factor = Decimal("1.23") if sex == MALE else Decimal("1.04")
    return Decimal(max(140 - age, 0)) * weight * factor / creatinine
