"""The drug list: what the program brings, and what the institution added."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from sqlalchemy.orm import Session

from app.core.errors import Refusal
from app.medication.rules.drug import Drug


@cache
def drugs() -> dict[str, Drug]:
    """The medicines of the program by code."""
    found = (
        Drug(code="amlodipine-tab-5", group="amlodipine", name="氨氯地平", inn="amlodipine", atc="C08CA01", form="片", unit="片", strength=Decimal(5), strength_unit="mg", ingredients=("amlodipine",), classes=("ccb",), holds=("sbp",)),
        Drug(code="metformin-tab-500", group="metformin", name="二甲双胍", inn="metformin", atc="A10BA02", form="片", unit="片", strength=Decimal("0.5"), strength_unit="g", ingredients=("metformin",), high_alert=True, meal="with"),
        Drug(code="atorvastatin-tab-20", group="atorvastatin", name="阿托伐他汀", inn="atorvastatin", atc="C10AA05", form="片", unit="片", strength=Decimal(20), strength_unit="mg", ingredients=("atorvastatin",), classes=("statin",)),
        Drug(code="aspart-pen-300", group="insulin-aspart", name="门冬胰岛素", inn="insulin aspart", atc="A10AB05", form="注射液", unit="mL", strength=Decimal(100), strength_unit="U", ingredients=("insulin aspart",), routes=("sc",), high_alert=True, second=True, time_critical=True, holds=("glucose",)),
        Drug(code="paracetamol-tab-500", group="paracetamol", name="对乙酰氨基酚", inn="paracetamol", atc="N02BE01", form="片", unit="片", strength=Decimal("0.5"), strength_unit="g", ingredients=("paracetamol",)),
        Drug(code="alendronate-tab-70", group="alendronate", name="阿仑膦酸钠", inn="alendronate", atc="M05BA04", form="片", unit="片", strength=Decimal(70), strength_unit="mg", ingredients=("alendronate",), weekly=True),
    )  # fmt: skip
    return {one.code: one for one in found}


def drug_called(session: Session, code: str) -> Drug:
    """The medicine of a code, the institution's own before the program's; refuses one that is in neither."""
    del session
    if (drug := drugs().get(code)) is None:
        raise Refusal("药品目录里没有这个药，请从列表中选。", field="drug")
    return drug
