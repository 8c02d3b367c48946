"""The form of a return as data: what is asked of who comes back, the short things first, the papers' texts after."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields as parts
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from app.core.clock import local
from app.core.form import Choice, Field, Form, Kind, Section, Value, read_date
from app.referrals.coming_back.asking import AWAY, RECORDED, ReturnWhole
from app.referrals.coming_back.forms import LONG, ReturnForm
from app.referrals.coming_back.lists import lists
from app.referrals.rules.returning import CAME_WITH
from app.residents.rules.stated import CORRECTION_REASONS
from app.residents.rules.windows import When

Offers = Callable[[str], tuple[Choice, ...]]
AT, BED, CONDITION, PHOTOS = "at", "bed", "condition", "photos"
REASON, WHY_ELSE = "reason", "reason_words"


def return_fields(
    today: date, hospitals: tuple[str, ...], beds: tuple[str, ...] | None, whole: ReturnWhole
) -> Form:
    """`beds`: free ones, where a bed is needed. What it asks goes by the stage: coming back by it, or set right.
    平台 may be chosen where the hospital wrote something there."""
    coming, recorded = whole.stage == AWAY, whole.stage == RECORDED
    platform = whole.offered.came_with == "platform"
    came = tuple(Choice(key, words) for key, words in CAME_WITH.items() if key != "platform" or platform)
    first = [Field("came_with", "带回的材料", Kind.CHOICE, required=True, choices=came, wide=True)]
    if not recorded:
        first.append(
            Field(
                AT, "返院时间", Kind.MOMENT, required=True, today=today, latest=today, placeholder="如 13:20"
            )
        )
    if beds is not None:
        first.append(Field(BED, "床位", Kind.SUGGESTED, hint="原床位没有保留", suggest=_offer(beds)))
    if coming:
        first.append(Field(CONDITION, "返院情况", max_length=100, placeholder="如 轮椅推回，神志清"))
    first += [
        Field("hospital", "医院", Kind.SUGGESTED, suggest=_offer(hospitals), max_length=100),
        Field("department", "科室", max_length=100),
        _lines("diagnoses", "出院小结上的诊断"),
    ]
    sections = [Section("", tuple(first)), Section("回转单内容", _letter())]
    if recorded:
        sections.append(Section("", _reasons()))
    return Form(tuple(sections))


def correction_reason(values: Mapping[str, Value]) -> str:
    """The reason as it is kept: `其他：` with its words."""
    chosen, more = str(values.get(REASON, "")), str(values.get(WHY_ELSE, "")).strip()
    return f"{chosen}：{more}" if chosen.startswith("其他") and more else chosen


def read_return(values: Mapping[str, Value], partners: Mapping[str, UUID]) -> ReturnForm:
    """What was typed. A hospital that is a partner by name is that partner."""
    texts = {one.name: str(values.get(one.name, "")) for one in parts(ReturnForm)}
    hospital = texts["hospital"].strip()
    typed: dict[str, Any] = {
        **texts,
        "hospital": hospital,
        "partner": partners.get(hospital),
        "visit_on": read_date(texts["visit_on"]) if texts["visit_on"] else None,
    }
    return ReturnForm(**typed)


def return_values(form: ReturnForm) -> dict[str, Value]:
    """What the fields show of a return."""
    said = {one.name: getattr(form, one.name) for one in parts(ReturnForm) if one.name != "partner"}
    return said | {"visit_on": form.visit_on.isoformat() if form.visit_on else ""}


def read_when(values: Mapping[str, Value]) -> When | None:
    """The moment typed, `2026-11-21 13:20`."""
    said = str(values.get(AT, ""))
    if not said:
        return None
    moment = datetime.fromisoformat(said)
    return When(moment.date(), moment.hour * 60 + moment.minute)


def read_instant(said: str, zone: str) -> datetime:
    """A moment as the field keeps it, on the institution's wall clock."""
    return datetime.fromisoformat(said).replace(tzinfo=ZoneInfo(zone))


def moment_value(zone: str, moment: datetime) -> str:
    """A moment as the field keeps it."""
    return f"{local(zone, moment):%Y-%m-%d %H:%M}"


def chase_fields(today: date, whom: tuple[str, ...]) -> Form:
    """What is noted when somebody was asked for papers; `whom`: the doctor and hospital we know of."""
    ways = tuple(Choice(key, words) for key, words in lists().ways.items())
    return Form(
        (
            Section(
                "",
                (
                    Field("how", "怎样追要", Kind.CHOICE, required=True, choices=ways, wide=True),
                    Field(
                        "whom", "问了谁", Kind.SUGGESTED, required=True, suggest=_offer(whom), max_length=100
                    ),
                    Field("chased_at", "时间", Kind.MOMENT, required=True, today=today, latest=today),
                    Field(
                        "answer",
                        "对方答复",
                        required=True,
                        max_length=100,
                        wide=True,
                        placeholder="如 周三前寄出",
                    ),
                ),
            ),
        )
    )


def _letter() -> tuple[Field, ...]:
    """What the letter of the hospital says, and its photographs."""
    return (
        Field("record_number", "住院病案号", max_length=100),
        Field("doctor_name", "医师", max_length=100),
        _lines("findings", "含异常项"),
        _lines("course", "做了哪些治疗"),
        _lines("plan", "用药以外的下一步方案、康复、饮食与活动"),
        Field("visit_on", "复诊日期", Kind.DATE),
        Field("visit_department", "复诊科室", max_length=100),
        _lines("dangers", "出现什么情况要立即送回医院"),
        Field("doctor_phone", "医师电话", placeholder="手机或座机"),
        Field(PHOTOS, "材料照片与文件", Kind.PHOTOS, hint="出院小结、带药清单", most=30, pdf=True),
    )


def _reasons() -> tuple[Field, ...]:
    choices = tuple(Choice(one, one) for one in CORRECTION_REASONS)
    return (
        Field(REASON, "更正原因", Kind.CHOICE, hint="只补充空着的内容时不用选", choices=choices, wide=True),
        Field(WHY_ELSE, "说明", hint="选“其他”时填写", max_length=60, wide=True),
    )


def _lines(key: str, placeholder: str) -> Field:
    title, longest = LONG[key]
    return Field(key, title, Kind.LINES, placeholder=placeholder, max_length=longest, wide=True)


def _offer(words: tuple[str, ...]) -> Offers:
    return lambda typed: tuple(Choice(one, one) for one in words if typed.strip() in one)[:8]
