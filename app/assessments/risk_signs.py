"""The risks of one resident as signs of the chart: in words, with the assessment behind each, to be opened."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from app.assessments.shelf import instruments
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.residents.queries.risks import Behind, risks_of
from app.residents.risk_codes import badge_words, risk_code


@dataclass(frozen=True)
class RiskSign:
    """One risk. `because`: Morse跌倒 55 分 高风险，2026-11-24; behind it an `assessment`, or an old `entry`."""

    code: str
    words: str
    icon: str
    high: bool
    because: str
    assessment: UUID | None
    entry: UUID | None = None


@dataclass(frozen=True)
class RiskSigns(Question[tuple[RiskSign, ...]]):
    """The risks of one resident, the high ones first."""

    resident: UUID


@answers(RiskSigns)
def risk_signs(reader: Reader, question: RiskSigns) -> tuple[RiskSign, ...]:
    reader.require(Right.READ_RESIDENTS)
    return tuple(
        RiskSign(
            code=risk.key,
            words=badge_words(risk.key, high=risk.high),
            icon=risk_code(risk.key).icon,
            high=risk.high,
            because=because(reader, risk.behind),
            assessment=None if risk.behind.entry else risk.behind.record,
            entry=risk.behind.record if risk.behind.entry else None,
        )
        for risk in risks_of(reader, (question.resident,)).get(question.resident, ())
    )


def because(reader: Reader, behind: Behind) -> str:
    """What a risk was found by: the instrument, its score and result, the day."""
    if behind.entry:
        return f"九防评估（原记录），{behind.on.isoformat()}"
    instrument = instruments(reader.session).get(behind.instrument)
    name = instrument.short if instrument is not None else behind.instrument
    points = f"{behind.total} 分" if behind.total is not None else ""
    return " ".join(part for part in (name, points, behind.finding) if part) + f"，{behind.on.isoformat()}"
