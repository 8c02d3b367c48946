"""What is typed for one sign while somebody types: read, judged, doubted, and whether it may be kept as it stands."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.vitals.rules.judging import DANGER, Judgement, Own, judge_measured, soft_doubt
from app.vitals.rules.measured import How, Measured
from app.vitals.rules.reading import read_value
from app.vitals.rules.sign import Sign
from app.vitals.rules.wrong import Wrong


@dataclass(frozen=True)
class Whose:
    """What a value is judged by: the age, the person's own limits, the last value of the sign."""

    age: int | None = None
    own: Own = Own()  # noqa: RUF009  # a frozen value
    before: float | None = None


@dataclass(frozen=True)
class Typed:
    """`measured` None: nothing typed, or nothing that can be (`wrong` says why). `doubt`: to be confirmed first."""

    measured: Measured | None = None
    wrong: str = ""
    doubt: str = ""
    judgement: Judgement = Judgement("neutral")  # noqa: RUF009  # a frozen value

    @property
    def red(self) -> bool:
        return self.judgement.tone == DANGER

    @property
    def stands_in_the_way(self) -> str:
        """The sentence that must be answered before this is kept; empty when it may be."""
        return self.wrong or self.doubt


def read_typed(sign: Sign, text: str, how: How, whose: Whose, *, confirmed: bool = False) -> Typed:
    """What stands in a field. What was said of how it was measured goes before what the text says of it."""
    if not text.strip():
        return Typed()
    try:
        read = read_value(sign, text, whose.age)
    except Wrong as wrong:
        return Typed(wrong=wrong.text)
    said = dict(read.how) | dict(how)
    measured = replace(read, how=tuple(said.items()), confirmed=confirmed)
    doubt = None if confirmed else soft_doubt(sign, measured, whose.age, whose.before)
    return Typed(measured, "", doubt or "", judge_measured(sign, measured, whose.age, whose.own))
