"""Every change of a resident is told with its old and new words, by whom and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from app.compose import Station
from app.core.clock import SetClock
from app.core.roles import Role
from app.residents.forms import ContactForm, ResidentForm
from app.residents.queries import Change, FormOf, History
from app.residents.rules import AllergyEntry, AllergyStatement, PlacePath
from app.residents.service import CreateResident, EditResident
from tests.support.station import become

LI = ResidentForm(
    name="李桂兰",
    sex="2",
    id_number="310199194205180047",
    birth_date=date(1942, 5, 18),
    id_type="02",
    place=PlacePath("2号楼", "3层", "312", "1"),
    admitted_on=date(2024, 5, 18),
    contacts=(ContactForm("王建国", "20", "13800138000"),),
    allergies=AllergyStatement(entries=(AllergyEntry("青霉素", "皮疹"),)),
    diagnoses=("帕金森病",),
)


def test_each_act_names_who_when_and_what(station: Station) -> None:
    clock = station.clock
    assert isinstance(clock, SetClock)
    rid = station.desk.do_now(CreateResident(LI))
    clock.forward(timedelta(hours=2))
    become(station, Role.NURSE)
    seen = station.desk.ask_now(FormOf(rid))
    changed = replace(
        seen.form,
        phone="13900139000",
        place=PlacePath("2号楼", "3层", "312", "2"),
        contacts=(ContactForm("王建国", "20", "13800138001", guardian=True),),
        allergies=AllergyStatement(none_known=True),
        diagnoses=("帕金森病", "2型糖尿病"),
    )
    station.desk.do_now(EditResident(rid, changed, seen.revision, "写错人"))
    edit, begun = station.desk.ask_now(History(rid))
    assert (edit.by, edit.role, edit.first, edit.at - begun.at) == (
        "林晓燕",
        "护士",
        False,
        timedelta(hours=2),
    )
    assert set(edit.changes) == {
        Change("电话", "", "13900139000"),
        Change("床位", "2号楼 312-1", "2号楼 312-2"),
        Change("联系人 1", "王建国 子 13800138000", "王建国 子 13800138001，监护人"),
        Change("过敏", "青霉素（皮疹）", "", "误录：写错人"),
        Change("过敏", "", "无已知过敏"),
        Change("诊断", "", "2型糖尿病"),
    }
    assert (begun.by, begun.first) == ("周敏", True)
    assert Change("证件号码", "", "310199********0047") in begun.changes
    assert Change("入住日期", "", "2024-05-18") in begun.changes


def test_an_edit_that_changes_nothing_leaves_no_trace(station: Station) -> None:
    rid = station.desk.do_now(CreateResident(LI))
    seen = station.desk.ask_now(FormOf(rid))
    station.desk.do_now(EditResident(rid, seen.form, seen.revision))
    assert len(station.desk.ask_now(History(rid))) == 1
    assert station.desk.ask_now(FormOf(rid)) == seen
