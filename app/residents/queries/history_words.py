"""What stored contents read like in the history of a resident: each column by its name, codes as their words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.residents.codes import code_list, power_words
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
PHOTO = "照片"


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _coded(name: str) -> Reading:
    return lambda code: code_list(name).words(code) if code else ""


def _all_coded(name: str) -> Reading:
    return lambda codes: "、".join(code_list(name).words(code) for code in codes)


def _photo(sha256: str) -> str:
    """Two photos are told apart by the beginning of their names."""
    return f"有（{sha256[:6]}）" if sha256 else ""


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
    "address": ("现住址", _plain),
    "insurance": ("医保类型", _all_coded("insurance")),
    "care_level": ("护理等级", lambda level: CARE_LEVELS.get(level, "")),
    "upload_refused": ("区平台", lambda refused: NOT_UPLOADED if refused else ""),
    "archive_number": ("档案编号", _plain),
    "household_address": ("户籍地址", _plain),
    "residence": ("常住类型", _coded("residence")),
    "occupation": ("职业", _coded("occupation")),
    "blood_type": ("血型", _coded("blood_type")),
    "rhesus": ("RH 血型", _coded("rhesus")),
    "living": ("居住情况", _coded("living")),
    "photo": (PHOTO, _photo),
    "remarks": ("名册备注", _remarks),
}
CARERS = {"nurse": "责任护士", "doctor": "责任医生"}
Names = Mapping[UUID, str]


def content_words(kind: str, content: Mapping[str, Any], names: Names) -> dict[str, str]:
    """A register row's content by field name; `kind` is resident or contact. A contact is one field.

    What was written before a column was there does not have it.
    """
    if kind == "contact":
        return {f"联系人 {content['ordinal']}": _contact(content)}
    found = {name: read(content[column]) for column, (name, read) in RESIDENT.items() if column in content}
    for column, title in CARERS.items():
        if said := content.get(column):
            found[title] = names.get(said if isinstance(said, UUID) else UUID(said), "")
    if not found["证件号码"]:
        del found["证件类型"]  # the kind of a paper that is not there says nothing
    return {name: words for name, words in found.items() if words}


def _contact(content: Mapping[str, Any]) -> str:
    relation = _coded("relation")(content["relation"])
    phones = (content["phone"], content.get("second_phone", ""))
    said = " ".join(part for part in (content["name"], relation, *phones) if part)
    powers = power_words(content.get("powers") or (), guardian=content["guardian"])
    asides = (*powers, content.get("address", ""), content.get("note", ""))
    return "，".join(part for part in (said, *asides) if part)


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
