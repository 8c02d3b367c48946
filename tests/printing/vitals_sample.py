"""Invented weeks of one resident's vital signs, written through the desk: a fever, a leave, a slip corrected."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from app.compose import Station
from app.residents.forms import ResidentForm
from app.residents.rules import PlacePath
from app.residents.service import CreateResident
from app.residents.stating.revising import Seen
from app.vitals.catalogue import sign_of
from app.vitals.queries import SetOf
from app.vitals.rules import Measured, read_value
from app.vitals.service import CorrectVital, RecordSet, RecordSets, RetractVital
from db.models import Absence, Stay
from tests.support.acts import Act

ZONE = "Asia/Shanghai"
ADDRESS = "安和市北湖区梧桐街道文昌路一千二百八十八弄松鹤花园小区东区十六号楼三单元一二零三室"
OUYANG = ResidentForm(
    name="欧阳淑华",
    sex="2",
    birth_date=date(1941, 3, 12),
    address=ADDRESS,
    admitted_on=date(2026, 11, 9),
    place=PlacePath("2号楼", "3层", "312", "1"),
    diagnoses=("高血压病3级（极高危）", "2型糖尿病", "右股骨颈骨折内固定术后"),
)


def moment(day: date, hour: int, minute: int = 0, zone: str = ZONE) -> datetime:
    """An instant by the institution's clock."""
    return datetime.combine(day, time(hour, minute), ZoneInfo(zone))


def value(code: str, text: str, *how: tuple[str, str], turn: int = 0) -> Measured:
    """A value as somebody types it, looked at again where it is doubtful."""
    read = read_value(sign_of(code), text)
    return Measured(code, read.value, read.second, read.words, (*read.how, *how), turn=turn, confirmed=True)


def admitted(station: Station) -> UUID:
    """The resident, in bed 312-1 since 2026-11-09."""
    return station.desk.do_now(CreateResident(OUYANG))


def visit(rid: UUID, at: datetime, **texts: str) -> RecordSet:
    """One visit: sign code → what was typed."""
    return RecordSet(rid, at, tuple(value(code, text) for code, text in texts.items()))


def fortnight(station: Station) -> UUID:
    """From admission to 2026-11-23: mornings whole, a fever on the 12th and 13th, a leave from the 16th to the 18th."""
    rid = admitted(station)
    first = date(2026, 11, 9)
    sets = []
    for place in range(15):
        day = first + timedelta(days=place)
        if 7 <= place <= 9:
            continue
        warm = 36.3 + place % 4 * 0.2
        sets.append(
            visit(
                rid,
                moment(day, 7, 10 + place),
                temperature=f"{warm:.1f}",
                pulse=str(72 + place),
                respiration=str(16 + place % 4),
                blood_pressure=f"{132 + place}/{78 + place % 6}",
                spo2=str(95 + place % 4),
                glucose=f"{6.1 + place % 3:.1f}",
                consciousness="A",
            )
        )
    for place, (hour, fever) in enumerate(((10, "38.2"), (14, "39.3"), (18, "38.6"), (22, "37.9"))):
        at = moment(date(2026, 11, 12), hour)
        sets.append(visit(rid, at, temperature=fever, pulse=str(90 + 4 * place)))
    cooled = value("temperature", "38.4", ("site", "axilla"), ("after", "cooled"))
    sets.append(RecordSet(rid, moment(date(2026, 11, 12), 14, 40), (cooled,)))
    sets.append(RecordSet(rid, moment(date(2026, 11, 14), 14), (), absent="refused"))
    ids = station.desk.do_now(RecordSets(tuple(sets)))
    _slips(station, ids[0], ids[1])
    _away(station, rid)
    return rid


def _slips(station: Station, corrected: UUID, retracted: UUID) -> None:
    """Of the first morning the temperature is corrected, of the second the saturation was an error."""
    warmth = station.desk.ask_now(SetOf(corrected)).counting["temperature"]
    station.desk.do_now(
        CorrectVital(Seen(warmth.rid, 1), value("temperature", "36.8", ("site", "oral")), "笔误")
    )
    spo2 = station.desk.ask_now(SetOf(retracted)).counting["spo2"]
    station.desk.do_now(RetractVital(Seen(spo2.rid, 1), "探头脱落"))


def _away(station: Station, rid: UUID) -> None:
    def leave(unit: object) -> None:
        session, stamp = unit.session, unit.stamp  # type: ignore[attr-defined]  # a Unit
        stay = session.query(Stay).filter(Stay.resident == rid).one()
        absence = Absence(
            **stamp(),
            revision=1,
            resident=rid,
            stay=stay.rid,
            code="leave",
            begins=moment(date(2026, 11, 16), 9, 30),
            ends=moment(date(2026, 11, 18), 17),
        )
        session.add(absence)

    station.desk.do_now(Act(leave))
