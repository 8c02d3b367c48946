"""From a signed assessment or a draft to what its report prints: every word comes from the record or the instrument."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from app.assessments.instruments import Field, Instrument, spoken
from app.assessments.queries import ABILITY
from app.core.clock import local
from app.core.errors import Refusal
from app.core.unit import Reader
from app.printing.assessed import Assessed, fact_words, occasion_ticks
from app.printing.sheet import Tick
from app.printing.sheets.ability_report import (
    AbilityReport,
    Dimension,
    Drug,
    Level,
    Outcome,
    Question,
    ScoredItem,
    Subject,
)
from app.printing.signing_data import signing
from app.residents.queries import Chart
from app.residents.queries.chart import chart
from app.residents.rules import age_on

NONE_APPLIES = "无上述情形"
NOT_SAID = "—"
_ASKED = (
    *(f"A.2.{number}" for number in range(1, 14)),
    *(f"A.3.{number}" for number in range(1, 5)),
    "A.4.1",
    "A.4.2",
)
"""Fields the official report cannot do without; a file of the same code that lacks one prints as any other."""


def official(instrument: Instrument) -> bool:
    """Whether an instrument prints as the official report."""
    return instrument.code == ABILITY and all(code in instrument.fields for code in _ASKED)


def ability_report(reader: Reader, resident: UUID, one: Assessed) -> AbilityReport:
    """The official report of one assessment."""
    instrument, revision = one.instrument, one.revision
    return AbilityReport(
        institution=reader.settings.institution_name,
        standard=instrument.standard,
        number=one.number,
        qr=one.code,
        reference_date=one.day,
        reasons=occasion_ticks(one),
        subject=_subject(reader, resident, one),
        events=tuple(_asked(one, each) for each in _fields(instrument, "A.2.14.")),
        health=tuple(_asked(one, each, with_code=True) for each in _fields(instrument, "A.5.")),
        dimensions=tuple(_dimension(one, index) for index in range(len(instrument.dimensions))),
        outcome=_outcome(one),
        conclusion=one.content.conclusion,
        signing=signing(
            reader,
            revision.record if revision else None,
            revision.signatures if revision else (),
            informant=(fact_words(one, "A.3.1"), fact_words(one, "A.3.2")),
        ),
        printed_at=local(reader.settings.zone, reader.now),
        printed_by=reader.actor.name,
        draft=revision is None,
        revision=revision.revision if revision else 1,
        correction=revision.reason if revision else "",
        place=one.content.place,
        undone=one.content.undone,
    )


def _subject(reader: Reader, resident: UUID, one: Assessed) -> Subject:
    person = chart(reader, Chart(resident))
    said = {code: fact_words(one, code) for code in one.instrument.fields}
    birth = date.fromisoformat(said["A.2.3"]) if said["A.2.3"] else person.birth_date
    if birth is None:
        raise Refusal(f"{person.name} 没有出生日期，请先补全档案再打印。")
    rows = one.facts.get("A.4.2", ())
    return Subject(
        name=said["A.2.1"] or person.name,
        sex=said["A.2.2"],
        born=birth,
        age=age_on(birth, one.day),
        id_number=said["A.2.8"],
        ethnicity=said["A.2.6"],
        religion=said["A.2.7"],
        education=said["A.2.9"],
        marriage=said["A.2.11"],
        living=said["A.2.10"],
        payment=said["A.2.12"],
        income=said["A.2.13"],
        height_cm=said["A.2.4"],
        weight_kg=said["A.2.5"],
        address=person.address,
        informant=said["A.3.1"],
        informant_relation=said["A.3.2"],
        contact=said["A.3.3"],
        contact_phone=said["A.3.4"],
        diagnoses=_diagnoses(one),
        drugs=tuple(Drug(*row) for row in rows if isinstance(row, tuple) and len(row) == 4),
        drugs_asked="A.4.2" in one.facts,
    )


def _fields(instrument: Instrument, prefix: str) -> list[Field]:
    return [field for code, field in instrument.fields.items() if code.startswith(prefix)]


def _asked(one: Assessed, field: Field, *, with_code: bool = False) -> Question:
    said = one.facts.get(field.code, "")
    chosen = set(spoken(said)) if said else set()
    label = f"{field.code} {field.name}" if with_code else field.name
    if not field.choices:
        return Question(label, (), "、".join(chosen))
    notes = [
        f"{choice.asks}：{note}"
        for choice in field.choices
        if choice.asks and (note := one.facts.get(field.supplement(choice.words)))
    ]
    return Question(
        label, tuple(Tick(each.words, each.words in chosen) for each in field.choices), "；".join(notes)
    )


def _diagnoses(one: Assessed) -> tuple[str, ...]:
    """What was chosen; nothing said is not the same as nothing found."""
    said = one.facts.get("A.4.1", "")
    if said == "":
        return (NOT_SAID,)
    field = one.instrument.fields["A.4.1"]
    found = []
    for words in spoken(said):
        note = one.facts.get(field.supplement(words))
        found.append(str(note) if note else words)
    return tuple(found)


def _dimension(one: Assessed, index: int) -> Dimension:
    dimension = one.instrument.dimensions[index]
    items = []
    for item in dimension.items:
        answer, old = one.shown.get(item.code), one.old(item.code)
        possible = tuple(sorted({option.score for option in item.options}, reverse=True))
        # the text as it was shown when answered; a newer instrument file changes no old report
        items.append(
            ScoredItem(
                item.code,
                answer.name if answer else item.name,
                possible,
                answer.score if answer else None,
                answer.text if answer else "",
                f"{old.score}　{old.text}" if old else "",
            )
        )
    score = one.result.sub_scores.get(dimension.code)
    return Dimension(dimension.name, dimension.maximum, score, tuple(items))


def _outcome(one: Assessed) -> Outcome:
    """The record's own total, levels and reasons: nothing signed is scored anew, its rules were those of its day."""
    instrument, result = one.instrument, one.result
    changes = tuple(Tick(each.words, each.code in result.fired) for each in instrument.changes)
    return Outcome(
        total=result.total,
        maximum=instrument.maximum,
        levels=tuple(
            Level(each.number, each.short, each.name, each.low or 0, each.high or 0)
            for each in instrument.levels
        ),
        initial=result.initial,
        changes=(*changes, Tick(NONE_APPLIES, result.level is not None and not result.fired)),
        final=-1 if result.level is None else result.level,
    )
