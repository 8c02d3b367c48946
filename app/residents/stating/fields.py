"""The forms of an allergy, a diagnosis, a stated "none" and a retraction as data, and what their values say."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from app.core.form import Choice, Field, Form, Kind, Section, Value
from app.residents.rules.stated import CERTAINTIES, CORRECTION_REASONS, SEVERITIES, STATUSES, status_words
from app.residents.stating.forms import (
    LONGEST_NAME,
    LONGEST_TEXT,
    AllergyForm,
    DiagnosisForm,
    code_wrong,
    onset_check,
)
from app.residents.vocabulary import Entry, allergens, diseases, find, tellers

Values = Mapping[str, Value]
UNKNOWN = "unknown"
"""The severity that is kept as nothing."""


def allergy_fields(*, correcting: bool = False) -> Form:
    """What is asked about an allergy."""
    severities = (*_choices(SEVERITIES), Choice(UNKNOWN, "未知"))
    fields = (
        Field(
            "substance",
            "过敏物",
            Kind.SUGGESTED,
            required=True,
            placeholder="如 青霉素类，可输入 qms",
            max_length=LONGEST_NAME,
            suggest=_offers(allergens),
        ),
        Field("reaction", "反应", placeholder="如 皮疹、呼吸困难", max_length=LONGEST_TEXT),
        Field("severity", "严重程度", Kind.CHOICE, choices=severities),
        Field("certainty", "确定程度", Kind.CHOICE, choices=_choices(CERTAINTIES)),
        _teller(),
    )
    return Form((Section("", fields), *_why(correcting=correcting)))


def diagnosis_fields(
    today: date, birth: date | None, status: str = "active", *, correcting: bool = False
) -> Form:
    """What is asked about a diagnosis; `status` is what it has now, which only the platform may have said."""
    known = STATUSES if status in STATUSES else {**STATUSES, status: status_words(status)}
    fields = (
        Field(
            "words",
            "诊断",
            Kind.SUGGESTED,
            required=True,
            placeholder="如 2型糖尿病，可输入 2xtnb 或 E11",
            max_length=LONGEST_TEXT,
            suggest=_offers(diseases),
        ),
        Field("code", "ICD-10 编码", hint="从列表选会自动填", check=code_wrong, max_length=10),
        Field("onset", "发病时间", placeholder="如 2019、2019-05 或 十年前", check=onset_check(today, birth)),
        Field("status", "状态", Kind.CHOICE, required=True, choices=_choices(known)),
        Field("first", "次序", Kind.CHOICES, choices=(Choice("yes", "主要诊断，排在最前"),)),
    )
    return Form((Section("", fields), *_why(correcting=correcting)))


def none_fields() -> Form:
    """What is asked to state that no allergy is known."""
    return Form((Section("", (_teller(),)),))


def retraction_fields() -> Form:
    """What is asked to retract an entry."""
    why = Field("why", "为什么作废", required=True, placeholder="如 记错人、家属说从未过敏", max_length=80)
    return Form((Section("", (why,)),))


def allergy_values(form: AllergyForm) -> dict[str, Value]:
    return {
        "substance": form.substance,
        "reaction": form.reaction,
        "severity": form.severity or UNKNOWN,
        "certainty": form.certainty,
        "told_by": form.told_by,
    }


def diagnosis_values(form: DiagnosisForm) -> dict[str, Value]:
    return {
        "words": form.words,
        "code": form.code,
        "onset": form.onset,
        "status": form.status,
        "first": ("yes",) if form.first else (),
    }


def read_allergy(values: Values) -> AllergyForm:
    severity = text(values, "severity")
    return AllergyForm(
        substance=text(values, "substance"),
        reaction=text(values, "reaction"),
        severity="" if severity == UNKNOWN else severity,
        certainty=text(values, "certainty"),
        told_by=text(values, "told_by"),
    )


def read_diagnosis(values: Values) -> DiagnosisForm:
    return DiagnosisForm(
        words=text(values, "words"),
        code=text(values, "code"),
        onset=text(values, "onset"),
        status=text(values, "status") or "active",
        first=bool(values.get("first")),
    )


def read_reason(values: Values) -> str:
    """The reason as the order takes it: 笔误, or 其他：and its words."""
    head, words = text(values, "reason"), text(values, "reason_words")
    return f"{head}：{words}" if words or head == "其他" else head


def text(values: Values, key: str) -> str:
    """A value of one line; empty where the form does not ask for it."""
    value = values.get(key, "")
    return value if isinstance(value, str) else ""


def _teller() -> Field:
    return Field(
        "told_by",
        "来源",
        Kind.SUGGESTED,
        required=True,
        placeholder="如 本人、家属、病历，可输入 br",
        max_length=LONGEST_NAME,
        suggest=_offers(tellers),
    )


def _why(*, correcting: bool) -> tuple[Section, ...]:
    if not correcting:
        return ()
    reasons = tuple(Choice(one, one) for one in CORRECTION_REASONS)
    return (
        Section(
            "更正",
            (
                Field("reason", "更正原因", Kind.CHOICE, required=True, choices=reasons),
                Field("reason_words", "说明", placeholder="选“其他”时必填", max_length=80),
            ),
        ),
    )


def _choices(known: Mapping[str, str]) -> tuple[Choice, ...]:
    return tuple(Choice(key, words) for key, words in known.items())


def _offers(entries: Callable[[], tuple[Entry, ...]]) -> Callable[[str], tuple[Choice, ...]]:
    return lambda typed: tuple(Choice(one.code or one.words, one.words) for one in find(entries(), typed))
