"""The course of a resident's stays: every step with its time, reason and who; and as lines of the timeline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.core.clock import local
from app.core.happened import Happened
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.residents.queries.grades import grade_rows
from app.residents.queries.presence import planned_day
from app.residents.rules.grades import GRADES
from app.residents.rules.stays import ABSENCES, MODES, OUTCOMES, Position, allowed
from app.residents.rules.windows import When, first_day, last_day
from app.residents.which_stay import order_of, standing
from db.models import Absence, Place, Stay

SORT = "入住与外出"


@dataclass(frozen=True)
class StayEvent:
    """One step. `kind` and `rid` name the record, `seen` its standing revision; `step` is the icon's and tone's key.

    `day_only`: only the day is known (a roster, a date set right); `at` is then its midnight.
    """

    at: datetime
    kind: str
    rid: UUID
    seen: int
    step: str
    title: str
    words: str
    by: str
    day_only: bool = False


@dataclass(frozen=True)
class StayRow:
    """A stay as it stands."""

    rid: UUID
    revision: int
    status: str
    mode: str
    begins: date | None
    ends: date | None
    expected: date | None
    outcome: str
    note: str
    bed: str


@dataclass(frozen=True)
class AbsenceRow:
    """An absence as it stands; `planned_on` is the day somebody is expected back."""

    rid: UUID
    revision: int
    stay: UUID
    code: str
    begins: datetime
    planned: datetime | None
    planned_on: date | None
    ends: datetime | None
    whither: str
    why: str
    escort: str
    phone: str
    bed_kept: bool
    keep_until: date | None
    condition: str


@dataclass(frozen=True)
class CourseRow:
    """Where a resident is, what may be done now (steps of `rules.stays`), and everything that was, newest first."""

    position: Position
    steps: tuple[str, ...]
    stays: tuple[StayRow, ...]
    absences: tuple[AbsenceRow, ...]
    events: tuple[StayEvent, ...]

    @property
    def stay(self) -> StayRow | None:
        """The stay that counts."""
        return self.stays[0] if self.stays else None

    @property
    def away(self) -> AbsenceRow | None:
        return next((one for one in self.absences if one.ends is None), None)


@dataclass(frozen=True)
class StayEvents(Question[CourseRow]):
    """The whole course of a resident's stays."""

    resident: UUID


@answers(StayEvents)
def stay_events(reader: Reader, question: StayEvents) -> CourseRow:
    reader.require(Right.READ_RESIDENTS)
    rid = question.resident
    stays = _stays(reader, rid)
    away = _absences(reader, rid)
    open_stay = stays[0].status if stays and stays[0].ends is None else ""
    code = next((one.code for one in away if one.ends is None), "")
    dead = any(one.outcome == "death" and one.ends is not None for one in stays)
    position = Position(open_stay, code, dead=dead)
    events = sorted(_events(reader, rid), key=lambda one: one.at)
    return CourseRow(position, allowed(position), stays, away, tuple(reversed(events)))


def happened(
    reader: Reader, resident: UUID, since: datetime | None = None, until: datetime | None = None
) -> Iterator[Happened]:
    """Steps of stays, absences and decided levels between two instants, in no order."""
    for one in _events(reader, resident):
        if (since is None or one.at >= since) and (until is None or one.at < until):
            icon, tone = SIGNS[one.step]
            yield Happened(one.at, one.kind, one.rid, SORT, one.title, one.words, one.by, tone, icon)
    for row in grade_rows(reader, resident):
        if (since is None or row.at >= since) and (until is None or row.at < until):
            title = f"{GRADES[row.what]}：{row.words}"
            words = f"{row.since.isoformat()} 起；{row.note}"
            yield Happened(
                row.at, "grade", row.rid, "等级与阶段", title, words, row.by, "info", "list-checks"
            )


SIGNS = {
    "enquiry": ("message-circle", "neutral"),
    "reserved": ("calendar", "violet"),
    "in": ("bed-single", "ok"),
    "bed": ("arrow-left-right", "neutral"),
    "mode": ("refresh-cw", "neutral"),
    "withdrawn": ("x", "neutral"),
    "ended": ("log-out", "neutral"),
    "reopened": ("undo-2", "warn"),
    "leave": ("log-out", "neutral"),
    "hospital": ("ambulance", "info"),
    "return": ("house", "ok"),
}
"""Icon and tone of each step."""


def _stays(reader: Reader, rid: UUID) -> tuple[StayRow, ...]:
    rows = reader.session.execute(
        select(Stay, Place.label)
        .outerjoin(Place, Place.rid == Stay.bed)
        .where(Stay.resident == rid, standing())
        .order_by(*order_of())
    )
    return tuple(
        StayRow(
            one.rid, one.revision, one.status, one.mode, one.begins, one.ends, one.expected, one.outcome,
            one.note, label or "",
        )
        for one, label in rows
    )  # fmt: skip


