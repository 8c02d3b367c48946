"""Returns of a stretch of time, and the figures of them: papers, who was sent again, what was done in time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from app.medication.reconciling.case import cases_of
from app.medication.reconciling.lists import reconcile_lists
from app.referrals.coming_back.lists import Paper
from app.referrals.coming_back.lists import lists as return_lists
from app.referrals.figures.courses import Groups
from app.referrals.figures.lists import lists
from app.referrals.figures.span import Over, standing_of
from app.referrals.rules.backs import Again, Back, PaperCame, again, in_time
from app.referrals.rules.figures import Behind, parted, rated, spread_figure
from app.referrals.rules.returning import CAME_WITH, HERE, NOT_NEEDED, OWED, paper_state
from app.referrals.rules.waiting import span
from app.referrals.times import times
from db.models import Absence, MedReconciliation, ReferralReturn, Resident

MEDICINES = "medicines"
NO_HOSPITAL = "未写机构"


def backs(over: Over) -> list[Back]:
    """Every return in the time, as it stands; the minute is the one of the time in hospital, where there is one."""
    at = func.coalesce(Absence.ends, ReferralReturn.at)
    fields = sorted({one.field for one in return_lists().papers.values()} - {"", MEDICINES})
    columns: tuple[Any, ...] = (
        ReferralReturn.rid, ReferralReturn.revision, ReferralReturn.station, ReferralReturn.recorded_at,
        ReferralReturn.resident, ReferralReturn.at, ReferralReturn.came_with, ReferralReturn.hospital,
        ReferralReturn.assess_by, ReferralReturn.assessed_at, ReferralReturn.papers, ReferralReturn.absence,
        Absence.ends, Resident.name, *(getattr(ReferralReturn, field) for field in fields),
    )  # fmt: skip
    rows = over.reader.session.execute(
        select(*columns)
        .join(Resident, Resident.rid == ReferralReturn.resident)
        .outerjoin(
            Absence,
            (Absence.rid == ReferralReturn.absence) & Absence.current & (Absence.state != "retracted"),
        )
        .where(ReferralReturn.current, ReferralReturn.state != "retracted", at >= over.begins, at < over.ends)
    ).all()
    found = [row for row in standing_of(over.reader, list(rows)) if over.holds(row.resident)]
    signed, waiting = _settled(over, found)
    return [_back(row, signed, waiting) for row in found]


def back_figures(over: Over, found: list[Back]) -> Groups:
    """What came with them and what is owed, and the way from there."""
    measure = lists().measure("人次")
    came: dict[tuple[str, str], list[Behind]] = {}
    for code, words in CAME_WITH.items():
        records = [_behind(over, one, one.hospital or NO_HOSPITAL) for one in found if one.came_with == code]
        if records:
            came[code, words] = records
    return {
        "came": parted("came", came, measure),
        **_paper_figures(over, found),
        "again": _again(over, found),
        **_in_time(over, found),
    }


def owed(one: Back) -> list[Paper]:
    """The papers that did not come."""
    return [paper for code, paper in return_lists().papers.items() if one.papers[code].state in OWED]


def _paper_figures(over: Over, found: list[Back]) -> Groups:
    measure = lists().measure("人次")
    owing_of = {one.rid: _owing(over, one, mine) for one in found if (mine := owed(one))}
    papers = []
    for code, paper in return_lists().papers.items():
        needed = [one for one in found if one.papers[code].state != NOT_NEEDED]
        missing = [owing_of[one.rid] for one in needed if one.papers[code].state in OWED]
        figure = rated(f"paper:{code}", paper.label, len(missing), len(needed), (measure, missing))
        papers.append(replace(figure, bad=bool(missing)))
    partners: dict[tuple[str, str], list[Back]] = defaultdict(list)
    for one in found:
        partners[one.hospital, one.hospital or NO_HOSPITAL].append(one)
    owing = []
    for (key, words), mine in partners.items():
        late = [owing_of[one.rid] for one in mine if one.rid in owing_of]
        owing.append(
            replace(rated(f"owing:{key}", words, len(late), len(mine), (measure, late)), bad=bool(late))
        )
    still = [(over.reader.now - one.at, owing_of[one.rid]) for one in found if one.rid in owing_of]
    return {
        "paper": tuple(papers),
        "owing": tuple(sorted(owing, key=lambda one: -len(one.records))),
        "waited": (
            spread_figure("waited:came", "补到的材料", _came(over, found), lists().least),
            spread_figure("waited:still", "仍欠材料的返院", still, lists().least),
        ),
    }


def _came(over: Over, found: list[Back]) -> list[tuple[timedelta | None, Behind]]:
    known = return_lists().papers
    return [
        (max(came.at - one.at, timedelta()), _behind(over, one, f"{known[code].label} · {one.hospital}"))
        for one in found
        for code, came in one.papers.items()
        if came.state == HERE and came.at is not None
    ]


def _again(over: Over, found: list[Back]) -> tuple[Any, ...]:
    within = times().readmission
    pairs = again(found, _stays(over, found), within)
    hit = [_sent_again(over, one) for one in pairs if one.begins is not None]
    open_ = sum(one.begins is None and over.reader.now - one.back.at < within for one in pairs)
    words = f"{within.days} 天内再入院"
    figure = rated("again", words, len(hit), len(found), (lists().measure("人次返院"), hit))
    of = f"{figure.of}；其中 {open_} 人次未满 {within.days} 天" if open_ else figure.of
    return (replace(figure, of=of, bad=bool(hit)),)


def _stays(over: Over, found: list[Back]) -> dict[UUID, list[tuple[datetime, str]]]:
    """Times in hospital of who came back, that may follow."""
    if not found:
        return {}
    rows = over.reader.session.execute(
        select(Absence.resident, Absence.begins, Absence.whither).where(
            Absence.current,
            Absence.state != "retracted",
            Absence.code == "hospital",
            Absence.begins > min(one.at for one in found),
            Absence.begins <= max(one.at for one in found) + times().readmission,
        )
    )
    stays: dict[UUID, list[tuple[datetime, str]]] = defaultdict(list)
    for resident, begins, whither in rows:
        stays[resident].append((begins, whither))
    return stays


def _in_time(over: Over, found: list[Back]) -> Groups:
    measure, now = lists().measure("人次"), over.reader.now
    limit = reconcile_lists().sign_within
    assessed = [(one, in_time(one.assess_by, one.assessed_at, now), one.assessed_at) for one in found]
    to_settle = [one for one in found if one.to_settle]
    settled = [(one, in_time(one.at + limit, one.settled, now), one.settled) for one in to_settle]
    figures = {}
    for code, words, rows in (("assess", "返院评估及时率", assessed), ("settle", "用药重整及时率", settled)):
        told = [
            _behind(over, one, _took(one, done), bad=not met) for one, met, done in rows if met is not None
        ]
        met = sum(not one.bad for one in told)
        figure = rated(code, words, met, len(told), (measure, told))
        figures[code] = (replace(figure, bad=met < len(told)),)
    took = [
        (one.settled - one.at if one.settled else None, _behind(over, one, _took(one, one.settled)))
        for one in to_settle
    ]
    return {**figures, "settled": (spread_figure("settled", "返院 → 医师签名", took, lists().least),)}


def _took(one: Back, done: datetime | None) -> str:
    return f"用时 {span(done - one.at)}" if done is not None else "没有完成"


def _owing(over: Over, one: Back, papers: list[Paper]) -> Behind:
    words = "、".join(paper.label for paper in papers)
    waited = span(over.reader.now - one.at)
    return _behind(over, one, f"欠 {words} · 已 {waited} · {one.hospital or NO_HOSPITAL}", bad=True)


def _sent_again(over: Over, one: Again) -> Behind:
    when = over.said(one.begins) if one.begins is not None else ""
    return _behind(over, one.back, f"第 {one.days} 天再入院（{when}）· {one.whither}", bad=True)


def _behind(over: Over, one: Back, words: str, *, bad: bool = False) -> Behind:
    under = f"{over.said(one.at)} 返院"
    return Behind("referral_return", one.rid, one.resident, one.name, under, words, one.at, bad)


Signed = Mapping[UUID, tuple[str, datetime | None]]


def _settled(over: Over, rows: list[Any]) -> tuple[Signed, frozenset[UUID]]:
    """By time in hospital: with what list they came and when it was signed; and those nobody signed yet."""
    absences = {row.absence for row in rows if row.absence is not None}
    if not absences:
        return {}, frozenset()
    asked = (
        select(MedReconciliation.absence, MedReconciliation.came_with, MedReconciliation.doctor_at)
        .where(
            MedReconciliation.current,
            MedReconciliation.state != "retracted",
            MedReconciliation.at >= over.begins - timedelta(days=1),
            MedReconciliation.at < over.ends + timedelta(days=1),
        )
        .order_by(MedReconciliation.recorded_at)
    )
    signed = {
        absence: (came_with, doctor_at)
        for absence, came_with, doctor_at in over.reader.session.execute(asked)
        if absence in absences
    }
    unsigned = {
        row.resident
        for row in rows
        if row.absence is not None and signed.get(row.absence, ("", None))[1] is None
    }
    waiting = {one.back.absence for one in cases_of(over.reader, unsigned)} if unsigned else set()
    return signed, frozenset(waiting)


def _back(row: Any, signed: Signed, waiting: frozenset[UUID]) -> Back:
    came_with, doctor_at = signed.get(row.absence, ("", None)) if row.absence is not None else ("", None)
    at = row.ends or row.at
    return Back(
        rid=row.rid,
        resident=row.resident,
        name=row.name,
        at=at,
        hospital=row.hospital,
        came_with=row.came_with,
        assess_by=at + (row.assess_by - row.at),
        assessed_at=row.assessed_at,
        papers={
            code: _paper(row, paper, listed=came_with not in ("", "missing"))
            for code, paper in return_lists().papers.items()
        },
        to_settle=doctor_at is not None or row.absence in waiting,
        settled=doctor_at,
        absence=row.absence,
    )


def _paper(row: Any, paper: Paper, *, listed: bool) -> PaperCame:
    said = row.papers.get(paper.code, {})
    filled = listed if paper.field == MEDICINES else bool(paper.field and getattr(row, paper.field))
    state = paper_state(said.get("state", ""), filled)
    return PaperCame(state, datetime.fromisoformat(said["at"]) if said.get("at") else None)
