"""What the forms of prescriptions ask, which of it when, and the orders their values say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from app.access.proof import Proof
from app.core.form import Choice, Field, Form, Kind, Section, Value
from app.core.strokes import Strokes
from app.medication.prescriptions.acts import PrescribeExtended, PrescribeLong
from app.medication.prescriptions.free import Item, PrescribeFree
from app.medication.prescriptions.policy import extended_days, long_policy
from app.medication.prescriptions.rows import PrescriptionRow
from app.medication.prescriptions.writing import EXTENDED, FREE, LONG, Signed

LONGEST = 400
YES = "yes"
Values = Mapping[str, Value]


@dataclass(frozen=True)
class Asking:
    """What decides which fields of a long prescription are asked."""

    weeks: int
    first: bool
    below: bool
    warned: bool


def rx_form(what: str, today: date) -> Form:
    """The form of one kind."""
    fields = {LONG: _long, EXTENDED: _extended, FREE: _free}[what]
    return Form((Section("", fields(today)),))


def asked_of_long(asking: Asking) -> frozenset[str]:
    """The fields of a long prescription that are asked now."""
    keys = {"weeks", "begins", "diagnosis", "basis", "review_on"}
    if asking.first:
        keys.add("seen_in_person")
        if asking.below:
            keys.add("guidance")
    if asking.weeks > long_policy().usual_weeks:
        keys.add("assessment")
    if asking.warned:
        keys.add("despite")
    return frozenset(keys)


def signer_form(what: str) -> Form:
    """Who signs beside the doctor."""
    return Form(
        (
            Section(
                "",
                (
                    Field("name", "领取人" if what == FREE else "签字人", required=True, max_length=40),
                    Field(
                        "relation", "与老人的关系", required=True, max_length=20, placeholder="如 本人、女儿"
                    ),
                ),
            ),
        )
    )


def asks_signature(what: str, values: Values) -> bool:
    """Whether the resident or family signs: for free medicines, and for more than the usual weeks."""
    return what == FREE or (what == LONG and weeks_of(values) > long_policy().usual_weeks)


def first_values(what: str, today: date, diagnoses: tuple[str, ...]) -> dict[str, Value]:
    """What stands in an empty form."""
    said = "、".join(diagnoses)
    first: dict[str, dict[str, Value]] = {
        LONG: {"weeks": str(long_policy().usual_weeks), "begins": today.isoformat(), "diagnosis": said},
        EXTENDED: {"days": "28", "times": "1", "diagnosis": said},
        FREE: {"month": f"{today:%Y-%m}"},
    }
    return first[what]


def values_again(row: PrescriptionRow, today: date) -> dict[str, Value]:
    """What a new one takes over from the one before; grounds, numbers and signatures are always new."""
    content = row.content
    if row.what == LONG:
        after = today if row.ends is None else row.ends + timedelta(days=1)
        near = today <= after <= today + long_policy().remind + timedelta(days=1)
        begins = after if near and not row.ended else today
        kept = {key: str(content.get(key, "")) for key in ("guidance", "despite")}
        return {"weeks": str(row.weeks), "begins": begins.isoformat(), "diagnosis": row.diagnosis, **kept}
    if row.what == EXTENDED:
        kept = {
            key: str(content.get(key, ""))
            for key in ("hospital", "hospital_doctor", "days", "times", "delivery")
        }
        return {**kept, "diagnosis": row.diagnosis}
    return {"month": f"{today:%Y-%m}"}


def weeks_of(values: Values) -> int:
    """The weeks as typed; 0 while they are none."""
    said = text_of(values, "weeks")
    weeks = int(said) if said.isdecimal() else 0
    return weeks if weeks <= long_policy().longest_weeks else 0


def month_of(values: Values) -> date | None:
    """The month of free medicines; None where none is asked."""
    said = text_of(values, "month")
    return date.fromisoformat(f"{said}-01") if said else None


def days_of(values: Values) -> int:
    """The days of one part of an extended prescription as typed; 0 while they are none."""
    said = text_of(values, "days")
    days = int(said) if said.isdecimal() else 0
    return days if days <= extended_days() else 0


def read_long(
    resident: UUID, chosen: tuple[UUID, ...], values: Values, signer: Proof, drawn: Strokes
) -> PrescribeLong:
    """The order the form says; what is not asked is not in `values`."""
    return PrescribeLong(
        resident,
        chosen,
        weeks_of(values),
        text_of(values, "diagnosis"),
        text_of(values, "basis"),
        signer,
        seen_in_person=text_of(values, "seen_in_person") == YES,
        assessment=text_of(values, "assessment"),
        guidance=text_of(values, "guidance"),
        despite=text_of(values, "despite"),
        agreed=_signed(values, drawn),
        review_on=_date(values, "review_on"),
        begins=_date(values, "begins"),
    )


def read_extended(
    resident: UUID, chosen: tuple[UUID, ...], values: Values, signer: Proof
) -> PrescribeExtended:
    return PrescribeExtended(
        resident,
        chosen,
        text_of(values, "hospital"),
        text_of(values, "hospital_number"),
        text_of(values, "hospital_doctor"),
        date.fromisoformat(text_of(values, "prescribed_on")),
        days_of(values),
        int(text_of(values, "times")),
        text_of(values, "diagnosis"),
        signer,
        text_of(values, "delivery"),
    )


def read_free(
    resident: UUID, items: tuple[Item, ...], values: Values, signer: Proof, drawn: Strokes
) -> PrescribeFree:
    return PrescribeFree(resident, items, month_of(values) or date.min, signer, _signed(values, drawn))


def text_of(values: Values, key: str) -> str:
    """What a field holds, where it is one text."""
    value = values.get(key, "")
    return value.strip() if isinstance(value, str) else ""


def _long(today: date) -> tuple[Field, ...]:
    policy = long_policy()
    return (
        Field(
            "weeks", "处方周数", Kind.NUMBER, required=True, unit="周", low=1, high=policy.longest_weeks,
            hint=f"一般 {policy.usual_weeks} 周内，最长 {policy.longest_weeks} 周",
        ),
        Field("begins", "开始日期", Kind.DATE, required=True, earliest=today),
        Field("diagnosis", "诊断", required=True, max_length=LONGEST, wide=True),
        Field(
            "basis", "病情稳定的依据", Kind.LINES, required=True, max_length=LONGEST, hint="Ctrl+B 填入近两次指标",
            placeholder="近两次指标、症状、依从性",
        ),
        Field(
            "seen_in_person", "首次开具", Kind.CHOICE, required=True, choices=(Choice(YES, "已亲自诊查"),), wide=True,
        ),
        Field(
            "guidance", "指导机构和方式", required=True, max_length=LONGEST, wide=True,
            placeholder="如 市第一医院心内科，远程会诊", hint="首次原则上由中级以上职称医师开具",
        ),
        Field(
            "despite", "例外理由", Kind.LINES, required=True, max_length=LONGEST,
            placeholder="如 储存条件已落实：本站冰箱 2–8 ℃，发放时告知",
        ),
        Field(
            "assessment", "病情评估", Kind.LINES, required=True, max_length=LONGEST,
            hint=f"超过 {policy.usual_weeks} 周必填", placeholder="病情、并发症、用药依从性和不良反应",
        ),
        Field("review_on", "下次评估日期", Kind.DATE, earliest=today),
    )  # fmt: skip


def _extended(today: date) -> tuple[Field, ...]:
    return (
        Field("hospital", "上级医院", required=True, max_length=80, placeholder="如 市第一医院"),
        Field("hospital_number", "上级医院处方号", required=True, max_length=60),
        Field("hospital_doctor", "上级医院医师", required=True, max_length=40),
        Field("prescribed_on", "处方日期", Kind.DATE, required=True, latest=today),
        Field("days", "每次天数", Kind.NUMBER, required=True, unit="天", low=1, high=extended_days()),
        Field("times", "可延伸次数", Kind.NUMBER, required=True, unit="次", low=1, high=12, hint="含这一次"),
        Field("diagnosis", "诊断", required=True, max_length=LONGEST, wide=True),
        Field("delivery", "配送方式", max_length=80, wide=True, placeholder="如 医院配送到站、家属代取"),
    )


def _free(today: date) -> tuple[Field, ...]:
    before = today.replace(day=1) - timedelta(days=1) if today > date.min else today
    months = tuple(Choice(f"{day:%Y-%m}", f"{day:%Y-%m}") for day in (today, before))
    return (Field("month", "领取月份", Kind.CHOICE, required=True, choices=months, wide=True),)


def _signed(values: Values, drawn: Strokes) -> Signed | None:
    name = text_of(values, "name")
    return Signed(name, text_of(values, "relation"), drawn) if name else None


def _date(values: Values, key: str) -> date | None:
    said = text_of(values, key)
    return date.fromisoformat(said) if said else None
