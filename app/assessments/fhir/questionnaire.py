"""An instrument as Questionnaire, from the same data its form is made of; what a response says stands under its ids."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from app.assessments.fhir.asked import Asked, asked_field, asked_item, asked_supplements, loinc
from app.assessments.fhir.links import (
    ANSWERS,
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
    Result,
    dimension_link,
    risk_link,
    section_link,
    sub_link,
)
from app.assessments.fhir.risks import risk_words
from app.assessments.instruments import Instrument
from app.fhir import House
from app.fhir.coding import kept, words
from app.fhir.elements import filled

OWNED = frozenset(
    {
        "url", "version", "name", "title", "status", "subjectType", "publisher", "description", "purpose", "copyright",
        "code", "item",
    }
)  # fmt: skip


def questionnaire(house: House, instrument: Instrument) -> dict[str, Any]:
    """The elements of an instrument: groups of what is asked, and what comes of it as results nobody types."""
    uncertain = "；".join(instrument.uncertain)
    return filled(
        url=INSTRUMENT + instrument.code,
        version=words(instrument.version),
        name=_computable(instrument.code),
        title=words(instrument.title),
        status="active",
        subjectType=["Patient"],
        publisher=words(house.name) if instrument.own else words(instrument.standard),
        description=words(instrument.source) + (f"。待核对：{words(uncertain)}" if uncertain else ""),
        purpose=words(instrument.notice),
        copyright=words(instrument.licence),
        code=loinc(instrument.loinc.panel),
        item=[
            *_group(INFORMATION, "评估信息", _information(instrument)),
            *_group(ANSWERS, "评估指标", _answers(instrument)),
            *_group("results", "评估结果", _results(instrument)),
        ],
    )


def _group(link: str, text: str, items: Iterator[Asked], **more: Any) -> list[Asked]:
    """A group, or nothing where it would be empty."""
    inside = list(items)
    return [filled(linkId=link, text=kept(text), type="group", item=inside, **more)] if inside else []


def _information(instrument: Instrument) -> Iterator[Asked]:
    for section in instrument.sections:
        asked = (one for field in section.fields for one in asked_field(field))
        yield from _group(section_link(section.code), section.title, asked)
    for item in instrument.items.values():
        yield from asked_supplements(item)


def _answers(instrument: Instrument) -> Iterator[Asked]:
    for dimension in instrument.dimensions:
        asked = (asked_item(instrument, item) for item in dimension.items)
        yield from _group(dimension_link(dimension.code), dimension.name, asked, code=loinc(dimension.loinc))


def _results(instrument: Instrument) -> Iterator[Asked]:
    codes = {"total": instrument.loinc.total, "level": instrument.loinc.level}
    yield from (_result(one) for one in (*DAYS, *TEXTS))
    subs = (
        _result(
            Result(one.code, one.name, "decimal" if instrument.measured else "integer"),
            sub_link(one.code),
            one.loinc,
        )
        for one in (instrument.scales or instrument.dimensions)
    )
    yield from _group(SUBS.link, SUBS.label, subs)
    yield from (_result(one, one.link, codes.get(one.key, "")) for one in NUMBERS)
    if instrument.measured is not None:
        yield _result(MEASURED, MEASURED.link, instrument.loinc.total)
    yield _result(FINDING)
    yield _result(WHY)
    risks = (_risk(code) for code in risk_codes(instrument))
    yield from _group(RISKS.link, RISKS.label, risks)


def _result(result: Result, link: str = "", code: str = "") -> Asked:
    return filled(
        linkId=link or result.link,
        code=loinc(code),
        text=result.label,
        type=result.type,
        repeats=True if result.repeats else None,
        readOnly=True,
    )


def _risk(code: str) -> Asked:
    options = [
        {"valueCoding": {"system": RISK_GRADE, "code": grade, "display": said}}
        for grade, said in GRADES.items()
    ]
    return {
        "linkId": risk_link(code),
        "text": risk_words(code),
        "type": "choice",
        "readOnly": True,
        "answerOption": options,
    }


def risk_codes(instrument: Instrument) -> tuple[str, ...]:
    """Every risk the instrument may find: of its levels, and of its items."""
    of_levels = (level.risk.code for level in instrument.levels if level.risk is not None)
    of_items = (
        item.risk for item in instrument.items.values() if any(option.risk for option in item.options)
    )
    return tuple(dict.fromkeys((*of_levels, *of_items)))


def _computable(code: str) -> str | None:
    """A name for programs, as FHIR has them (que-0); None where the code cannot be one."""
    name = re.sub(r"[^A-Za-z0-9]+", "_", code).strip("_").capitalize()
    return name if re.fullmatch(r"[A-Z][A-Za-z0-9_]{0,254}", name) else None
