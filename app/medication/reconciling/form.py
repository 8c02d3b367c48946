"""What is asked in the sheets of a reconciliation, as data: a line of the hospital's list, who decided and why."""

from __future__ import annotations

from collections.abc import Mapping

from app.core.form import Choice, Field, Form, Kind, Section, Value
from app.core.settings import Settings
from app.medication.lists import frequencies_here
from app.medication.rules.listed import Listed

STOPPED = "stopped"
WHYS = {
    "stop": ("按出院医嘱停用", "不良反应", "指征已不存在", "与新药重复"),
    "drop": ("过敏", "与在用药重复或相互作用", "疗程已完成", "医师认为不需要"),
}
"""What is mostly said; other words may be written."""


def line_fields(settings: Settings) -> Form:
    """One line of the hospital's list, beside the medicine."""
    often = tuple(Choice(one.code, one.words) for one in frequencies_here(settings).values())
    return Form(
        (
            Section(
                "",
                (
                    Field("dose", "剂量", placeholder="如 0.25g、1片", max_length=40),
                    Field("frequency", "频次", Kind.CHOICE, choices=often, listed=True),
                    Field("days", "疗程", Kind.NUMBER, unit="天", placeholder="没写就空着"),
                    Field("note", "说明", max_length=100, placeholder="如 餐前、复查后减量"),
                    Field(STOPPED, "出院时", Kind.CHOICES, choices=(Choice(STOPPED, "医院写明停用"),)),
                ),
            ),
        )
    )


def paper_field() -> Form:
    """The list as the hospital gave it."""
    return Form((Section("", (Field("paper", "清单照片或 PDF", Kind.PHOTOS, most=1, pdf=True),)),))


def line_of(drug: str, words: str, values: Mapping[str, Value], key: str = "") -> Listed:
    """The line as it is typed."""
    said = {name: str(values.get(name, "")).strip() for name in ("dose", "frequency", "days", "note")}
    return Listed(words, key, drug, said["dose"], said["frequency"], "", said["days"], "", said["note"],
                  stopped=STOPPED in (values.get(STOPPED) or ()))  # fmt: skip


def values_of(line: Listed) -> dict[str, Value]:
    """The line again as it was typed."""
    said: dict[str, Value] = {
        "dose": line.dose,
        "frequency": line.frequency,
        "days": line.days,
        "note": line.note,
    }
    return said | {STOPPED: (STOPPED,) if line.stopped else ()}


def decision_fields(decision: str, *, doctor: bool) -> Form:
    """Why it stops or is not taken; a nurse says which doctor decided."""
    fields: list[Field] = []
    if decision in WHYS:
        choices = WHYS[decision]
        fields.append(
            Field(
                "why", "原因", required=True, max_length=80, placeholder=f"如 {'、'.join(choices)}", wide=True
            )
        )
    if not doctor:
        fields.append(
            Field(
                "doctor_name",
                "作决定的医师",
                required=True,
                max_length=20,
                placeholder="如 出院医师 刘志远、陈永康",
            )
        )
    return Form((Section("", tuple(fields)),))
