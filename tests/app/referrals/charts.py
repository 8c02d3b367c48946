"""Pieces of a chart for the tests of filling: visits of vital signs, facts of criteria, a chart that is full."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from app.core.roles import Role
from app.incidents.rules import Report
from app.incidents.service import ReportIncident
from app.journals import AddEntry
from app.referrals.rules.chart_facts import Facts, Measure, Scored
from app.residents.stating import AddAllergy, AddDiagnosis, AllergyForm, DiagnosisForm
from app.vitals.rules import Measured
from app.vitals.service import RecordSet
from tests.app.care.house import DAY, at
from tests.app.medication.house import Ward
from tests.app.referrals.house import Desk

NOW = at(14)


def signs(**values: Any) -> tuple[Measured, ...]:
    """One visit: `signs(spo2=88, flow="3", level="V")`; what is not named is usual."""
    spo2: tuple[tuple[str, str], ...] = (("oxygen", "air"),)
    if values.get("flow"):
        spo2 = (("oxygen", "oxygen"), ("flow", values["flow"]))
    return (
        Measured("temperature", values.get("temperature", 36.6), confirmed=True),
        Measured("pulse", values.get("pulse", 80), confirmed=True),
        Measured("respiration", values.get("respiration", 18), confirmed=True),
        Measured("blood_pressure", values.get("systolic", 128), values.get("diastolic", 76), confirmed=True),
        Measured("spo2", values.get("spo2", 97), how=spo2, confirmed=True),
        Measured("consciousness", words=values.get("level", "A"), confirmed=True),
    )


def visit(desk: Desk, hour: int, minute: int = 0, day: date = DAY, **values: Any) -> UUID:
    """A visit is recorded at its time."""
    desk.put(hour, minute, day)
    order = RecordSet(desk.li, desk.station.clock.now(), signs(**values))
    done: UUID = desk.do(order)
    return done


def measure(code: str, value: float | None, ago: float = 1, **more: Any) -> Measure:
    """One measurement so many hours before NOW."""
    moment = NOW - timedelta(hours=ago)
    text = more.pop("text", f"{value:g}" if value is not None else more.get("letter", ""))
    return Measure(code, moment, moment.date(), text, value=value, **more)


def facts(*measures: Measure, **more: Any) -> Facts:
    return Facts(NOW, measures, **more)


def scored(total: int, ago: float = 1, *singles: str) -> Scored:
    return Scored(total, NOW - timedelta(hours=ago), singles)


def note(desk: Desk, journal: str, content: Mapping[str, Any], when: datetime | None = None) -> UUID:
    entry: UUID = desk.do(AddEntry(desk.li, journal, content, at=when))
    return entry


def full_chart(desk: Desk) -> Ward:
    """李桂兰 at 14:00: warfarin given at 08:00, drowsy since 13:10, 88 % under oxygen; leaves the nurse at the desk."""
    ward = Ward(desk.home)
    desk.become(Role.DOCTOR)
    for words, code in (("高血压病3级", "I10"), ("2型糖尿病", "E11.9"), ("心房颤动", "I48.9")):
        desk.do(AddDiagnosis(desk.li, DiagnosisForm(words, code)))
    desk.do(AddAllergy(desk.li, AllergyForm("青霉素类", "皮疹", told_by="家属")))
    desk.do(AddAllergy(desk.li, AllergyForm("磺胺类", told_by="家属")))
    desk.become(Role.NURSE)
    ward.order("华法林", "2.5")
    ward.order("氨氯地平", "5")
    visit(desk, 7, 46)
    desk.put(8)
    ward.give(ward.slot("08:00", "华法林"), check="key", second=ward.proof(Role.HEAD_NURSE))
    ward.give_all(ward.slot("08:00", "氨氯地平"))
    desk.put(9)
    note(desk, "tube", {"kind": "urinary", "size": "16Fr", "placed_on": "2026-11-20"})
    note(desk, "isolation", {"kind": "contact", "why": "诺如病毒感染"})
    note(desk, "nursing-note", {"kind": "special", "text": "咳嗽，咳黄痰", "measures": "拍背，多饮水"})
    desk.do(ReportIncident(_fall(desk)))
    ill: dict[str, Any] = {
        "level": "V",
        "spo2": 88,
        "flow": "3",
        "respiration": 26,
        "pulse": 112,
        "systolic": 98,
        "diastolic": 56,
    }
    visit(desk, 13, 10, **ill)
    visit(desk, 13, 46, temperature=38.9, **ill)
    desk.put(14)
    return ward


def _fall(desk: Desk) -> Report:
    return Report(
        "fall",
        at(8, 30),
        desk.li,
        "卫生间",
        "如厕后滑倒，臀部着地。",
        "mild",
        ("通知医生",),
        asked={"head": "否"},
    )
