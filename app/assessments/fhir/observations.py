"""What an assessment came to as Observations and RiskAssessments, for whoever reads no questionnaires."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.assessments.fhir.furnished import instrument_of
from app.assessments.fhir.items import quantity
from app.assessments.fhir.links import INSTRUMENT
from app.assessments.fhir.response import sub_names
from app.assessments.fhir.risks import prediction
from app.assessments.instruments import Instrument, plain
from app.core.ids import named
from app.fhir import House, Part, local
from app.fhir.carrying import REVISION, stamp
from app.fhir.coding import LOINC, OBSERVATION_CATEGORY, ORDINAL, coded, kept
from app.fhir.translation import envelope, framed
from db.models import Assessment

STATUSES = {"signed": "final", "corrected": "corrected", "retracted": "entered-in-error"}
OWNED = frozenset(
    {
        "identifier", "extension", "status", "category", "code", "subject", "effectiveDateTime", "performer",
        "derivedFrom", "valueInteger", "valueQuantity", "valueCodeableConcept", "component",
    }
)  # fmt: skip
RISK_OWNED = frozenset(
    {
        "identifier", "extension", "status", "method", "subject", "occurrenceDateTime", "performer", "basis",
        "prediction",
    }
)  # fmt: skip
TOTAL, VALUE, LEVEL, VERDICT, SUB, RISK = "total", "measured", "level", "verdict", "sub/", "risk/"
_SURVEY = [coded(OBSERVATION_CATEGORY, "survey", "Survey")]
_TITLES = {TOTAL: "总分", VALUE: "测得值", LEVEL: "等级", VERDICT: "判定"}
_WITHDRAWN = {"status": "entered-in-error"}


def names(row: Assessment) -> Iterator[str]:
    """What a revision found. The only sub-score of a total is the total."""
    if row.total is not None:
        yield TOTAL
    if row.measured is not None:
        yield VALUE
    if row.total is None or len(row.sub_scores) > 1:
        yield from (f"{SUB}{code}" for code in row.sub_scores)
    if row.level is not None:
        yield LEVEL
    elif row.total is None and row.measured is None and row.sub_scores and row.finding and not _gaps(row):
        yield VERDICT
    yield from (f"{RISK}{code}" for code in row.risks)


def observations(
    house: House, row: Assessment, author: UUID | None, earlier: Iterable[Assessment]
) -> tuple[Part, ...]:
    """What the assessment found. A correction that finds no total (a coma) withdraws the one that stood there."""
    made = _Made(house, row, author, instrument_of(house, row.instrument, row.instrument_version))
    found = list(names(row))
    gone = {name for one in earlier for name in names(one)} - set(found)
    return tuple(
        [*(made.part(name, made.said(name)) for name in found)]
        + [made.part(name, _WITHDRAWN) for name in sorted(gone)]
    )


@dataclass(frozen=True)
class _Made:
    """Findings of one revision on their way to resources."""

    house: House
    row: Assessment
    author: UUID | None
    instrument: Instrument | None

    def said(self, name: str) -> dict[str, Any]:
        """The elements that hold what was found."""
        row = self.row
        if name == TOTAL:
            components = list(self._components())
            return {"valueInteger": row.total, **({"component": components} if components else {})}
        if name == VALUE:
            return self._quantity(row.measured or 0)
        if name == LEVEL:
            return {"valueCodeableConcept": self._own(f"level/{row.level}", self._level_words())}
        if name == VERDICT:
            return {"valueCodeableConcept": {"text": kept(row.finding)}}
        if name.startswith(RISK):
            code = name.removeprefix(RISK)
            return {"prediction": [prediction(code, row.risks[code])]}
        score = row.sub_scores[name.removeprefix(SUB)]
        return {"valueInteger": score} if row.measured is None else self._quantity(score)

    def _quantity(self, value: float) -> dict[str, Any]:
        """A measured value with the unit of the instrument's file; where that is not known, the number alone."""
        measured = self.instrument.measured if self.instrument else None
        return {"valueQuantity": quantity(measured.quantity, value) if measured else {"value": plain(value)}}

    def part(self, name: str, said: dict[str, Any]) -> Part:
        return self._risk(name, said) if name.startswith(RISK) else self._observation(name, said)

    def _observation(self, name: str, said: dict[str, Any]) -> Part:
        elements: dict[str, Any] = {
            "status": STATUSES.get(self.row.state, "final"),
            "category": _SURVEY,
            "code": self._code(name),
            "subject": local("Patient", self.row.resident),
            "effectiveDateTime": stamp(self.house, self.row.at),
            "derivedFrom": [local("QuestionnaireResponse", self.row.rid)],
            **said,
        }
        if self.author is not None:
            elements["performer"] = [local("Practitioner", self.author)]
        return self._framed("Observation", named(self.row.rid, f"observation/{name}"), elements, OWNED)

    def _risk(self, name: str, said: dict[str, Any]) -> Part:
        elements: dict[str, Any] = {
            "status": STATUSES.get(self.row.state, "final"),
            "method": {"text": self._title()},
            "subject": local("Patient", self.row.resident),
            "occurrenceDateTime": stamp(self.house, self.row.at),
            "basis": [local("QuestionnaireResponse", self.row.rid)],
            **said,
        }
        if self.author is not None:
            elements["performer"] = local("Practitioner", self.author)
        return self._framed("RiskAssessment", named(self.row.rid, name), elements, RISK_OWNED)

    def _framed(self, kind: str, rid: UUID, elements: dict[str, Any], owned: frozenset[str]) -> Part:
        body = framed(self.house, kind, rid, envelope(self.row), elements)
        return Part(kind, rid, body, owned, frozenset({REVISION, self.house.system}))

    def _code(self, name: str) -> dict[str, Any]:
        """The LOINC code where the instrument's file has one, and always a code of ours with its version."""
        own = self._own(name, f"{self._title()} {self._called(name)}")
        loinc = self._loinc(name)
        return {"coding": [*_loinc(loinc), *own["coding"]], "text": own["text"]}

    def _own(self, code: str, shown: str) -> dict[str, Any]:
        system, version = INSTRUMENT + self.row.instrument, self.row.instrument_version
        return {
            "coding": [{"system": system, "version": version, "code": code, "display": shown}],
            "text": shown,
        }

    def _title(self) -> str:
        return self.instrument.title if self.instrument else self.row.instrument

    def _called(self, name: str) -> str:
        code = name.removeprefix(SUB)
        if name == VALUE and self.instrument is not None and self.instrument.measured is not None:
            return self.instrument.measured.name
        return _TITLES.get(name) or sub_names(self.instrument).get(code, code)

    def _loinc(self, name: str) -> str:
        if self.instrument is None:
            return ""
        if name in (TOTAL, VALUE, LEVEL):
            return self.instrument.loinc.level if name == LEVEL else self.instrument.loinc.total
        found = {one.code: one.loinc for one in self.instrument.dimensions}
        return (found | {one.code: one.loinc for one in self.instrument.scales}).get(
            name.removeprefix(SUB), ""
        )

    def _level_words(self) -> str:
        """As shown then; records of before that kept no words have those of the file."""
        if self.row.finding and self.row.measured is None:  # of what is measured it holds the number, too
            return f"{self.row.level}级 {kept(self.row.finding)}"
        level = self.instrument.level_named(self.row.level) if self.instrument else None
        return level.words if level else f"{self.row.level}级"

    def _components(self) -> Iterator[dict[str, Any]]:
        """Items that LOINC knows, beside the total they add up to."""
        for one in self.instrument.items.values() if self.instrument else ():
            given = self.row.answers.get(one.code)
            if not one.loinc or given is None or given["score"] is None:
                continue
            scored = {"url": ORDINAL, "valueDecimal": given["score"]}
            value = self._own(str(given["digit"]), kept(given["text"]))
            value["coding"][0] = {"extension": [scored], **value["coding"][0]}
            own = self._own(one.code, kept(given["name"]))
            code = {"coding": [*_loinc(one.loinc), *own["coding"]], "text": own["text"]}
            yield {"code": code, "valueCodeableConcept": value}


def _loinc(code: str) -> list[dict[str, str]]:
    return [{"system": LOINC, "code": code}] if code else []


def _gaps(row: Assessment) -> bool:
    return any(given["digit"] < 0 for given in row.answers.values())
