"""What a person says about one allergy or one diagnosis, and its one proper form; a bad field is refused in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from app.core.errors import Refusal
from app.residents.rules import Wrong, fold, read_onset, tidy
from app.residents.rules.stated import CERTAINTIES, OTHER_STATUSES, SEVERITIES, STATUSES

LONGEST_NAME, LONGEST_TEXT = 60, 100
_CODE = re.compile(r"[A-Z]\d{2}(?:\.[0-9A-Z]{1,6}(?:[+*])?)?")


@dataclass(frozen=True)
class AllergyForm:
    """One allergy. `severity`: mild, moderate, severe, empty for unknown; `certainty`: confirmed, probable,
    unconfirmed, empty where nobody said."""

    substance: str
    reaction: str = ""
    severity: str = ""
    certainty: str = ""
    told_by: str = ""


@dataclass(frozen=True)
class DiagnosisForm:
    """One diagnosis. `onset`: 2019, 2019-05, 2019-05-12 or words; `status`: active, remission, resolved.

    `first`: the main diagnosis 主要诊断, before all others.
    """

    words: str
    code: str = ""
    onset: str = ""
    status: str = "active"
    first: bool = False


def check_allergy(form: AllergyForm) -> AllergyForm:
    """The form in its proper shape. Refuses no substance, words for "none", no source, and too long texts."""
    substance = _text(form.substance, "substance", "过敏物", LONGEST_NAME)
    if not substance:
        raise Refusal("请填写过敏物。", field="substance")
    if substance in ("无", "无过敏", "无已知过敏", "否认", "不详", "未知", "/", "-"):
        raise Refusal("这里只写过敏物。没有过敏请用“无已知过敏”，没问过就不登记。", field="substance")
    if form.severity not in ("", *SEVERITIES):
        raise Refusal("没有这个严重程度，请重新选择。", field="severity")
    if form.certainty not in ("", *CERTAINTIES):
        raise Refusal("没有这个确定程度，请重新选择。", field="certainty")
    return replace(
        form,
        substance=substance,
        reaction=_text(form.reaction, "reaction", "反应", LONGEST_TEXT),
        told_by=check_teller(form.told_by),
    )


def check_teller(told_by: str) -> str:
    """Who or what said it; refused when empty: a statement without a source helps nobody."""
    said = _text(told_by, "told_by", "来源", LONGEST_NAME)
    if not said:
        raise Refusal("请填写来源：谁说的，或哪份病历写的。", field="told_by")
    return said


def check_diagnosis(form: DiagnosisForm, today: date, birth: date | None) -> DiagnosisForm:
    """The form in its proper shape. Refuses no words, a code that is none, an onset that cannot be, too long texts."""
    words = _text(form.words, "words", "诊断", LONGEST_TEXT)
    if not words:
        raise Refusal("请填写诊断。", field="words")
    if (wrong := code_wrong(form.code)) is not None:
        raise Refusal(wrong, field="code")
    if form.status not in (*STATUSES, *OTHER_STATUSES):
        raise Refusal("没有这个状态，请重新选择。", field="status")
    try:
        onset = read_onset(form.onset, today, birth)
    except Wrong as wrong_onset:
        raise Refusal(f"{wrong_onset.text}。", field="onset") from None
    return replace(form, words=words, code=_code(form.code), onset=onset)


def code_wrong(said: str) -> str | None:
    """What is wrong with a typed ICD-10 code; none is none wrong."""
    code = _code(said)
    return None if not code or _CODE.fullmatch(code) else "编码应像 I10、E11.9 这样；不知道就空着。"


def onset_check(today: date, birth: date | None) -> Callable[[str], str | None]:
    """A check of an onset as it is typed."""

    def check(said: str) -> str | None:
        try:
            read_onset(said, today, birth)
        except Wrong as wrong:
            return f"{wrong.text}。"
        return None

    return check


def _code(said: str) -> str:
    return "".join(fold(said).split()).upper()


def _text(said: str, field: str, label: str, longest: int) -> str:
    text = tidy(said)
    if len(text) > longest:
        raise Refusal(f"{label}最多 {longest} 个字，现在 {len(text)} 个。", field=field)
    return text
