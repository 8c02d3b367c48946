"""What the sheets of rounds and the page of a visit ask, as data."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from app.core.clock import date_in, local
from app.core.errors import Refusal
from app.core.form import Choice, Field, Form, Kind, Section, Value, read_date
from app.incidents.queries.people import Somebody, find
from app.referrals.partners.fields import NO, YES, day_text, offers, text, yes_no
from app.referrals.rounds.asking import DoctorChoice
from app.referrals.rounds.forms import (
    LONGEST_NOTE,
    LONGEST_QUESTION,
    LONGEST_TEXT,
    TEXTS,
    RoundForm,
    VisitForm,
)
from app.referrals.rounds.lists import lists
from app.referrals.rounds.rows import RoundLine
from app.referrals.rules.rounds import WAYS
from app.rehab.form.evaluation import reason_fields
from app.residents.rules.windows import When, read_time

Values = Mapping[str, Value]
OFFERED = ("assessment", "exams", "nursing", "rehab", "education")


def plan_form(doctors: tuple[DoctorChoice, ...], today: date, *, held: bool = False) -> Form:
    """A round; of one that was `held` the times and why they are put right too."""
    known = lists()
    earliest, latest = today - timedelta(days=known.back), today + timedelta(days=known.ahead)
    choices = tuple(Choice(doctor_key(one), one.words) for one in doctors)
    ways = tuple(Choice(*one) for one in WAYS.items())
    fields = [
        Field("day", "日期", Kind.DATE, required=True, earliest=earliest, latest=latest),
        Field("time", "时间", Kind.TIME, required=True),
        Field(
            "doctor", "医师", Kind.CHOICE, required=True, choices=choices, listed=True, wide=True,
            hint="" if choices else "先在“协作机构”里添加来院医师",
        ),
        Field("way", "方式", Kind.CHOICE, required=True, choices=ways, wide=True),
        Field("note", "备注", max_length=LONGEST_NOTE, wide=True, placeholder="如 请备好近一周血压记录"),
    ]  # fmt: skip
    if held:
        fields += [Field("arrived", "到达", Kind.TIME, required=True), Field("left", "离开", Kind.TIME)]
        return Form((Section("", tuple(fields)), *reason_fields().sections))
    return Form((Section("", tuple(fields)),))


def doctor_key(one: DoctorChoice) -> str:
    return f"v{one.visitor}" if one.visitor is not None else f"s{one.staff}"


def plan_values(line: RoundLine, zone: str) -> dict[str, Value]:
    """What the sheet shows of a round."""
    said: dict[str, Value] = {
        "day": day_text(line.on),
        "time": f"{local(zone, line.at):%H:%M}",
        "doctor": f"v{line.visitor}" if line.visitor is not None else f"s{line.staff}",
        "way": line.way,
        "note": line.note,
    }
    for key, at in (("arrived", line.arrived), ("left", line.left)):
        said[key] = f"{local(zone, at):%H:%M}" if at is not None else ""
    return said


def first_values(
    on: date, doctors: tuple[DoctorChoice, ...], partner: UUID | None = None
) -> dict[str, Value]:
    """What is offered of a new one: the partner's doctor, if there is one."""
    theirs = [one for one in doctors if partner is not None and one.partner == partner]
    chosen = doctor_key(theirs[0]) if theirs else doctor_key(doctors[0]) if len(doctors) == 1 else ""
    minute = lists().minute
    return {
        "day": day_text(on),
        "time": f"{minute // 60:02d}:{minute % 60:02d}",
        "doctor": chosen,
        "way": "on_site",
    }


def read_plan(values: Values, doctors: tuple[DoctorChoice, ...]) -> RoundForm:
    chosen = next((one for one in doctors if doctor_key(one) == text(values, "doctor")), None)
    day = read_date(text(values, "day"))
    if day is None:
        raise Refusal("请填写日期。", field="day")
    return RoundForm(
        day=day,
        visitor=chosen.visitor if chosen else None,
        staff=chosen.staff if chosen else None,
        partner=chosen.partner if chosen else None,
        way=text(values, "way"),
        minute=read_time(text(values, "time")),
        note=text(values, "note"),
    )


def when_of(values: Values, key: str, day: date) -> When | None:
    """A time of a day; None where nothing is typed."""
    said = text(values, key)
    return When(day, read_time(said)) if said else None


def time_form(key: str, label: str) -> Form:
    return Form((Section("", (Field(key, label, Kind.TIME, required=True, wide=True),)),))


