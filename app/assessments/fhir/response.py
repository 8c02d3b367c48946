"""A whole assessment as QuestionnaireResponse and back: what was asked, answered, found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from app.assessments.fhir.furnished import instrument_of
from app.assessments.fhir.items import (
    Item,
    answer_item,
    every,
    fact_item,
    group,
    item,
    number,
    read_answers,
    read_facts,
    value_of,
    values_of,
)
from app.assessments.fhir.links import (
    ANSWERS,
    DATA_ABSENT,
    DAYS,
    FINDING,
    GRADES,
    INFORMATION,
    INSTRUMENT,
    MEASURED,
    NUMBERS,
    RISK_GRADE,
    RISKS,
    SUBS,
    TEXTS,
    WHY,
    dimension_link,
    risk_link,
    section_link,
    sub_link,
)
from app.assessments.fhir.risks import risk_words
from app.assessments.instruments import Instrument, plain
from app.core.errors import Refusal
from app.fhir import House, local
from app.fhir.carrying import stamp
from app.fhir.coding import kept, words
from app.fhir.elements import extension, filled, referred, said_in
from db.models import Assessment

NUMBER, TONE = "urn:carestation:assessment-number", "urn:carestation:tone"
STATUSES = {"signed": "completed", "corrected": "amended", "retracted": "entered-in-error"}
_REFUSED = "拒绝评估"


def response(house: House, row: Assessment) -> dict[str, Any]:
    """The elements of a row; its author is added where the person is known."""
    instrument = instrument_of(house, row.instrument, row.instrument_version)
    return filled(
        extension=[
            *extension(NUMBER, "String", words(row.number)),
            *extension(TONE, "Code", words(row.tone)),
        ],
        questionnaire=f"{INSTRUMENT}{row.instrument}|{row.instrument_version}",
        status=STATUSES.get(row.state, "completed"),
        subject=local("Patient", row.resident),
        authored=stamp(house, row.at),
        item=[
            *group(INFORMATION, "评估信息", list(_information(instrument, row))),
            *(_undone(row) if row.undone else group(ANSWERS, "评估指标", list(_answers(instrument, row)))),
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
        "tone": words(said_in(body, TONE) or "") or before.get("tone", ""),
        "instrument": code or before.get("instrument", ""),
        "instrument_version": version if code and version else before.get("instrument_version", ""),
        "information": read_facts(groups[INFORMATION])
        if INFORMATION in groups
        else before.get("information", {}),
        "answers": read_answers(groups[ANSWERS]) if ANSWERS in groups else before.get("answers", {}),
        **_read_results(groups.get("results", []), before),
    }
    if not found["instrument"] or not found["number"] or found["assessed_on"] is None:
        raise Refusal("区平台上的这份评估缺少量表、编号或评估日期，请核对。")
    return found


def _information(instrument: Instrument | None, row: Assessment) -> Iterator[Item]:
    """Facts in the sections of the form; of a version that is not known here, one after the other."""
    left, form = dict(row.information), _form(instrument, row)
    for section in form.sections if form else ():
        codes = [
            code
            for field in section.fields
            for code in (field.code, *(field.supplement(choice.words) for choice in field.choices))
            if code in left
        ]
        facts = [_fact(instrument, code, left.pop(code)) for code in codes]
        yield from group(section_link(section.code), section.title, facts)
    yield from (_fact(instrument, code, said) for code, said in left.items())


def _fact(instrument: Instrument | None, code: str, said: Any) -> Item:
    field = instrument.fields.get(code.partition("/")[0]) if instrument else None
    kind = field.kind if field and field.code == code else ""
    return fact_item(code, field.label if field else code, said, kind)


def _answers(instrument: Instrument | None, row: Assessment) -> Iterator[Item]:
    """Answers in the dimensions of the form, or one after the other."""
    system, left, form = INSTRUMENT + row.instrument, dict(row.answers), _form(instrument, row)
    for dimension in form.dimensions if form else ():
        given = [
            answer_item(one.code, left.pop(one.code), system, row.instrument_version, one)
            for one in dimension.items
            if one.code in left
        ]
        yield from group(dimension_link(dimension.code), dimension.name, given)
    yield from (answer_item(code, one, system, row.instrument_version) for code, one in left.items())


def _undone(row: Assessment) -> list[Item]:
    """Nothing was asked: FHIR's own extension says why there are no answers."""
    reason = "asked-declined" if row.undone.startswith(_REFUSED) else "not-performed"
    return [{**item(ANSWERS, "评估指标"), "extension": [{"url": DATA_ABSENT, "valueCode": reason}]}]


