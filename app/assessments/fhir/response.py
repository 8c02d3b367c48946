"""A whole assessment as QuestionnaireResponse and back: what was asked, answered, found."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.assessments.fhir.items import (
    Item,
    answer_item,
    every,
    fact_item,
    group,
    item,
    read_answers,
    read_facts,
    value_of,
    values_of,
)
from app.assessments.instruments import Instrument, shipped
from app.core.errors import Refusal
from app.fhir import House, local
from app.fhir.carrying import stamp
from app.fhir.coding import kept, words
from app.fhir.elements import extension, filled, referred, said_in
from db.models import Assessment

INSTRUMENT = "urn:carestation:instrument:"
NUMBER = "urn:carestation:assessment-number"
STATUSES = {"signed": "completed", "corrected": "amended", "retracted": "entered-in-error"}
_WHOLE = {"total": "总分", "initial_level": "初步等级", "level": "最终等级"}
_TEXTS = {"occasion": "评估原因", "place": "评估地点", "conclusion": "评估结论与建议"}
_DAYS = {"assessed_on": "评估日期", "due_on": "下次评估日期"}


def response(house: House, row: Assessment) -> dict[str, Any]:
    """The elements of a row; its author is added where the person is known."""
    instrument = shipped().get(row.instrument)
    system = INSTRUMENT + row.instrument
    facts = [fact_item(code, _label(instrument, code), said) for code, said in row.information.items()]
    given = [answer_item(code, one, system, row.instrument_version) for code, one in row.answers.items()]
    return filled(
        extension=extension(NUMBER, "String", words(row.number)),
        questionnaire=f"{system}|{row.instrument_version}",
        status=STATUSES.get(row.state, "completed"),
        subject=local("Patient", row.resident),
        authored=stamp(house, row.at),
        item=[
            *group("information", "评估信息", facts),
            *group("answers", "评估指标", given),
            *group("results", "评估结果", _results(instrument, row)),
        ],
    )


def read_response(body: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """The columns a body says; a group that is gone is taken from `before`."""
    canonical, _, version = str(body.get("questionnaire") or "").partition("|")
    code = canonical.removeprefix(INSTRUMENT) if canonical.startswith(INSTRUMENT) else ""
    groups: dict[str, list[Item]] = {
        str(one.get("linkId")): one.get("item") or [] for one in body.get("item") or []
    }
    found = {
        "resident": referred(body.get("subject"), "Patient") or before.get("resident"),
        "number": words(said_in(body, NUMBER) or "") or before.get("number", ""),
        "instrument": code or before.get("instrument", ""),
        "instrument_version": version if code and version else before.get("instrument_version", ""),
        "information": read_facts(groups["information"])
        if "information" in groups
        else before.get("information", {}),
        "answers": read_answers(groups["answers"]) if "answers" in groups else before.get("answers", {}),
        **_read_results(groups.get("results", []), before),
    }
    if not found["instrument"] or not found["number"] or found["assessed_on"] is None:
        raise Refusal("区平台上的这份评估缺少量表、编号或评估日期，请核对。")
    return found


def _results(instrument: Instrument | None, row: Assessment) -> list[Item]:
    names = {one.code: one.name for one in instrument.dimensions} if instrument else {}
    subs = [
        item(f"results.sub.{code}", names.get(code, code), {"valueInteger": score})
        for code, score in row.sub_scores.items()
    ]
    days = {key: value.isoformat() for key in _DAYS if (value := getattr(row, key)) is not None}
    texts = {key: kept(getattr(row, key)) for key in _TEXTS}
    numbers = {key: value for key in _WHOLE if (value := getattr(row, key)) is not None}
    why = [{"valueString": kept(one)} for one in row.why if kept(one).strip()]
    return [
        *(item(f"results.{key}", _DAYS[key], {"valueDate": value}) for key, value in days.items()),
        *(
            item(f"results.{key}", _TEXTS[key], {"valueString": said})
            for key, said in texts.items()
            if said.strip()
        ),
        *group("results.sub_scores", "分项得分", subs),
        *(item(f"results.{key}", _WHOLE[key], {"valueInteger": value}) for key, value in numbers.items()),
        *([item("results.why", "等级变更依据", *why)] if why else []),
    ]


def _read_results(items: list[Item], before: Mapping[str, Any]) -> dict[str, Any]:
    said = {str(one.get("linkId")): one for one in every(items)}

    def value(key: str) -> Any:
        return value_of(said.get(f"results.{key}"))

    subs = {
        link.removeprefix("results.sub."): int(value_of(one))
        for link, one in said.items()
        if link.startswith("results.sub.")
    }
    numbers = {key: value(key) for key in _WHOLE}
    days = {key: value(key) for key in _DAYS}
    why = [str(one) for one in values_of(said.get("results.why"))]
    return {
        **{key: str(value(key) or "") or before.get(key, "") for key in _TEXTS},
        **{key: before.get(key) if one is None else int(one) for key, one in numbers.items()},
        **{key: before.get(key) if one is None else date.fromisoformat(one) for key, one in days.items()},
        "sub_scores": subs or before.get("sub_scores", {}),
        "why": why or before.get("why", []),
    }


def _label(instrument: Instrument | None, code: str) -> str:
    field = instrument.fields.get(code.partition("/")[0]) if instrument else None
    return field.label if field else code