def end_form(today: date) -> Form:
    """When the doctor left, and when the next round is."""
    fields = (
        Field("left", "离开时间", Kind.TIME, required=True),
        Field(
            "next_on", "下次巡诊", Kind.DATE, earliest=today, latest=today + timedelta(days=lists().ahead),
            hint="没有安排的自动安排；不填则不安排",
        ),
    )  # fmt: skip
    return Form((Section("", fields),))


def ask_form(people: tuple[Somebody, ...] | None) -> Form:
    """A question to the doctor; `people` None: it is known about whom."""
    fields = [
        Field(
            "question", "要问医师的问题", Kind.TEXT, required=True, max_length=LONGEST_QUESTION, wide=True,
            placeholder="如 近 3 天头晕，血压偏高，是否调药",
        ),
    ]  # fmt: skip
    if people is not None:
        fields.insert(
            0,
            Field(
                "resident", "老人", Kind.SUGGESTED, required=True, wide=True, placeholder="姓名、拼音首字母或床位",
                suggest=lambda typed: tuple(Choice(one.label, one.label) for one in find(people, typed)),
            ),
        )  # fmt: skip
    return Form((Section("", tuple(fields)),))


def whom(people: tuple[Somebody, ...], label: str) -> UUID:
    """Who a label names; refuses words that are nobody's."""
    found = [one for one in people if one.label == label] or list(find(people, label))
    if len(found) != 1:
        raise Refusal("请从列表选择老人：输入姓名、拼音首字母或床位，再按 ↓ 和 Enter。", field="resident")
    return found[0].rid


def visit_form(today: date, *, signed: bool = False) -> Form:
    """What the doctor found and advises; of a `signed` one also why it is put right."""
    offered = {key: _offered(key) for key in OFFERED}
    found = (
        Field("vitals", "体征", max_length=LONGEST_TEXT, wide=True, placeholder="今天没有测量"),
        _lines("complaint", "不舒服在哪里、多久"),
        _lines("examined", "心肺腹、神志、皮肤、肢体"),
        offered["assessment"],
    )
    advised = (
        Field(
            "orders", "用药调整", Kind.LINES, hint="一行一条，签名后由护士转成医嘱", wide=True,
            placeholder="如 氨氯地平 5 mg 改为 10 mg 每日一次",
        ),
        offered["exams"],
        offered["nursing"],
        offered["rehab"],
        offered["education"],
    )  # fmt: skip
    after = (
        yes_no("problem", "发现问题"),
        yes_no("refers", "建议转诊"),
        Field("refer", "转到哪里、为什么", max_length=LONGEST_TEXT, wide=True, placeholder="如 神经内科，查头颅 CT"),
        Field("next_on", "这位老人下次看", Kind.DATE, latest=today + timedelta(days=lists().ahead)),
        Field("fee", "收费", Kind.NUMBER, unit="元", decimals=2, low=0, high=100_000),
    )  # fmt: skip
    sections = [Section("", found), Section("处理与建议", advised), Section("", after)]
    return Form((*sections, *reason_fields().sections) if signed else tuple(sections))


def visit_values(form: VisitForm) -> dict[str, Value]:
    return {
        **{key: getattr(form, key) for key in TEXTS},
        "vitals": form.vitals,
        "orders": "\n".join(form.orders),
        "problem": YES if form.problem else NO,
        "refers": YES if form.refers else NO,
        "next_on": day_text(form.next_on),
    }


def read_visit(values: Values, filled: VisitForm) -> VisitForm:
    """What is typed; `filled`: the values of the day the form was filled with."""
    return VisitForm(
        **{key: text(values, key) for key in TEXTS},
        vitals=text(values, "vitals"),
        orders=tuple(one.strip() for one in text(values, "orders").splitlines() if one.strip()),
        problem=text(values, "problem") == YES,
        refers=text(values, "refers") == YES,
        next_on=read_date(text(values, "next_on")),
        measured=filled.measured,
    )


def left_value(line: RoundLine, zone: str, now: When) -> str:
    """The time offered for the end of a round: now, or nothing where it began on another day."""
    began = date_in(zone, line.arrived) if line.arrived is not None else None
    return f"{now.minute // 60:02d}:{now.minute % 60:02d}" if began == now.day else ""


def _offered(key: str) -> Field:
    return Field(
        key, TEXTS[key], Kind.SUGGESTED, required=key == "assessment", max_length=LONGEST_TEXT, wide=True,
        suggest=offers(lists().offers[key]),
    )  # fmt: skip


def _lines(key: str, placeholder: str) -> Field:
    return Field(key, TEXTS[key], Kind.LINES, placeholder=placeholder, max_length=LONGEST_TEXT)
