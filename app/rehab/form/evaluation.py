"""The form of an evaluation as data: its fields, what it begins with, what its values say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from app.core.form import Choice, Field, Form, Kind, Section, Value, read_date
from app.rehab.lists.phases import occasions, phases
from app.rehab.rules.evaluation import (
    CAUSES,
    LONGEST,
    OLDEST,
    STAGES,
    TEXTS,
    Evaluated,
    Motion,
    Problem,
    causes_of,
)
from app.residents.rules.stated import CORRECTION_REASONS, diagnosis_words
from app.residents.vocabulary import diseases, find

Values = Mapping[str, Value]
VITALS = (
    ("sbp", "收缩压", "mmHg", 0, 50, 260),
    ("dbp", "舒张压", "mmHg", 0, 20, 180),
    ("hr", "心率", "次/分", 0, 20, 220),
    ("spo2", "血氧", "%", 0, 50, 100),
    ("temp", "体温", "℃", 1, 34, 42),
    ("pain", "疼痛 NRS", "分", 0, 0, 10),
)
"""Code, words, unit, decimals, least, most."""


def head_fields(stage: str, today: date) -> Form:
    """Which evaluation it is, and of what."""
    causes = tuple(Choice(key, cause_words(key)) for key in causes_of(stage, tuple(occasions())))
    fields = (
        Field("stage", "评定", Kind.CHOICE, required=True, choices=_choices(STAGES), wide=True),
        Field("cause", "为什么评定", Kind.CHOICE, required=True, choices=causes, listed=True),
        Field("evaluated_on", "评定日期", Kind.DATE, required=True, earliest=today - OLDEST, latest=today),
        Field("phase", "病程阶段", Kind.CHOICE, required=True, choices=phase_choices(), wide=True),
        Field(
            "diagnosis", "诊断", Kind.SUGGESTED, required=True, max_length=LONGEST, suggest=_diseases, wide=True,
            placeholder="疾病诊断，可输入拼音首字母",
        ),
        Field("functional", "功能诊断", max_length=LONGEST, wide=True, placeholder="如 四肢瘫、坐位平衡 1 级"),
        Field("onset", "起病日期", max_length=20, placeholder="如 2026-05 或 2026-05-20"),
        Field("operated", "手术日期", max_length=20, placeholder="没有手术就空着"),
        Field("level", "损伤平面、分级", max_length=60, placeholder="如 C5 · AIS C", wide=True),
    )  # fmt: skip
    return Form((Section("", fields),))


def found_fields() -> Form:
    """What was found, and what the resident and the family want."""
    fields = (
        _lines("history", "起病经过、治疗经过、既往史"),
        _lines("wishes_resident", "老人自己想做到什么"),
        _lines("wishes_family", "家属的期望"),
        _lines("risks", "如 体位性低血压、压疮、误吸、跌倒"),
    )
    folded = (
        _lines("consciousness", "清醒、能听从两步指令"),
        _lines("sensation", "浅感觉、深感觉，减退或消失的部位"),
        _lines("environment", "房间、卫生间、通道、床高"),
        _lines("carer", "谁照护、会做什么、有没有腰背问题"),
    )
    return Form((Section("", fields), Section("意识、感觉、环境、照护者", folded, folded=True)))


def end_fields(stage: str, today: date) -> Form:
    """What it comes to; of a middle one when the next is due."""
    fields: list[Field] = [_lines("summary", "主要问题、进步和障碍")]
    if stage == "middle":
        fields.append(Field("next_on", "下次复评", Kind.DATE, required=True, earliest=today))
    fields.append(
        Field("next", TEXTS["next"], max_length=LONGEST, placeholder="如 继续原计划、调整目标、转维持")
    )
    return Form((Section("", tuple(fields)),))


def vital_fields() -> Form:
    """What was measured at the evaluation."""
    fields = tuple(
        Field(code, words, Kind.NUMBER, unit=unit, decimals=decimals, low=low, high=high)
        for code, words, unit, decimals, low, high in VITALS
    )
    return Form((Section("", fields),))


def reason_fields() -> Form:
    """Why an evaluation is put right."""
    reasons = tuple(Choice(one, one) for one in CORRECTION_REASONS)
    fields = (
        Field("reason", "更正原因", Kind.CHOICE, required=True, choices=reasons),
        Field("reason_words", "原因说明", placeholder="选“其他”时必填", max_length=80),
    )  # fmt: skip
    return Form((Section("更正", fields),))


def said_values(said: Evaluated) -> dict[str, Value]:
    """What the fields show of an evaluation."""
    day = said.evaluated_on.isoformat() if said.evaluated_on else ""
    head = {"stage": said.stage, "cause": said.cause, "phase": said.phase, "diagnosis": said.diagnosis}
    numbers: dict[str, Value] = {code: f"{value:g}" for code, value in said.vitals.items()}
    texts: dict[str, Value] = {key: said.texts.get(key, "") for key in TEXTS}
    return {**head, "evaluated_on": day, **texts, **numbers}


def read_said(
    values: Values,
    problems: Iterable[Problem],
    answered: tuple[Mapping[str, str], Iterable[str]],
    ranges: Iterable[Motion],
) -> Evaluated:
    """The evaluation the values say; `answered`: contraindications that are so with their notes, and those denied."""
    held, denied = answered
    return Evaluated(
        stage=_text(values, "stage"),
        cause=_text(values, "cause"),
        phase=_text(values, "phase"),
        evaluated_on=read_date(_text(values, "evaluated_on")),
        diagnosis=_text(values, "diagnosis"),
        texts={key: text for key in TEXTS if (text := _text(values, key))},
        ranges=tuple(ranges),
        problems=tuple(problems),
        contraindications=dict(held),
        denied=tuple(denied),
        vitals={code: float(text) for code, *_ in VITALS if _number(text := _text(values, code))},
    )


def read_reason(values: Values) -> str:
    """The reason of a correction as the order takes it."""
    head, words = _text(values, "reason"), _text(values, "reason_words")
    return f"{head}：{words}" if words or head == "其他" else head


def read_next(values: Values) -> date | None:
    """When the next review is due."""
    return read_date(_text(values, "next_on"))


def cause_words(cause: str) -> str:
    """`按期复评`, `跌倒或坠床`."""
    occasion = occasions().get(cause)
    return CAUSES.get(cause) or (occasion.words if occasion is not None else cause)


def phase_choices() -> tuple[Choice, ...]:
    """The phases of a course."""
    return tuple(Choice(one.code, one.words) for one in phases().values())


def diagnoses_words(stated: Iterable[tuple[str, str]]) -> str:
    """The running diagnoses of a chart in one line: `脑梗死；高血压病`."""
    return "；".join(
        words for words, status in stated if status in ("active", "remission", "recurrence", "relapse")
    )


def _diseases(typed: str) -> tuple[Choice, ...]:
    """Offers for what is typed last: several diagnoses stand in one line."""
    before, sep, last = typed.rpartition("；")
    found = find(diseases(), last.strip()) if last.strip() else ()
    return tuple(Choice(f"{one.code}", f"{before}{sep}{diagnosis_words(one.words)}") for one in found)


def _lines(key: str, placeholder: str) -> Field:
    return Field(key, TEXTS[key], Kind.LINES, max_length=LONGEST, placeholder=placeholder)


def _choices(known: Mapping[str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(key, words) for key, words in known.items())


def _number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()


def _text(values: Values, key: str) -> str:
    value = values.get(key, "")
    return value if isinstance(value, str) else ""
