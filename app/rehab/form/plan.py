"""The form of a plan as data: its head, its stop rules, the way it is paused and closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from app.core.form import Choice, Field, Form, Kind, Section, Value, read_date
from app.rehab.drafted import PlanDraft
from app.rehab.form.evaluation import phase_choices, reason_fields
from app.rehab.lists.stops import conditions, stop_rules
from app.rehab.lists.templates import templates
from app.rehab.planning.forms import LONGEST_WORDS
from app.rehab.planning.running import OUTCOMES
from app.rehab.rules.stopping import applying
from app.rehab.templating import Hand

Values = Mapping[str, Value]
LIMIT = "limit."
"""How the fields of stop rules begin."""


def plan_fields(offered: Sequence[str], staff: Sequence[Hand]) -> Form:
    """What is asked of a plan as a whole. `offered`: templates that suit, which come first."""
    known = templates()
    order = [*offered, *(code for code in known if code not in offered)]
    choices = tuple(
        Choice(code, f"{known[code].words}{'（适合这位老人）' if code in offered else ''}") for code in order
    )
    leads = tuple(Choice(str(one.rid), one.name) for one in staff if one.profession in ("康复治疗师", "医师"))
    fields = (
        Field("template", "模板", Kind.CHOICE, choices=choices, wide=True, placeholder="按病种选，或输入拼音首字母"),
        Field("words", "计划名称", required=True, max_length=LONGEST_WORDS, wide=True, placeholder="诊断或功能问题"),
        Field("phase", "病程阶段", Kind.CHOICE, required=True, choices=phase_choices(), wide=True),
        Field("begins", "开始", Kind.DATE, required=True),
        Field("ends", "结束", Kind.DATE, required=True),
        Field("review_on", "复评日期", Kind.DATE, required=True),
        Field("lead", "责任康复师", Kind.CHOICE, listed=True, choices=leads),
    )  # fmt: skip
    return Form((Section("", fields),))


def limit_fields(held: Sequence[str]) -> Form:
    """Conditions, and the limits of those stop rules of which a plan may have its own. `held`: conditions that hold."""
    kinds = tuple(Choice(one.code, one.words) for one in conditions().values())
    rules = [one for one in applying(stop_rules().values(), held) if one.choices]
    fields = tuple(
        Field(
            LIMIT + one.code, one.words.replace("{limit}", "…"), Kind.CHOICE, unit=one.unit,
            choices=tuple(Choice(f"{value:g}", f"{value:g}") for value in one.choices),
            hint=f"默认 {one.value:g}", wide=len(one.choices) > 3,
        )
        for one in rules
    )  # fmt: skip
    return Form(
        (
            Section("", (Field("conditions", "特殊情况", Kind.CHOICES, choices=kinds),)),
            Section("停止规则的界限", fields, folded=True),
        )
    )


def plan_values(draft: PlanDraft) -> dict[str, Value]:
    """What the head and the stop rules show of a plan; a limit that is the usual one shows as none."""
    limits = {
        LIMIT + code: f"{draft.limits[code]:g}" if code in draft.limits else "" for code in stop_rules()
    }
    days = {
        key: one.isoformat() if (one := getattr(draft, key)) else ""
        for key in ("begins", "ends", "review_on")
    }
    return {
        "template": draft.template,
        "words": draft.words,
        "phase": draft.phase,
        "lead": str(draft.lead) if draft.lead else "",
        "conditions": draft.conditions,
        **days,
        **limits,
    }


def read_plan(values: Values, before: PlanDraft) -> PlanDraft:
    """The plan the values say; a limit that is the usual one is none of its own."""
    lead, kinds = _text(values, "lead"), values.get("conditions", ())
    limits = {}
    for code, rule in stop_rules().items():
        said = _text(values, LIMIT + code)
        if said and float(said) != rule.value:
            limits[code] = float(said)
    return replace(
        before,
        template=_text(values, "template"),
        words=_text(values, "words"),
        phase=_text(values, "phase"),
        begins=read_date(_text(values, "begins")),
        ends=read_date(_text(values, "ends")),
        review_on=read_date(_text(values, "review_on")),
        lead=UUID(lead) if lead else None,
        conditions=kinds if isinstance(kinds, tuple) else (),
        limits=limits,
    )


def change_fields() -> Form:
    """Why a plan is changed."""
    return Form(tuple(replace(one, title="") for one in reason_fields().sections))


def pause_fields(today: date) -> Form:
    """From when on and why a plan is paused."""
    fields = (
        Field("since", "从哪天起", Kind.DATE, required=True, earliest=today),
        Field(
            "why",
            "为什么暂停",
            required=True,
            max_length=80,
            placeholder="如 住院、发热、家属要求",
            wide=True,
        ),
    )
    return Form((Section("", fields),))


def close_fields() -> Form:
    """How a plan ended."""
    choices = tuple(Choice(key, words) for key, words in OUTCOMES.items())
    hint = "达到了什么、还有什么问题、以后怎么做"
    fields = (
        Field("outcome", "结局", Kind.CHOICE, required=True, choices=choices, wide=True),
        Field("summary", "结案小结", Kind.LINES, required=True, max_length=1000, placeholder=hint),
    )  # fmt: skip
    return Form((Section("", fields),))


def _text(values: Values, key: str) -> str:
    value = values.get(key, "")
    return value if isinstance(value, str) else ""
