"""What stored contents read like in the history of a resident: each column by its name, codes as their words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from app.residents.codes import code_list
from app.residents.forms import CARE_LEVELS, NOT_UPLOADED, SEXES
from app.residents.rules import mask_id
from app.residents.rules.stated import NONE_KNOWN, allergy_words, diagnosis_words
from db.models import Allergy, Diagnosis


@dataclass(frozen=True)
class Change:
    """One thing in words: empty `old` was not there before, empty `new` is not there any more; `why` as given."""

    field: str
    old: str
    new: str
    why: str = ""


Reading = Callable[[Any], str]


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _coded(name: str) -> Reading:
    return lambda code: code_list(name).words(code) if code else ""


def _all_coded(name: str) -> Reading:
    return lambda codes: "、".join(code_list(name).words(code) for code in codes)


def _remarks(value: Mapping[str, Any]) -> str:
    return "；".join(f"{name}：{said}" for name, said in value.items())


RESIDENT: dict[str, tuple[str, Reading]] = {
    "name": ("姓名", _plain),
    "sex": ("性别", lambda code: SEXES[code]),
    "birth_date": ("出生日期", _plain),
    "id_type": ("证件类型", _coded("id_type")),
    "id_number": ("证件号码", mask_id),
    "ethnicity": ("民族", _coded("ethnicity")),
    "education": ("文化程度", _coded("education")),
    "marital_status": ("婚姻状况", _coded("marital_status")),
    "phone": ("电话", _plain),
    "address": ("住址", _plain),
    "insurance": ("医保类型", _all_coded("insurance")),
    "care_level": ("护理等级", lambda level: CARE_LEVELS.get(level, "")),
    "upload_refused": ("区平台", lambda refused: NOT_UPLOADED if refused else ""),
    "remarks": ("名册备注", _remarks),
}
_GUARDIAN = "，监护人"


def content_words(kind: str, content: Mapping[str, Any]) -> dict[str, str]:
    """A register row's content by field name; `kind` is resident or contact. A contact is one field."""
    if kind == "contact":
        relation = code_list("relation").words(content["relation"]) if content["relation"] else ""
        said = " ".join(part for part in (content["name"], relation, content["phone"]) if part)
        return {f"联系人 {content['ordinal']}": said + (_GUARDIAN if content["guardian"] else "")}
    found = {name: read(content[column]) for column, (name, read) in RESIDENT.items() if column in content}
    if not found["证件号码"]:
        del found["证件类型"]  # the kind of a paper that is not there says nothing
    return {name: words for name, words in found.items() if words}


def stated_words(row: Allergy | Diagnosis) -> tuple[str, str]:
    """Field and words of a stated allergy or diagnosis, so that what differs in a correction reads differently."""
    if isinstance(row, Diagnosis):
        return "诊断", diagnosis_words(row.words, row.code, row.onset, row.status)
    said = NONE_KNOWN
    if not row.none_known:
        said = allergy_words(row.substance, row.reaction, row.severity, row.certainty)
    return "过敏", said


def aside_words(row: Allergy | Diagnosis) -> tuple[str, str, str]:
    """Field, old and new words of a correction that left the statement itself as it was: its place or its source."""
    if isinstance(row, Diagnosis):
        return "诊断次序", "", f"{row.words}，排到最前"
    return "过敏来源", "", f"{row.substance or NONE_KNOWN}，来源：{row.told_by}"
