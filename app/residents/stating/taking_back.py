"""Taking back an entry just made: within ten minutes, by whoever made it, without further words."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from app.core.orders import Order, performs
from app.core.unit import Unit
from app.residents.stating.own import RETRACT, refuse_take_back
from app.residents.stating.revising import Seen, retract, standing
from db.models import Allergy, Diagnosis

MODELS: dict[str, type[Allergy] | type[Diagnosis]] = {"allergy": Allergy, "diagnosis": Diagnosis}


@dataclass(frozen=True)
class TakeBack(Order[None]):
    """Retract the entry just made; `kind` is allergy or diagnosis. The "none known" it put aside is stated again."""

    kind: str
    seen: Seen


@performs(TakeBack)
def take_back(unit: Unit, order: TakeBack) -> None:
    """Refuses another person's entry, one older than ten minutes, and one that was corrected since."""
    row = standing(unit, MODELS[order.kind], order.seen)
    refuse_take_back(unit, row, "登记", RETRACT)
    retract(unit, row, "登记后撤销")
    if isinstance(row, Allergy):
        _state_none_again(unit, row)


def _state_none_again(unit: Unit, row: Allergy) -> None:
    """What the entry had put aside in its act was said by somebody, and is true again; the retracted row stays so."""
    aside = unit.session.scalar(
        select(Allergy).where(
            Allergy.resident == row.resident,
            Allergy.none_known,
            Allergy.current,
            Allergy.state == "retracted",
            Allergy.recorded_at == row.recorded_at,
            Allergy.author == row.author,
        )
    )
    if aside is not None:
        stamp = unit.stamp(at=aside.at)
        again = Allergy(**stamp, revision=1, resident=row.resident, none_known=True, told_by=aside.told_by)
        unit.session.add(again)
