"""A day of a resident as rows: every kind of the daily record that goes to the platform, and some that stay."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select

from app.compose import Station
from app.core.ids import named
from app.core.unit import Unit
from db.base import Clinical
from db.models import Absence, Contact, Entry, Grade, Incident, Resident, Staff, Stay, Vital
from tests.support.acts import Act
from tests.support.station import MORNING

EIGHT = MORNING - timedelta(minutes=5)
DAY = date(2026, 11, 20)
VITALS: tuple[dict[str, Any], ...] = (
    {"code": "temperature", "value": 36.5, "how": {"site": "axilla"}},
    {"code": "pulse", "value": 88.0, "how": {}, "note": "律不齐"},
    {"code": "blood_pressure", "value": 186.0, "second": 94.0, "how": {"posture": "lying", "arm": "right"}},
    {"code": "spo2", "value": 91.0, "how": {"oxygen": True, "flow": 2.5}},
    {"code": "glucose", "words": "HI", "how": {"meal": "after"}},
    {"code": "consciousness", "words": "V"},
    {"code": "weight", "absent": "refused"},
    {"code": "calf", "value": 31.0},
)
ENTRIES: dict[str, dict[str, Any]] = {
    "insurance": {
        "type": "1", "number": "沪A00123", "insurer": "上海市医保", "valid_from": "2026-01-01",
        "valid_to": "2026-12-31", "level": "三级",
    },
    "consent": {
        "scope": "上传区平台", "version": "2026-1", "given": "yes", "by": "欧阳建国", "relation": "20",
        "on": "2026-11-20",
    },
    "resuscitation": {"wish": "no_cpr", "source": "self", "witness": "李芳", "on": "2026-11-20"},
    "restraint": {"kind": "腕带", "why": "拔管", "consent_by": "欧阳建国", "doctor": "", "until": "2026-11-27"},
    "isolation": {"kind": "contact", "why": "MRSA"},
    "nine-risk": {"fall": "high", "fall_measures": "下床须人扶", "choking": "none"},
    "labs": {"item": "k", "value": 2.9, "unit": "mmol/L", "flag": "LL", "lab": "区检验中心", "read_back": True},
    "intake-output": {"direction": "in", "kind_in": "drink", "amount": "200"},
    "nursing-note": {"kind": "一般", "text": "夜间咳嗽，\r\n  翻身拍背。", "measures": ["拍背", "半卧"], "effect": ""},
}  # fmt: skip


def live(station: Station, resident: UUID) -> dict[str, UUID]:
    """Everything above; the rids by kind, by `vital/<code>` and by `entry/<journal>`."""

    def work(unit: Unit) -> dict[str, UUID]:
        made: dict[str, Any] = dict(_people(unit, resident))
        visit = unit.new_id()
        for said in VITALS:
            row = Vital(**unit.stamp(at=EIGHT), revision=1, resident=resident, set_id=visit, **said)
            made[f"vital/{said['code']}"] = row
        for journal, content in (*ENTRIES.items(), ("turning", {"position": "left"})):
            begins = DAY if journal not in ("labs", "intake-output", "nursing-note", "turning") else None
            entry: dict[str, Any] = {
                "resident": resident,
                "journal": journal,
                "content": content,
                "begins": begins,
            }
            made[f"entry/{journal}"] = Entry(**unit.stamp(at=EIGHT), revision=1, **entry, due_on=DAY)
        unit.session.add_all(made.values())
        return {key: row.rid for key, row in made.items()}

    found: dict[str, UUID] = station.desk.do_now(Act(work))
    return found


def _people(unit: Unit, resident: UUID) -> dict[str, Any]:
    stay = unit.session.scalars(select(Stay.rid).where(Stay.resident == resident)).one()
    _complete(unit, unit.session.get_one(Resident, resident))
    return {
        "contact": Contact(
            **unit.stamp(), resident=resident, name="欧阳建国", relation="22", phone="13900000001", address="同上",
            second_phone="021-55550000", guardian=True, powers=["decides", "pays"],
        ),
        "absence": Absence(
            **unit.stamp(), revision=1, resident=resident, stay=stay, code="hospital", whither="区中心医院", why="肺炎",
            begins=EIGHT, planned=later(7 * 24 * 60), escort="欧阳建国",
        ),
        "grade": Grade(
            **unit.stamp(), revision=1, resident=resident, what="care_stage", value="observation", since=DAY,
            review_on=DAY + timedelta(days=30), note="新入住",
            basis={"assessment": str(named(unit.settings.institution_id, "assessment"))},
        ),
        "incident": Incident(
            **unit.stamp(at=EIGHT), revision=1, resident=resident, number=unit.next_number("incident"), code="fall",
            happened="夜间如厕跌倒，\n左髋疼痛。", place="312 卫生间", harm="minor",
            content={"family": {"told": True, "at": "2026-11-24T06:10"}, "measures": ["冰敷", "通知医生"]},
        ),
    }  # fmt: skip


def _complete(unit: Unit, row: Resident) -> None:
    """What the register holds of a resident besides what a roster says."""
    doctor = unit.session.scalars(select(Staff.rid).order_by(Staff.number)).first()
    row.archive_number, row.household_address = "310106001001000123", "上海市虹口区四川北路1号"
    row.occupation, row.living, row.blood_type, row.rhesus = "说书艺人", "与侄女同住", "AB型?", "弱阳?"
    row.residence, row.doctor, row.nurse = "侨居", doctor, doctor


def corrected(station: Station, rid: UUID, model: type[Clinical], **changes: Any) -> None:
    """The next revision, as a nurse's correction writes it."""

    def work(unit: Unit) -> None:
        row: Any = unit.session.scalars(select(model).where(model.rid == rid, model.current)).one()
        row.current = False
        unit.session.flush()
        columns = [one.key for one in model.__mapper__.column_attrs]  # type: ignore[attr-defined]  # every record is mapped
        envelope = {"revision", "current", "state", "clock_offset_ms", *unit.stamp()}
        content = {key: getattr(row, key) for key in columns if key not in envelope} | changes
        stamp = unit.stamp(rid=rid, at=changes.pop("at", row.at), reason="笔误")
        content.pop("at", None)
        fresh: Any = model
        unit.session.add(fresh(**stamp, revision=row.revision + 1, state="corrected", **content))

    station.desk.do_now(Act(work))


def retracted(station: Station, rid: UUID, model: type[Clinical]) -> None:
    """Taken back where it stands."""

    def work(unit: Unit) -> None:
        row = unit.session.scalars(select(model).where(model.rid == rid, model.current)).one()
        row.state = "retracted"

    station.desk.do_now(Act(work))


def later(minutes: int) -> datetime:
    return EIGHT + timedelta(minutes=minutes)
