"""Questions on home beds: who has one, whose round is late, one of them with its rounds, how many there are."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.access.names import author_names
from app.assessments.due.people import lodgers
from app.core.clock import date_in
from app.core.orders import Question, answers
from app.core.roles import Right
from app.core.unit import Reader
from app.referrals.home_beds.lists import indication_words, lists
from app.referrals.home_beds.opening import Applicant, Application
from app.referrals.home_beds.signing import accounts, is_unsigned
from app.referrals.home_beds.visiting import DOCTOR, KINDS, TEXTS
from app.referrals.revising import Seen
from app.referrals.rules.home_beds import RoundDue, next_round, this_week
from app.referrals.rules.validity import Term, Validity, days_words, validity
from app.residents.search_text import like_pattern
from db.models import HomeBed, Resident, ResidentSearch, RoundVisit

RUNNING, APPLIED, LATE, ENDING, OVER = "running", "applied", "late", "ending", "over"
STATES = {"applied": "待评估", "open": "建床中", "closed": "已撤床", "declined": "未建床"}


@dataclass(frozen=True)
class BedVisitRow:
    """One round. `unsigned`: a doctor's, written down by somebody else and not signed by the doctor, who signs by the
    account here where there is one (`account`), else by hand."""

    seen: Seen
    at: datetime
    kind: str
    name: str
    texts: dict[str, str]
    vitals: dict[str, Any]
    refer: bool
    unsigned: bool
    drawn: dict[str, Any]
    by: str
    account: bool

    @property
    def kind_words(self) -> str:
        return KINDS.get(self.kind, self.kind)

    @property
    def said(self) -> str:
        """All that was written, in the order of the form."""
        return "；".join(self.texts[key] for key in TEXTS if self.texts.get(key))


@dataclass(frozen=True)
class HomeBedLine:
    """A home bed. `due`: of the doctor's next round, None while nothing is owed (not open, in hospital); `held` of
    `visits_week` this week; `ends_soon`: to be renewed or closed."""

    seen: Seen
    resident: UUID
    name: str
    bed: str
    away: str
    number: str
    status: str
    indications: str
    diagnosis: str
    doctor: str
    nurse: str
    opened_on: date | None
    until: date | None
    days: str
    validity: Validity
    visits_week: int
    held: int
    last_at: datetime | None
    due: RoundDue | None
    closed_on: date | None

    @property
    def state_words(self) -> str:
        return STATES.get(self.status, self.status)

    @property
    def late(self) -> bool:
        return self.due is not None and self.due.late > 0

    @property
    def ends_soon(self) -> bool:
        return self.status == "open" and self.validity in (Validity.SOON, Validity.OVER)


@dataclass(frozen=True)
class HomeBedBoard:
    """The lines of one view, and how many each view has."""

    lines: tuple[HomeBedLine, ...]
    counts: dict[str, int]


@dataclass(frozen=True)
class HomeBeds(Question[HomeBedBoard]):
    """`view`: running (open and applied for), applied, late, ending, over. `words`: as the search of residents."""

    view: str = RUNNING
    words: str = ""


@dataclass(frozen=True)
class HomeBedPage:
    """One home bed whole, its rounds the newest first."""

    line: HomeBedLine
    form: Application
    evaluation: dict[str, Any]
    plan: str
    insurance: str
    renewed: tuple[dict[str, Any], ...]
    closing: dict[str, Any]
    visits: tuple[BedVisitRow, ...]


@dataclass(frozen=True)
class HomeBedById(Question[HomeBedPage | None]):
    """None where it is not here, or was an error."""

    rid: UUID


@dataclass(frozen=True)
class CountHomeBedWork(Question[int]):
    """Applications to be evaluated, rounds that are late, periods that end."""


@answers(HomeBeds)
def home_beds(reader: Reader, question: HomeBeds) -> HomeBedBoard:
    reader.require(Right.READ_RESIDENTS)
    lines = home_bed_lines(reader, question.words)
    fits = {
        RUNNING: [one for one in lines if one.status in ("open", "applied")],
        APPLIED: [one for one in lines if one.status == "applied"],
        LATE: [one for one in lines if one.late],
        ENDING: [one for one in lines if one.ends_soon],
        OVER: [one for one in lines if one.status in ("closed", "declined")],
    }
    chosen = fits.get(question.view, lines)
    return HomeBedBoard(tuple(chosen), {key: len(rows) for key, rows in fits.items()})


@answers(HomeBedById)
def home_bed_by_id(reader: Reader, question: HomeBedById) -> HomeBedPage | None:
    reader.require(Right.READ_RESIDENTS)
    row = next((one for one in _standing(reader) if one.rid == question.rid), None)
    if row is None:
        return None
    line = next(one for one in home_bed_lines(reader, row=row) if one.seen.rid == row.rid)
    said = row.applicant
    applicant = Applicant(
        said.get("name", ""), said.get("relation", ""), said.get("drawn") or {}, bool(said.get("on_paper"))
    )
    return HomeBedPage(
        line=line,
        form=Application(applicant, tuple(row.indications), row.diagnosis),
        evaluation=row.evaluation,
        plan=row.plan,
        insurance=row.insurance,
        renewed=tuple(row.renewed.get("all", ())),
        closing=row.closing,
        visits=_visit_rows(reader, row.rid),
    )


@answers(CountHomeBedWork)
def count_home_bed_work(reader: Reader, _question: CountHomeBedWork) -> int:
    reader.require(Right.READ_RESIDENTS)
    return sum(one.status == "applied" or one.late or one.ends_soon for one in home_bed_lines(reader))


def home_bed_lines(reader: Reader, words: str = "", row: HomeBed | None = None) -> list[HomeBedLine]:
    """Those that are late first, then applications, then by bed; those that are over last. `row`: only that one."""
    rows = [row] if row is not None else _standing(reader)
    if not rows:
        return []
    names = _names(reader, words, row.resident if row is not None else None)
    here = {one.resident: one for one in lodgers(reader, row.resident if row is not None else None)}
    rounds = _rounds(reader)
    lines = [
        _line(reader, one, names[one.resident], (here.get(one.resident), rounds.get(one.rid, [])))
        for one in rows
        if one.resident in names
    ]
    order = {"applied": 0, "open": 1, "declined": 2, "closed": 3}
    return sorted(lines, key=lambda one: (not one.late, order[one.status], one.bed, one.name))


def _line(reader: Reader, row: HomeBed, name: str, known: tuple[Any, list[datetime]]) -> HomeBedLine:
    lodger, rounds = known
    zone, known_lists = reader.settings.zone, lists()
    term = Term(row.opened_on or reader.today, row.until, row.closed_on, known_lists.remind_days)
    last = max(rounds, default=None)
    away = lodger.away if lodger is not None else ""
    due = None
    if row.status == "open" and row.opened_on is not None and away != "hospital":
        since = max(row.opened_on, date_in(zone, last)) if last is not None else row.opened_on
        due = next_round(since, row.visits_week, reader.today, known_lists.grace_days)
    monday, sunday = this_week(reader.today)
    return HomeBedLine(
        seen=Seen(row.rid, row.revision),
        resident=row.resident,
        name=name,
        bed=lodger.bed if lodger is not None else "",
        away=away,
        number=row.number,
        status=row.status,
        indications=indication_words(row.indications),
        diagnosis=row.diagnosis,
        doctor=row.doctor_name,
        nurse=row.nurse_name,
        opened_on=row.opened_on,
        until=row.until,
        days=days_words(term, reader.today) if row.status == "open" else "",
        validity=validity(term, reader.today),
        visits_week=row.visits_week,
        held=sum(monday <= date_in(zone, at) <= sunday for at in rounds),
        last_at=last,
        due=due,
        closed_on=row.closed_on,
    )


def _standing(reader: Reader) -> list[HomeBed]:
    return list(reader.session.scalars(select(HomeBed).where(HomeBed.current, HomeBed.state != "retracted")))


def _names(reader: Reader, words: str, resident: UUID | None) -> dict[UUID, str]:
    statement = select(Resident.rid, Resident.name)
    if resident is not None:
        statement = statement.where(Resident.rid == resident)
    if words.strip():
        statement = statement.join(ResidentSearch, ResidentSearch.rid == Resident.rid).where(
            ResidentSearch.text.like(like_pattern(words), escape="\\")
        )
    return {row.rid: row.name for row in reader.session.execute(statement)}


def _rounds(reader: Reader) -> dict[UUID, list[datetime]]:
    """When doctors came, by home bed."""
    found: dict[UUID, list[datetime]] = defaultdict(list)
    statement = select(RoundVisit.home_bed, RoundVisit.at, RoundVisit.content).where(
        RoundVisit.home_bed.is_not(None), RoundVisit.current, RoundVisit.state != "retracted"
    )
    for bed, at, content in reader.session.execute(statement):
        if bed is not None and content.get("who", DOCTOR) == DOCTOR:
            found[bed].append(at)
    return found


def _visit_rows(reader: Reader, bed: UUID) -> tuple[BedVisitRow, ...]:
    names, doctors = author_names(reader), accounts(reader)
    rows = reader.session.scalars(
        select(RoundVisit)
        .where(RoundVisit.home_bed == bed, RoundVisit.current, RoundVisit.state != "retracted")
        .order_by(RoundVisit.at.desc(), RoundVisit.recorded_at.desc())
    )
    return tuple(_visit_row(one, names, account=one.doctor_name in doctors) for one in rows)


def _visit_row(row: RoundVisit, names: dict[UUID, str], *, account: bool) -> BedVisitRow:
    kind = str(row.content.get("who", DOCTOR))
    return BedVisitRow(
        seen=Seen(row.rid, row.revision),
        at=row.at,
        kind=kind,
        name=str(row.content.get("name") or row.doctor_name),
        texts={key: str(row.content[key]) for key in TEXTS if row.content.get(key)},
        vitals=row.vitals,
        refer=row.refer,
        unsigned=is_unsigned(row),
        drawn=row.drawn,
        by=names.get(row.author, "别的站点"),
        account=account,
    )
