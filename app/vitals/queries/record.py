"""The whole record of a span: every value that stands, every one retracted, and what each said before it was corrected."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select

from app.access.names import author_names
from app.core.clock import date_in
from app.core.errors import Refusal
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.vitals.catalogue import is_sign, not_measured, sign_of
from app.vitals.profiles import Profile, age_at, profiles
from app.vitals.rules import Measured, Own, value_words
from app.vitals.rules.judging import judge_measured
from app.vitals.rules.measured import how_words
from db.models import Resident, Vital

_NOBODY = "区平台"
_SOME = 500


@dataclass(frozen=True)
class Former:
    """What a value said before: its words, its time, who wrote it and when."""

    words: str
    at: datetime
    by: str
    recorded_at: datetime


@dataclass(frozen=True)
class VitalLine:
    """One value, or why there is none. `tone` and `judged` say what it means for this person at that age.

    `reason` is why this revision was made; `former` the revisions before it, oldest first.
    """

    rid: UUID
    revision: int
    set_id: UUID
    at: datetime
    measured: Measured
    note: str
    state: str
    author: UUID
    by: str
    recorded_at: datetime
    source: str
    reason: str
    tone: str
    judged: str
    mark: str
    former: tuple[Former, ...] = ()

    @property
    def code(self) -> str:
        return self.measured.code

    @property
    def retracted(self) -> bool:
        return self.state == "retracted"

    @property
    def words(self) -> str:
        """`36.5`, `142/78`, `LO`, or why there is none."""
        return said(self.measured)

    @property
    def aside(self) -> str:
        """How it was measured: `腋`, `吸氧 2 L/min`."""
        return how_words(sign_of(self.code), self.measured.how)


@dataclass(frozen=True)
class VitalRecordRow:
    """Oldest first. `age` is today's; `profile` what holds for this person."""

    lines: tuple[VitalLine, ...]
    profile: Profile
    age: int | None

    def standing(self, *codes: str) -> tuple[VitalLine, ...]:
        """What was not retracted, of these signs (none named: of all)."""
        return tuple(
            one for one in self.lines if not one.retracted and (not codes or one.code in codes)
        )


@dataclass(frozen=True)
class VitalRecord(Question[VitalRecordRow]):
    """One resident's values measured in a span, both ends included; `codes` empty: of every sign."""

    resident: UUID
    since: datetime
    until: datetime
    codes: tuple[str, ...] = ()


def said(measured: Measured) -> str:
    """A value in words, or why there is none."""
    if measured.absent:
        return not_measured().words(measured.absent) or measured.absent
    return value_words(sign_of(measured.code), measured.value, measured.second, measured.words)


_COLUMNS = (
    Vital.rid,
    Vital.revision,
    Vital.set_id,
    Vital.at,
    Vital.code,
    Vital.value,
    Vital.second,
    Vital.words,
    Vital.how,
    Vital.absent,
    Vital.note,
    Vital.state,
    Vital.author,
    Vital.recorded_at,
    Vital.source,
    Vital.reason,
)


@answers(VitalRecord)
def vital_record(reader: Reader, question: VitalRecord) -> VitalRecordRow:
    reader.require(Right.READ_RESIDENTS)
    resident = reader.session.get(Resident, question.resident)
    if resident is None:
        raise Refusal("没有找到这位老人。")
    rows = [row for row in _rows(reader, question) if is_sign(row.code)]
    before = _before(reader, [row.rid for row in rows if row.revision > 1])
    names = author_names(reader)
    profile = profiles(reader, [resident.rid])[resident.rid]
    judging = _Judging(profile.own, age_at(resident.birth_date, date_in(reader.settings.zone, question.until)))
    lines = [_line(row, judging, names, before.get(row.rid, ())) for row in rows]
    lines.sort(key=lambda one: (one.at, one.recorded_at))
    return VitalRecordRow(tuple(lines), profile, age_at(resident.birth_date, reader.today))


@dataclass(frozen=True)
class _Judging:
    own: Own
    age: int | None


def _rows(reader: Reader, question: VitalRecord) -> Iterable[Row[Any]]:
    """Two statements, each by its own index: what stands, and what was retracted."""
    span = (Vital.resident == question.resident, Vital.at >= question.since, Vital.at <= question.until)
    codes = (Vital.code.in_(question.codes),) if question.codes else ()
    for state in (Vital.state != "retracted", Vital.state == "retracted"):
        statement = select(*_COLUMNS).where(*span, *codes, Vital.current, state)
        yield from reader.session.execute(statement)


def _before(reader: Reader, rids: list[UUID]) -> Mapping[UUID, tuple[Former, ...]]:
    found: dict[UUID, list[Former]] = defaultdict(list)
    names = author_names(reader) if rids else {}
    for start in range(0, len(rids), _SOME):
        some = Vital.rid.in_(rids[start : start + _SOME])
        for row in reader.session.execute(select(*_COLUMNS).where(some, ~Vital.current).order_by(Vital.revision)):
            words = said(_measured(row))
            found[row.rid].append(Former(words, row.at, names.get(row.author, _NOBODY), row.recorded_at))
    return {rid: tuple(rows) for rid, rows in found.items()}


def _measured(row: Row[Any]) -> Measured:
    how = tuple((key, str(choice)) for key, choice in row.how.items() if key != "turn")
    return Measured(row.code, row.value, row.second, row.words, how, row.absent, int(row.how.get("turn", 0)))


def _line(
    row: Row[Any], judging: _Judging, names: Mapping[UUID, str], former: tuple[Former, ...]
) -> VitalLine:
    measured = _measured(row)
    found = judge_measured(sign_of(row.code), measured, judging.age, judging.own)
    return VitalLine(
        rid=row.rid,
        revision=row.revision,
        set_id=row.set_id,
        at=row.at,
        measured=measured,
        note=row.note,
        state=row.state,
        author=row.author,
        by=names.get(row.author, _NOBODY),
        recorded_at=row.recorded_at,
        source=row.source,
        reason=row.reason or "",
        tone=found.tone,
        judged=found.words,
        mark=found.mark,
        former=former,
    )