def _absences(reader: Reader, rid: UUID) -> tuple[AbsenceRow, ...]:
    rows = reader.session.scalars(
        select(Absence)
        .where(Absence.resident == rid, Absence.current, Absence.state != "retracted")
        .order_by(Absence.begins.desc())
    )
    return tuple(
        AbsenceRow(
            one.rid, one.revision, one.stay, one.code, one.begins, one.planned,
            planned_day(one.planned, reader.settings.zone), one.ends, one.whither, one.why, one.escort,
            one.phone, one.bed_kept, one.keep_until, one.condition,
        )
        for one in rows
    )  # fmt: skip


def _events(reader: Reader, rid: UUID) -> Iterator[StayEvent]:
    names = author_names(reader)
    rows = reader.session.execute(
        select(Stay, Place.label)
        .outerjoin(Place, Place.rid == Stay.bed)
        .where(Stay.resident == rid)
        .order_by(Stay.rid, Stay.revision, Stay.recorded_at)
    )
    for _rid, found in groupby(((one, label or "") for one, label in rows), key=lambda pair: pair[0].rid):
        revisions = list(found)
        if any(one.current and one.state != "retracted" for one, _label in revisions):
            yield from _steps(revisions, names, reader.settings.zone)
    for row in _absences(reader, rid):
        yield from _goings(reader, row, names)


def _steps(revisions: list[tuple[Stay, str]], names: dict[UUID, str], zone: str) -> Iterator[StayEvent]:
    """What each revision of a stay did; times set right later are those that stand."""
    stands = next(one for one, _label in revisions if one.current)
    before: tuple[Stay, str] | None = None
    for one, label in revisions:
        step, title = _step(one, label, before)
        if step:
            words = _stay_words(one, label, step)
            by = names.get(one.author, "")
            at, day_only = _happened_at(one, stands, step, zone)
            yield StayEvent(at, "stay", one.rid, stands.revision, step, title, words, by, day_only)
        before = (one, label)


def _happened_at(one: Stay, stands: Stay, step: str, zone: str) -> tuple[datetime, bool]:
    """When a step was; the day that stands now, where the time that was written belongs to another one."""
    day = {"in": stands.begins, "ended": stands.ends}.get(step)
    if day is None or day in (first_day(one.at, zone), last_day(one.at, zone)):
        return one.at, False
    return When(day, 0).instant(zone), True


def _step(one: Stay, label: str, before: tuple[Stay, str] | None) -> tuple[str, str]:
    """The key and title of what a revision did; empty for one that only set words or days right."""
    titles = {"enquiry": "咨询", "reserved": "预留床位", "in": "入住", "withdrawn": "撤回"}
    ended = f"退住：{OUTCOMES.get(one.outcome, '')}".rstrip("：") if one.outcome != "death" else "去世"
    title = ended if one.status == "ended" else titles[one.status]
    if before is None:
        return one.status, title
    was, was_at = before
    if was.ends is not None and one.ends is None:
        return "reopened", "撤销退住" if was.status == "ended" else "撤销撤回"
    if was.status != one.status:
        return one.status, title
    if was.mode != one.mode:
        return "mode", f"改为{MODES.get(one.mode, one.mode)}"
    if was_at != label:
        return "bed", f"床位 {was_at or '无'} → {label or '无'}"
    return "", ""


def _stay_words(one: Stay, label: str, step: str) -> str:
    mode = MODES.get(one.mode, "") if one.mode != "resident" else ""
    expected = f"{one.expected:%m-%d} 入住" if one.expected else ""
    said: dict[str, tuple[str, ...]] = {
        "enquiry": (expected, mode, one.note),
        "reserved": (label, expected, one.note),
        "in": (label, mode, one.note),
        "ended": (one.note,),
    }
    return "　".join(part for part in said.get(step, (one.reason or "",)) if part)


def _goings(reader: Reader, row: AbsenceRow, names: dict[UUID, str]) -> Iterator[StayEvent]:
    """Going and coming back, by whoever wrote each."""
    written = list(
        reader.session.execute(
            select(Absence.revision, Absence.ends, Absence.author, Absence.reason)
            .where(Absence.rid == row.rid)
            .order_by(Absence.revision)
        )
    )
    first = written[0]
    kept = ""
    if row.code == "hospital":
        until = f"至 {row.keep_until:%m-%d}" if row.keep_until else ""
        kept = f"床位保留{until}" if row.bed_kept else "床位不保留"
    planned = f"预计 {row.planned_on:%m-%d} 回" if row.planned_on else ""
    words = "　".join(part for part in (row.whither, row.why, row.escort, planned, kept) if part)
    title = ABSENCES[row.code]
    yield StayEvent(
        row.begins,
        "absence",
        row.rid,
        row.revision,
        row.code,
        title,
        words,
        names.get(first[2], ""),
    )
    if row.ends is not None:
        back = next((one for one in written if one[1] is not None), first)
        gone = local(reader.settings.zone, row.begins)
        ended = "返院" if back[3] in (None, "返院") or row.condition else str(back[3])
        words = "　".join(part for part in (f"{gone:%m-%d %H:%M} 起的{title}", row.condition) if part)
        yield StayEvent(
            row.ends, "absence", row.rid, row.revision, "return", ended, words, names.get(back[2], "")
        )
