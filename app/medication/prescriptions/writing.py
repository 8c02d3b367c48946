"""The row of a prescription, signed by its doctor, and what resident or family signed for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.access.signing import Signable, sign
from app.core.errors import Refusal
from app.core.roles import Actor
from app.core.strokes import Strokes, check_drawn, kept_strokes
from app.core.unit import Unit
from db.models import MedStatement, Prescription, Resident

KIND = "prescription"
LONG, EXTENDED, FREE = "long", "extended", "free"


@dataclass(frozen=True)
class Signed:
    """Who signed for it: name, relation, the drawn signature."""

    name: str
    relation: str
    drawn: Strokes = ()


def prescription_row(
    unit: Unit, resident: UUID, what: str, signer: Actor, columns: dict[str, Any]
) -> Prescription:
    if unit.session.get(Resident, resident) is None:
        raise Refusal("没有找到这位老人。")
    row = Prescription(
        **unit.stamp(),
        revision=1,
        resident=resident,
        number=unit.next_number(KIND),
        what=what,
        doctor=signer.rid,
        doctor_name=signer.name,
        doctor_title=signer.title,
        **columns,
    )
    unit.session.add(row)
    unit.session.flush()
    signed = ("number", "resident", "what", "items", "begins", "ends")
    content = {name: getattr(row, name) for name in signed}
    sign(unit, Signable(KIND, row.rid, 1, row.station), content, signer)
    return row


def statement(unit: Unit, row: Prescription, what: str, signed: Signed, words: str) -> None:
    check_drawn(signed.drawn)
    if not signed.relation.strip():
        raise Refusal("请填写签字人与老人的关系。", field="relation")
    unit.session.add(
        MedStatement(
            **unit.stamp(),
            revision=1,
            resident=row.resident,
            what=what,
            name=signed.name.strip(),
            relation=signed.relation.strip(),
            about=row.rid,
            words=words,
            drawn=kept_strokes(signed.drawn),
        )
    )
