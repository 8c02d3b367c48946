"""What a person says in a referral; `check_referral` gives it back as columns, or refuses it beside the field."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from app.access.prescribers import refuse_no_doctor
from app.core.errors import Refusal
from app.core.unit import Unit
from app.residents.stays.forms import words
from db.models import Partner, Referral
from db.models.referrals import URGENCIES

TEXTS = {
    "impression": ("初步印象", 300),
    "history": ("主要现病史（转出原因）", 800),
    "past": ("主要既往史", 800),
    "course": ("治疗经过", 800),
}
"""The texts of the national sheet: title and how long each may be, in characters."""
SBAR = {"I": "身份", "S": "现状", "B": "背景", "A": "评估", "R": "请求"}
LONGEST_SBAR = 800
FACTS = "facts"
"""The key of `Referral.attachments` under which the facts are kept that it was sent with."""


@dataclass(frozen=True)
class ReferralForm:
    """The content of a referral; its columns are described at `Referral`. `partner` or its name, one of them."""

    urgency: str = "emergency"
    impression: str = ""
    history: str = ""
    past: str = ""
    course: str = ""
    cause: str = ""
    criteria: tuple[dict[str, Any], ...] = ()
    sbar: dict[str, str] = field(default_factory=dict)
    green: bool = False
    partner: UUID | None = None
    partner_words: str = ""
    department: str = ""
    receiver: str = ""
    doctor: UUID | None = None
    doctor_name: str = ""
    attachments: tuple[dict[str, Any], ...] = ()
    belongings: tuple[str, ...] = ()
    escort: dict[str, Any] = field(default_factory=dict)
    call: dict[str, Any] = field(default_factory=dict)


def check_referral(unit: Unit, form: ReferralForm, was: Referral | None = None) -> dict[str, Any]:
    """The columns; refuses an urgency there is none of, a text that is too long, a partner that is gone or has ended.
    `was`: what it is changed from, which may have been sent to one that ended since.

    A draft may lack anything: what a move needs is asked when it is made (`whole`).
    """
    if form.urgency not in URGENCIES:
        raise Refusal("请选择紧急度。", field="urgency")
    texts = {name: text(getattr(form, name), name, *TEXTS[name]) for name in TEXTS}
    sbar = {
        key: text(said, f"sbar_{key}", f"交接摘要“{SBAR[key]}”", LONGEST_SBAR)
        for key, said in form.sbar.items()
        if key in SBAR
    }
    belongings = [one for said in form.belongings if (one := words(said, "belongings", "随身物品"))]
    return {
        **texts,
        **_partner(unit, form, was),
        "urgency": form.urgency,
        "cause": form.cause,
        "green": form.green,
        "criteria": {"all": list(form.criteria)},
        "sbar": {key: said for key, said in sbar.items() if said},
        "department": words(form.department, "department", "科室"),
        "receiver": words(form.receiver, "receiver", "接诊医生"),
        "doctor": form.doctor,
        "doctor_name": _doctor(unit, form, was),
        "attachments": {"all": list(form.attachments)},
        "belongings": belongings,
        "escort": {key: said for key, said in form.escort.items() if said},
        "call": dict(form.call),
    }


def text(said: str, name: str, title: str, longest: int) -> str:
    """A text of several lines without white space around it; refuses one that is too long."""
    trimmed = said.strip()
    if len(trimmed) > longest:
        raise Refusal(f"{title}最多 {longest} 个字，现在 {len(trimmed)} 个。", field=name)
    return trimmed


def refuse_unfinished(row: Any) -> None:
    """Refuses to send what says neither what is thought nor why: no doctor could take it."""
    if not row.impression:
        raise Refusal("请填写初步印象。", field="impression")
    if not row.history:
        raise Refusal("请填写主要现病史（转出原因）。", field="history")


def _doctor(unit: Unit, form: ReferralForm, was: Referral | None) -> str:
    """Who refers: as the chart has it, or a name somebody wrote; who was named before may stay named."""
    name = words(form.doctor_name, "doctor", "转诊医生")
    if form.doctor is None and not (was is not None and was.doctor_name == name):
        refuse_no_doctor(unit, name, "转诊的医师", "doctor")
    return name


def _partner(unit: Unit, form: ReferralForm, was: Referral | None) -> dict[str, Any]:
    name = words(form.partner_words, "partner", "接收机构")
    if form.partner is None:
        return {"partner": None, "partner_words": name}
    sent = was is not None and bool(was.attachments.get(FACTS)) and was.partner == form.partner
    row = partner_of(unit, form.partner) if sent else partner_to_send_to(unit, form.partner)
    return {"partner": row.rid, "partner_words": row.name}


def partner_of(unit: Unit, rid: UUID) -> Partner:
    """The partner; refuses one that is gone."""
    row = (
        unit.session.query(Partner)
        .filter(Partner.rid == rid, Partner.current, Partner.state != "retracted")
        .first()
    )
    if row is None:
        raise Refusal("没有找到这家机构，请重新选择。", field="partner")
    return row


def partner_to_send_to(unit: Unit, rid: UUID) -> Partner:
    """The partner; refuses one that is gone, and one nobody works with any more."""
    row = partner_of(unit, rid)
    if row.ended_on is not None and row.ended_on <= unit.today:
        raise Refusal(f"与{row.name}的合作已于 {row.ended_on:%Y-%m-%d} 终止，请另选机构。", field="partner")
    return row
