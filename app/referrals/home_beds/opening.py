"""A home bed is applied for, evaluated (opened or declined), renewed, closed; each step is a revision."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.prescribers import refuse_no_doctor
from app.core.errors import Refusal
from app.core.orders import Order, performs
from app.core.roles import Right
from app.core.strokes import check_drawn, strokes_of
from app.core.unit import Unit
from app.referrals.home_beds.lists import lists
from app.referrals.revising import Seen, follow, retract, revise, standing
from app.referrals.rules.home_beds import months_on
from app.referrals.writing.forms import text
from app.residents.stays.forms import words
from db.models import HomeBed, Resident, RoundVisit

LONGEST = 500


@dataclass(frozen=True)
class Applicant:
    """The resident or who decides for them; `drawn` as `app.core.strokes` keeps it, `on_paper`: signed on paper."""

    name: str
    relation: str
    drawn: dict[str, Any] = field(default_factory=dict)
    on_paper: bool = False


@dataclass(frozen=True)
class Application:
    """`indications`: codes of home_bed.toml, at least one."""

    applicant: Applicant
    indications: tuple[str, ...]
    diagnosis: str


@dataclass(frozen=True)
class Opening:
    """What was decided when it was opened. `until`: the end of the first period."""

    doctor_name: str
    until: date | None
    visits_week: int = 1
    nurse_name: str = ""
    doctor: UUID | None = None
    nurse: UUID | None = None
    plan: str = ""
    insurance: str = ""


@dataclass(frozen=True)
class Applied:
    """A home bed that was applied for."""

    bed: Seen
    number: str


@dataclass(frozen=True)
class ApplyHomeBed(Order[Applied]):
    """For a resident who has none that is applied for or open. Living in a bed of the house is no hindrance."""

    resident: UUID
    form: Application


@dataclass(frozen=True)
class ChangeHomeBed(Order[Seen]):
    """The application was entered wrongly; `reason` is one of `CORRECTION_REASONS`."""

    seen: Seen
    form: Application
    reason: str


@dataclass(frozen=True)
class EvaluateHomeBed(Order[Seen]):
    """建床评估: `words` say what was found. With an `opening` the bed is opened on the day, without one declined."""

    seen: Seen
    on: date
    words: str
    opening: Opening | None = None


@dataclass(frozen=True)
class RenewHomeBed(Order[Seen]):
    """Another period, at most as long as home_bed.toml has it."""

    seen: Seen
    until: date
    why: str


@dataclass(frozen=True)
class CloseHomeBed(Order[Seen]):
    """撤床: why, how it came out, and a summary."""

    seen: Seen
    on: date
    why: str
    outcome: str
    summary: str


@dataclass(frozen=True)
class ReopenHomeBed(Order[Seen]):
    """It was closed or declined by mistake: the step before stands again."""

    seen: Seen


@dataclass(frozen=True)
class RetractHomeBed(Order[Seen]):
    """Applied for in error. Refused once a round was held: then it is closed."""

    seen: Seen
    why: str


@performs(ApplyHomeBed)
def apply_home_bed(unit: Unit, order: ApplyHomeBed) -> Applied:
    unit.require(Right.KEEP_CONTRACTS)
    if unit.session.get(Resident, order.resident) is None:
        raise Refusal("没有找到这位老人。")
    _refuse_second(unit, order.resident, None)
    content = check_application(order.form)
    number = f"JB-{unit.next_number('home_bed')}"
    row = HomeBed(
        **unit.stamp(), revision=1, resident=order.resident, number=number, status="applied", **content
    )
    unit.session.add(row)
    return Applied(Seen(row.rid, 1), number)


@performs(ChangeHomeBed)
def change_home_bed(unit: Unit, order: ChangeHomeBed) -> Seen:
    return revise(unit, _row(unit, order.seen), order.reason, check_application(order.form))


@performs(EvaluateHomeBed)
def evaluate_home_bed(unit: Unit, order: EvaluateHomeBed) -> Seen:
    row = _row(unit, order.seen)
    if row.status != "applied":
        raise Refusal("这张家庭病床已经评估过。")
    if order.on > unit.today:
        raise Refusal("日期在今天之后，请核对。", field="on")
    said = text(order.words, "words", "评估意见", LONGEST)
    if not said:
        raise Refusal("请填写评估意见。", field="words")
    evaluation = {
        "words": said, "at": unit.now.isoformat(), "by": str(unit.actor.rid), "by_name": unit.actor.name,
    }  # fmt: skip
    if order.opening is None:
        return follow(unit, row, "不建床", {"status": "declined", "evaluation": evaluation, "at": unit.now})
    refuse_no_doctor(unit, order.opening.doctor_name, "责任医师")
    opened = {"status": "open", "opened_on": order.on, "evaluation": evaluation, "at": unit.now}
    return follow(unit, row, "建床", {**opened, **_opening(order.opening, order.on)})


@performs(RenewHomeBed)
def renew_home_bed(unit: Unit, order: RenewHomeBed) -> Seen:
    """Refuses an end before the one there is, and a period that is too long."""
    row = _open(unit, order.seen)
    if row.until is not None and order.until <= row.until:
        raise Refusal(f"现在到 {row.until:%Y-%m-%d}，续床后应更晚。", field="until")
    _refuse_long(max(row.until or unit.today, unit.today), order.until)
    why = words(order.why, "why", "续床理由", required=True)
    line = {
        "until": order.until.isoformat(),
        "at": unit.now.isoformat(),
        "why": why,
        "by_name": unit.actor.name,
    }
    renewed = {"all": [*row.renewed.get("all", ()), line]}
    changes = {"until": order.until, "renewed": renewed, "at": unit.now}
    return follow(unit, row, f"续床到 {order.until:%Y-%m-%d}", changes)


@performs(CloseHomeBed)
def close_home_bed(unit: Unit, order: CloseHomeBed) -> Seen:
    row = _open(unit, order.seen)
    if order.on > unit.today:
        raise Refusal("撤床日期不能在今天之后。", field="on")
    if row.opened_on is not None and order.on < row.opened_on:
        raise Refusal("撤床日期早于建床日期，请核对。", field="on")
    closing = {
        "why": words(order.why, "why", "撤床原因", required=True),
        "outcome": words(order.outcome, "outcome", "转归", required=True, longest=20),
        "summary": text(order.summary, "summary", "撤床小结", LONGEST),
        "by_name": unit.actor.name,
    }
    if not closing["summary"]:
        raise Refusal("请填写撤床小结。", field="summary")
    changes = {"status": "closed", "closed_on": order.on, "closing": closing, "at": unit.now}
    return follow(unit, row, f"撤床：{closing['why']}", changes)


@performs(ReopenHomeBed)
def reopen_home_bed(unit: Unit, order: ReopenHomeBed) -> Seen:
    row = _row(unit, order.seen)
    before = {"closed": "open", "declined": "applied"}.get(row.status)
    if before is None:
        raise Refusal("没有撤床，不用恢复。")
    _refuse_second(unit, row.resident, row.rid)
    return follow(unit, row, "恢复", {"status": before, "closed_on": None, "closing": {}, "at": unit.now})


@performs(RetractHomeBed)
def retract_home_bed(unit: Unit, order: RetractHomeBed) -> Seen:
    row = _row(unit, order.seen)
    visited = unit.session.scalar(
        select(RoundVisit.rid)
        .where(RoundVisit.home_bed == row.rid, RoundVisit.current, RoundVisit.state != "retracted")
        .limit(1)
    )
    if visited is not None:
        raise Refusal("已有查床记录，不能撤销；不再需要请用“撤床”。")
    return retract(unit, row, order.why)


def check_application(form: Application) -> dict[str, Any]:
    """The columns; refuses no applicant, no signature, no indication, 其他 without a diagnosis."""
    known = lists().indications
    said = form.applicant
    if said.drawn:
        check_drawn(strokes_of(said.drawn))
    name = words(said.name, "applicant", "申请人", required=True, longest=40)
    relation = words(said.relation, "relation", "与老人的关系", required=True, longest=20)
    if not (said.drawn or said.on_paper):
        raise Refusal("请申请人在屏幕上签名，或注明已在纸上签名。", field="on_paper")
    if not form.indications or any(code not in known for code in form.indications):
        raise Refusal("请选择建床指征。", field="indications")
    return {
        "applicant": {"name": name, "relation": relation, "drawn": said.drawn, "on_paper": said.on_paper},
        "indications": [code for code in known if code in form.indications],
        "diagnosis": words(form.diagnosis, "diagnosis", "诊断", required=True, longest=200),
    }


def _opening(said: Opening, on: date) -> dict[str, Any]:
    known = lists()
    until = said.until or months_on(on, known.months)
    if until < on:
        raise Refusal("周期结束早于建床日期，请核对。", field="until")
    _refuse_long(on, until)
    if not 1 <= said.visits_week <= known.most_visits:
        raise Refusal(f"每周查床应在 1 到 {known.most_visits} 次之间。", field="visits_week")
    return {
        "doctor": said.doctor,
        "doctor_name": words(said.doctor_name, "doctor_name", "责任医师", required=True, longest=40),
        "nurse": said.nurse,
        "nurse_name": words(said.nurse_name, "nurse_name", "责任护士", longest=40),
        "until": until,
        "visits_week": said.visits_week,
        "plan": text(said.plan, "plan", "诊疗计划", LONGEST),
        "insurance": words(said.insurance, "insurance", "医保登记", longest=60),
    }


def _refuse_long(since: date, until: date) -> None:
    most = lists().most_months
    if until > months_on(since, most):
        raise Refusal(f"一个周期最长 {most} 个月（到 {months_on(since, most):%Y-%m-%d}）。", field="until")


def _refuse_second(unit: Unit, resident: UUID, but: UUID | None) -> None:
    statement = select(HomeBed).where(
        HomeBed.resident == resident,
        HomeBed.current,
        HomeBed.state != "retracted",
        HomeBed.status.in_(("applied", "open")),
    )
    for other in unit.session.scalars(statement):
        if other.rid != but:
            state = "已申请" if other.status == "applied" else "建床中"
            raise Refusal(f"这位老人的家庭病床 {other.number} {state}，不能再建一张。")


def _open(unit: Unit, seen: Seen) -> HomeBed:
    row = _row(unit, seen)
    if row.status != "open":
        raise Refusal("这张家庭病床没有在建床中。")
    return row


def _row(unit: Unit, seen: Seen) -> HomeBed:
    unit.require(Right.KEEP_CONTRACTS)
    return standing(unit, HomeBed, seen)
