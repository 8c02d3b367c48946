"""What a person says of a round and of a visit on it; each is given back as columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.core.errors import Refusal
from app.core.unit import Unit
from app.referrals.partners.partner import running_partner
from app.referrals.rounds.lists import lists
from app.referrals.rules.rounds import WAYS, kept_lines
from app.referrals.writing.forms import text
from app.residents.rules.windows import When
from app.residents.stays.forms import words
from db.models import RoundVisit, Staff, VisitingDoctor

LONGEST_NOTE, LONGEST_QUESTION, LONGEST_TEXT, LONGEST_ORDER, MOST_ORDERS = 100, 120, 500, 100, 12
DOCTOR = "医师"
TEXTS = {
    "complaint": "主诉",
    "examined": "查体",
    "assessment": "病情评估",
    "exams": "检查建议",
    "refer": "转诊建议",
    "nursing": "护理建议",
    "rehab": "康复建议",
    "education": "健康教育",
    "fee": "收费",
}
"""The texts of a visit, in the order they are told."""


@dataclass(frozen=True)
class RoundForm:
    """A round as it is planned. The doctor is a `visitor` or `staff` of our own; `partner` None: the visitor's.

    `minute` of the day it is to begin, None: as rounds.toml says.
    """

    day: date
    visitor: UUID | None = None
    staff: UUID | None = None
    partner: UUID | None = None
    way: str = "on_site"
    minute: int | None = None
    note: str = ""


@dataclass(frozen=True)
class VisitForm:
    """What the doctor found and advises. `refer`: where to and why; `orders`: what is to be changed in the medicines.

    `vitals`: as told; `problem`: something was found; `refers`: 建议转诊; `next_on`: this resident is seen again.
    """

    complaint: str = ""
    vitals: str = ""
    examined: str = ""
    assessment: str = ""
    orders: tuple[str, ...] = ()
    exams: str = ""
    refer: str = ""
    nursing: str = ""
    rehab: str = ""
    education: str = ""
    fee: str = ""
    problem: bool = False
    refers: bool = False
    next_on: date | None = None
    measured: tuple[Mapping[str, Any], ...] = field(default=(), repr=False)
    """The values of the day the text of the vital signs was filled with: {code, text, unit, at, record}."""


def check_round(unit: Unit, form: RoundForm) -> dict[str, Any]:
    """The columns of a round; refuses a day far away, a doctor who does not come then, a way nobody knows."""
    earliest, latest = unit.today - timedelta(days=lists().back), unit.today + timedelta(days=lists().ahead)
    if not earliest <= form.day <= latest:
        raise Refusal(f"巡诊日期应在 {earliest} 到 {latest} 之间，请核对。", field="day")
    if form.way not in WAYS:
        raise Refusal("请选择现场或视频。", field="way")
    doctor = _doctor(unit, form)
    partner = form.partner or doctor.get("partner")
    at = When(form.day, lists().minute if form.minute is None else form.minute).instant(unit.settings.zone)
    return {
        "planned_on": form.day,
        "at": at,
        "way": form.way,
        "doctor_name": doctor["name"],
        "visitor": form.visitor,
        "staff": form.staff,
        "partner": partner,
        "partner_words": running_partner(unit, partner).name if partner is not None else "",
        "note": words(form.note, "note", "备注", longest=LONGEST_NOTE),
    }


def _doctor(unit: Unit, form: RoundForm) -> dict[str, Any]:
    if (form.visitor is None) == (form.staff is None):
        raise Refusal("请选择医师。", field="doctor")
    if form.visitor is not None:
        visitor = unit.session.scalar(
            select(VisitingDoctor).where(
                VisitingDoctor.rid == form.visitor,
                VisitingDoctor.current,
                VisitingDoctor.state != "retracted",
            )
        )
        if visitor is None:
            raise Refusal("没有找到这位医师，请重新选择。", field="doctor")
        if form.day < visitor.begins or (visitor.ends is not None and form.day > visitor.ends):
            raise Refusal(f"{visitor.name}在 {form.day} 不来院，请核对日期或另选医师。", field="doctor")
        return {"name": visitor.name, "partner": visitor.partner}
    own = unit.session.get(Staff, form.staff)
    if own is None or not own.active or own.profession != DOCTOR:
        raise Refusal("没有找到这位医师，请重新选择。", field="doctor")
    return {"name": own.name}


def check_visit(unit: Unit, form: VisitForm, before: RoundVisit | None = None) -> dict[str, Any]:
    """The columns of a visit; refuses one without an assessment, a 建议转诊 without words, a fee that is no number."""
    content = {key: text(getattr(form, key), key, title, LONGEST_TEXT) for key, title in TEXTS.items()}
    vitals = text(form.vitals, "vitals", "体征", LONGEST_TEXT)
    if not content["assessment"]:
        raise Refusal("请填写病情评估。", field="assessment")
    if form.refers and not content["refer"]:
        raise Refusal("请写明建议转到哪里、为什么。", field="refer")
    if content["fee"]:
        content["fee"] = _fee(content["fee"])
    if form.next_on is not None and form.next_on < unit.today - timedelta(days=lists().back):
        raise Refusal("下次日期已经过去，请核对。", field="next_on")
    lines = before.orders.get("all", ()) if before is not None else ()
    return {
        "content": content,
        "vitals": {"words": vitals, "all": [dict(one) for one in form.measured]},
        "orders": {"all": kept_lines(lines, _orders(form.orders))},
        "problem": form.problem or form.refers,
        "refer": form.refers,
        "next_on": form.next_on,
    }


def form_of(row: RoundVisit) -> VisitForm:
    """The content of a visit as it may be written anew."""
    known = {one.name for one in fields(VisitForm)}
    texts = {key: str(said) for key, said in row.content.items() if key in known}
    return VisitForm(
        **texts,
        vitals=str(row.vitals.get("words", "")),
        orders=tuple(one["words"] for one in row.orders.get("all", ())),
        problem=row.problem,
        refers=row.refer,
        next_on=row.next_on,
        measured=tuple(row.vitals.get("all", ())),
    )


def _fee(said: str) -> str:
    try:
        number = float(said.removesuffix("元").strip())
    except ValueError:
        raise Refusal("收费请填数字，单位元。", field="fee") from None
    if not 0 <= number <= 100_000:
        raise Refusal("收费应在 0 到 100000 元之间，请核对。", field="fee")
    return f"{number:g}"


def _orders(said: tuple[str, ...]) -> list[str]:
    lines = [words(one, "orders", "用药调整", longest=LONGEST_ORDER) for one in said if one.strip()]
    if len(lines) > MOST_ORDERS:
        raise Refusal(f"用药调整最多 {MOST_ORDERS} 条。", field="orders")
    if len(set(lines)) != len(lines):
        raise Refusal("有两条用药调整相同，请核对。", field="orders")
    return lines
