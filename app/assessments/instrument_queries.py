"""Questions about the instruments of a station: all of them, or one. They say nothing of a person: all may ask."""

from __future__ import annotations

from dataclasses import dataclass

from app.assessments.instruments import Instrument
from app.assessments.shelf import instrument_called, instruments
from app.core.orders import Question, answers
from app.core.unit import Reader


@dataclass(frozen=True)
class Instruments(Question[tuple[Instrument, ...]]):
    """Every instrument of the station, in the order of lists; the institution's own say so."""


@dataclass(frozen=True)
class InstrumentCalled(Question[Instrument]):
    """The instrument of a code; refuses one the station does not have. With the version of a record: as it was then."""

    code: str
    version: str = ""


@answers(Instruments)
def every_instrument(reader: Reader, _question: Instruments) -> tuple[Instrument, ...]:
    return tuple(instruments(reader.session).values())


@answers(InstrumentCalled)
def one_instrument(reader: Reader, question: InstrumentCalled) -> Instrument:
    return instrument_called(reader.session, question.code, question.version)