def _form(instrument: Instrument | None, row: Assessment) -> Instrument | None:
    """The very version the row was made with, if it is known here."""
    return instrument if instrument is not None and instrument.version == row.instrument_version else None


def _results(instrument: Instrument | None, row: Assessment) -> list[Item]:
    days = ((one, getattr(row, one.key)) for one in DAYS)
    texts = ((one, kept(getattr(row, one.key))) for one in TEXTS)
    numbers = ((one, getattr(row, one.key)) for one in NUMBERS)
    names = sub_names(instrument)
    measured = instrument.measured is not None if instrument is not None else row.measured is not None
    subs = [
        item(sub_link(code), names.get(code, code), number(score, decimal=measured))
        for code, score in row.sub_scores.items()
    ]
    why = [{"valueString": kept(one)} for one in row.why if kept(one).strip()]
    finding = kept(row.finding)
    return [
        *(item(one.link, one.label, {"valueDate": day.isoformat()}) for one, day in days if day is not None),
        *(item(one.link, one.label, {"valueString": said}) for one, said in texts if said.strip()),
        *group(SUBS.link, SUBS.label, subs),
        *(item(one.link, one.label, {"valueInteger": said}) for one, said in numbers if said is not None),
        *([] if row.measured is None else [_measured(row.measured)]),
        *([item(FINDING.link, FINDING.label, {"valueString": finding})] if finding.strip() else []),
        *([item(WHY.link, WHY.label, *why)] if why else []),
        *group(RISKS.link, RISKS.label, [_risk(code, grade) for code, grade in row.risks.items()]),
    ]


def _measured(value: float) -> Item:
    return item(MEASURED.link, MEASURED.label, {"valueDecimal": plain(value)})


def sub_names(instrument: Instrument | None) -> dict[str, str]:
    """What sub-scores are called: dimensions, or the scales where an instrument has them."""
    if instrument is None:
        return {}
    scales = {one.code: one.name for one in instrument.scales}
    return {one.code: one.name for one in instrument.dimensions} | scales


def _risk(code: str, grade: str) -> Item:
    coding = filled(system=RISK_GRADE, code=words(grade), display=GRADES.get(grade, ""))
    return item(risk_link(code), risk_words(code), {"valueCoding": coding})


def _read_results(items: list[Item], before: Mapping[str, Any]) -> dict[str, Any]:
    said = {str(one.get("linkId")): one for one in every(items)}

    def under(prefix: str) -> dict[str, Any]:
        return {
            link.removeprefix(prefix): value_of(one) for link, one in said.items() if link.startswith(prefix)
        }

    numbers = {one.key: value_of(said.get(one.link)) for one in NUMBERS}
    days = {one.key: value_of(said.get(one.link)) for one in DAYS}
    measured = value_of(said.get(MEASURED.link))
    subs = {code: plain(float(score)) for code, score in under(sub_link("")).items()}
    risks = {code: str(coding["code"]) for code, coding in under(risk_link("")).items()}
    why = [str(one) for one in values_of(said.get(WHY.link))]
    return {
        **{
            one.key: str(value_of(said.get(one.link)) or "") or before.get(one.key, "")
            for one in (*TEXTS, FINDING)
        },
        **{key: before.get(key) if one is None else int(one) for key, one in numbers.items()},
        **{key: before.get(key) if one is None else date.fromisoformat(one) for key, one in days.items()},
        "measured": before.get("measured") if measured is None else float(measured),
        "sub_scores": subs or before.get("sub_scores", {}),
        "why": why or before.get("why", []),
        "risks": risks or before.get("risks", {}),
    }
