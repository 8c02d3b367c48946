"""What a person says of a return 回转单; `check_return` gives it back as columns, or refuses it beside the field."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any
from uuid import UUID

from app.core.errors import Refusal
from app.core.unit import Unit
from app.referrals.rules.returning import CAME_WITH
from app.referrals.writing.forms import partner_of, text
from app.residents.rules import Wrong, read_phones
from app.residents.stays.forms import words
from db.models import ReferralReturn

LONG = {
    "diagnoses": ("诊断结果", 300),
    "findings": ("主要检查结果", 800),
    "course": ("治疗经过", 800),
    "plan": ("下一步治疗方案及康复建议", 800),
    "dangers": ("危急警示", 300),
}
"""The long texts of the sheet: title, and how long each may be in characters."""
SHORT = {
    "hospital": "医院",
    "department": "科室",
    "record_number": "住院病案号",
    "visit_department": "复诊科室",
    "doctor_name": "医师",
}


@dataclass(frozen=True)
class ReturnForm:
    """The content of a return; its columns are described at `ReferralReturn`. `partner` or the hospital's name."""

    came_with: str = ""
    partner: UUID | None = None
    hospital: str = ""
    department: str = ""
    diagnoses: str = ""
    record_number: str = ""
    findings: str = ""
    course: str = ""
    plan: str = ""
    visit_on: date | None = None
    visit_department: str = ""
    dangers: str = ""
    doctor_name: str = ""
    doctor_phone: str = ""


def check_return(unit: Unit, form: ReturnForm) -> dict[str, Any]:
    """The columns. Refuses a return of which nobody said what it came with, a text that is too long, a bad phone."""
    if form.came_with not in CAME_WITH:
        raise Refusal("请选择带回了什么材料。", field="came_with")
    try:
        phone = read_phones(form.doctor_phone) if form.doctor_phone.strip() else ""
    except Wrong as wrong:
        raise Refusal(f"{wrong.text}。", field="doctor_phone") from wrong
    partner = partner_of(unit, form.partner) if form.partner is not None else None
    said = {
        **{name: words(getattr(form, name), name, title) for name, title in SHORT.items()},
        **{name: text(getattr(form, name), name, *limits) for name, limits in LONG.items()},
        "came_with": form.came_with,
        "partner": partner.rid if partner else None,
        "visit_on": form.visit_on,
        "doctor_phone": phone,
    }
    return said | {"hospital": partner.name} if partner else said


def form_of(row: ReferralReturn) -> ReturnForm:
    """What stands of a return, as it was said."""
    return ReturnForm(**{one.name: getattr(row, one.name) for one in fields(ReturnForm)})
