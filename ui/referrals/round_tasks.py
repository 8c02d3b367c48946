"""The acts on rounds, each as the task of a sheet."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from app.core.form import Choice, Field, Form, Kind, Section, read_date
from app.incidents.queries.people import Somebody
from app.referrals.partners.fields import Values, day_text, offers, text
from app.referrals.rounds import (
    AskAbout,
    BeginRound,
    CancelRound,
    ChangeRound,
    DoctorChoice,
    EndRound,
    LinkOrder,
    PersonRow,
    PlanRound,
    RoundLine,
    SettleLine,
    TakeOffRound,
    ToWrite,
    WrittenOrder,
)
from app.referrals.rounds.fields import (
    ask_form,
    end_form,
    first_values,
    left_value,
    plan_form,
    plan_values,
    read_plan,
    time_form,
    when_of,
    whom,
)
from app.referrals.rounds.lists import lists
from app.rehab.form.evaluation import read_reason
from app.residents.rules.windows import When
from ui.forms.task_sheet import Task

NONE = "none"
Doctors = tuple[DoctorChoice, ...]


def plan_task(doctors: Doctors, today: date, on: date, partner: UUID | None) -> Task:
    """A new round; by the agreement that asks for it, if one does."""
    return Task(
        "安排巡诊", "安排好以后，护士平时可以把要问的问题列入名单。", "安排", plan_form(doctors, today),
        lambda values: PlanRound(read_plan(values, doctors)), "已安排巡诊。",
        first_values(max(on, today), doctors, partner), focus="day",
    )  # fmt: skip


def change_task(line: RoundLine, doctors: Doctors, today: date, zone: str) -> Task:
    """Another day or doctor; of one that was held its times, with a reason."""
    held = line.arrived is not None

    def order(values: Values) -> ChangeRound:
        form = read_plan(values, _with(doctors, line))
        arrived = when_of(values, "arrived", form.day) if held else None
        left = when_of(values, "left", form.day) if held else None
        return ChangeRound(line.seen, form, arrived, left, read_reason(values) if held else "")

    return Task(
        "更正巡诊" if held else "修改巡诊安排", f"{line.who}，{line.number}。", "保存",
        plan_form(_with(doctors, line), today, held=held), order, "巡诊已保存。", plan_values(line, zone),
        focus="reason" if held else "day",
    )  # fmt: skip


def cancel_task(line: RoundLine) -> Task:
    why = Field("why", "为什么取消", required=True, max_length=80, placeholder="如 医师请假", wide=True)
    return Task(
        "取消巡诊", f"{line.on} {line.who}。名单里的 {line.people} 位老人转入下一次。", "取消巡诊",
        Form((Section("", (why,)),)), lambda values: CancelRound(line.seen, text(values, "why")), "巡诊已取消。",
        grave=True, width=520,
    )  # fmt: skip


def ask_task(
    line: RoundLine | None, people: tuple[Somebody, ...] | None, resident: UUID | None, said: str
) -> Task:
    """A question to the doctor of a round, or of the next one; about somebody who is known, or is to be found."""
    rid = line.seen.rid if line is not None else None

    def order(values: Values) -> AskAbout:
        about = resident if resident is not None else whom(people or (), text(values, "resident"))
        return AskAbout(about, text(values, "question"), rid)

    when = f"{line.on:%m-%d} {line.who}" if line is not None else "下一次巡诊"
    form = ask_form(people if resident is None else None)
    return Task(
        "列入巡诊", f"{when}。{said}", "列入", form, order, "已列入巡诊名单。",
        focus="resident" if resident is None else "question", width=520,
    )  # fmt: skip


def off_task(line: RoundLine, row: PersonRow) -> Task:
    why = Field("why", "原因", max_length=80, placeholder="可不填，如 已好转", wide=True)
    return Task(
        "移出名单", f"{row.name}　{row.bed}　{row.question}", "移出", Form((Section("", (why,)),)),
        lambda values: TakeOffRound(line.seen.rid, row.resident, text(values, "why")), f"{row.name}已移出名单。",
        width=520,
    )  # fmt: skip


def begin_task(line: RoundLine, now: When) -> Task:
    """The doctor arrived some time ago."""
    fields = time_form("arrived", "到达时间")
    return Task(
        "医师到达", f"{line.who}，{line.way_words}巡诊。", "登记到达", fields,
        lambda values: BeginRound(line.seen, when_of(values, "arrived", now.day)), "已登记到达，可以逐位记录。",
        {"arrived": _clock(now)}, width=420,
    )  # fmt: skip


def end_task(line: RoundLine, now: When, zone: str, next_on: date | None) -> Task:
    """The doctor leaves; whoever was not seen goes over."""
    left = line.people - line.visits
    more = f"还有 {left} 位没看，转入下一次。" if left else "名单上的老人都看过了。"

    def order(values: Values) -> EndRound:
        return EndRound(line.seen, when_of(values, "left", now.day), read_date(text(values, "next_on")))

    return Task(
        "结束巡诊", f"{line.who}，已看 {line.visits} 位。{more}", "结束", end_form(now.day), order, "巡诊已结束。",
        {"left": left_value(line, zone, now), "next_on": day_text(next_on)}, width=520,
    )  # fmt: skip


def settle_task(row: ToWrite, written: tuple[WrittenOrder, ...]) -> Task:
    """Which order was written for a change of medicines, or why none is."""
    choices = (
        *(Choice(str(one.rid), f"{one.number} {one.words}") for one in written),
        Choice(NONE, "不开医嘱"),
    )
    fields = (
        Field("order", "对应的医嘱", Kind.CHOICE, required=True, listed=True, choices=choices, wide=True),
        Field(
            "why", "不开医嘱的原因", Kind.SUGGESTED, max_length=80, wide=True,
            suggest=offers(lists().offers["not_written"]), placeholder="选“不开医嘱”时填写",
        ),
    )  # fmt: skip

    def order(values: Values) -> LinkOrder | SettleLine:
        chosen = text(values, "order")
        if chosen == NONE:
            return SettleLine(row.visit, row.words, text(values, "why"))
        return LinkOrder(row.visit, row.words, UUID(chosen))

    return Task(
        "转为医嘱", f"{row.name}　{row.bed}\n{row.said_by}：{row.words}", "确认", Form((Section("", fields),)), order,
        "已处理。", {"order": str(written[0].rid) if written else NONE}, focus="order" if written else "why",
    )  # fmt: skip


def _with(doctors: Doctors, line: RoundLine) -> Doctors:
    """Whoever held it stays among the choices, though they come no more."""
    if any((one.visitor, one.staff) == (line.visitor, line.staff) for one in doctors):
        return doctors
    return (DoctorChoice(line.doctor, line.who, line.visitor, line.staff, line.partner_rid), *doctors)


def _clock(now: When) -> str:
    return f"{now.minute // 60:02d}:{now.minute % 60:02d}"
