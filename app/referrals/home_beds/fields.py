"""What the sheets of home beds ask, as data: application, evaluation, a round, another period, the closing."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from app.core.form import Choice, Field, Form, Kind, Section, Value, read_date
from app.referrals.home_beds.lists import lists
from app.referrals.home_beds.opening import LONGEST, Applicant, Application, Opening
from app.referrals.home_beds.visiting import KINDS, TEXTS, BedVisit
from app.referrals.partners.fields import NO, YES, Values, day_text, offers, several, text, yes_no
from app.referrals.rules.home_beds import months_on
from app.rehab.form.evaluation import reason_fields

OPEN, DECLINE = "open", "decline"
_YEARS = timedelta(days=366 * 3)
_RELATIONS = ("本人", "子", "女", "配偶", "监护人", "代理人")


def application_form(people: tuple[str, ...], *, correcting: bool = False) -> Form:
    """Who applies, and why one is needed."""
    indications = tuple(Choice(code, words) for code, words in lists().indications.items())
    fields = (
        Field("indications", "建床指征", Kind.CHOICES, required=True, choices=indications, wide=True),
        Field("diagnosis", "诊断", required=True, max_length=200, wide=True, placeholder="如 脑梗死恢复期，留置胃管"),
        Field("applicant", "申请人", Kind.SUGGESTED, required=True, max_length=40, suggest=offers(people)),
        Field("relation", "与老人的关系", Kind.SUGGESTED, required=True, max_length=20, suggest=offers(_RELATIONS)),
        yes_no("on_paper", "已在纸质申请书上签名", wide=True),
    )  # fmt: skip
    section = Section("", fields)
    return Form((section, *reason_fields().sections) if correcting else (section,))


def application_values(form: Application) -> dict[str, Value]:
    return {
        "indications": form.indications,
        "diagnosis": form.diagnosis,
        "applicant": form.applicant.name,
        "relation": form.applicant.relation,
        "on_paper": YES if form.applicant.on_paper else NO,
    }


def read_application(values: Values, drawn: dict[str, Any]) -> Application:
    applicant = Applicant(
        text(values, "applicant"), text(values, "relation"), drawn, on_paper=text(values, "on_paper") == YES
    )
    return Application(applicant, several(values, "indications"), text(values, "diagnosis"))


def evaluation_form(today: date, doctors: tuple[str, ...], nurses: tuple[str, ...]) -> Form:
    """Opened or not, and with whom, how long, how often."""
    known = lists()
    fields = (
        Field(
            "verdict", "评估结论", Kind.CHOICE, required=True, wide=True,
            choices=(Choice(OPEN, "建床"), Choice(DECLINE, "不建床")),
        ),
        Field("words", "评估意见", Kind.LINES, required=True, max_length=LONGEST, wide=True,
              placeholder="如 生命体征平稳，符合建床指征，居住环境安全"),
        Field("on", "建床日期", Kind.DATE, required=True, earliest=today - _YEARS, latest=today),
        Field("until", "周期至", Kind.DATE, latest=today + _YEARS, hint=f"最长 {known.most_months} 个月"),
        Field("doctor_name", "责任医师", Kind.SUGGESTED, max_length=40, suggest=offers(doctors), hint="建床时必填"),
        Field("nurse_name", "责任护士", Kind.SUGGESTED, max_length=40, suggest=offers(nurses)),
        Field("visits_week", "医师查床", Kind.NUMBER, unit="次/周", low=1, high=known.most_visits),
        Field("insurance", "医保登记", max_length=60, placeholder="登记号，可不填"),
        Field("plan", "诊疗计划", Kind.LINES, max_length=LONGEST, wide=True),
    )  # fmt: skip
    return Form((Section("", fields),))


def evaluation_values(today: date, doctor: str = "") -> dict[str, Value]:
    known = lists()
    return {
        "verdict": OPEN,
        "on": day_text(today),
        "until": day_text(months_on(today, known.months)),
        "visits_week": str(known.visits_week),
        "doctor_name": doctor,
    }


def read_opening(values: Values) -> Opening | None:
    """None where the bed is not to be opened."""
    if text(values, "verdict") != OPEN:
        return None
    return Opening(
        doctor_name=text(values, "doctor_name"),
        until=read_date(text(values, "until")),
        visits_week=int(text(values, "visits_week") or lists().visits_week),
        nurse_name=text(values, "nurse_name"),
        plan=text(values, "plan"),
        insurance=text(values, "insurance"),
    )


def visit_form(today: date, doctors: tuple[str, ...], *, correcting: bool = False) -> Form:
    """A round: what was found and done."""
    kinds = tuple(Choice(key, words) for key, words in KINDS.items())
    forbidden = "、".join(one.words for one in lists().forbidden)
    hints = {"assessment": "医师查床必填", "done": "护士巡视必填"}
    texts = (
        Field(key, words, Kind.LINES, max_length=LONGEST, wide=True, hint=hints.get(key, ""),
              placeholder=f"不做：{forbidden}" if key == "done" else "")
        for key, words in TEXTS.items()
    )  # fmt: skip
    fields = (
        Field("kind", "查床", Kind.CHOICE, required=True, choices=kinds, wide=True),
        Field("at", "时间", Kind.MOMENT, required=True, today=today, latest=today),
        Field("name", "医师或护士", Kind.SUGGESTED, max_length=40, suggest=offers(doctors)),
        *texts,
        yes_no("refer", "建议转诊", wide=True),
    )
    section = Section("", fields)
    return Form((section, *reason_fields().sections) if correcting else (section,))


def visit_values(kind: str, at: datetime, name: str, row: dict[str, str] | None = None) -> dict[str, Value]:
    return {"kind": kind, "at": f"{at:%Y-%m-%d %H:%M}", "name": name, "refer": NO, **(row or {})}


def read_visit(values: Values, at: datetime | None, drawn: dict[str, Any] | None = None) -> BedVisit:
    return BedVisit(
        kind=text(values, "kind"),
        texts={key: text(values, key) for key in TEXTS},
        name=text(values, "name"),
        at=at,
        drawn=drawn or {},
        refer=text(values, "refer") == YES,
    )


def renewal_form(until: date | None, today: date) -> Form:
    """Another period, and why."""
    fields = (
        Field("until", "周期延至", Kind.DATE, required=True, earliest=until or today, latest=today + _YEARS),
        Field("why", "续床理由", required=True, max_length=100, placeholder="如 仍需胃管维护、伤口未愈"),
    )
    return Form((Section("", fields),))


def closing_form(today: date) -> Form:
    """How it ended."""
    known = lists()
    fields = (
        Field("on", "撤床日期", Kind.DATE, required=True, earliest=today - _YEARS, latest=today),
        Field("why", "撤床原因", Kind.SUGGESTED, required=True, max_length=100, suggest=offers(known.endings)),
        Field("outcome", "转归", Kind.CHOICE, required=True, wide=True,
              choices=tuple(Choice(one, one) for one in known.outcomes)),
        Field("summary", "撤床小结", Kind.LINES, required=True, max_length=LONGEST, wide=True,
              placeholder="建床经过、查床次数、目前情况、后续建议"),
    )  # fmt: skip
    return Form((Section("", fields),))
