"""A resident written by hand is found, shown, edited; nothing of the old is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from app.compose import Station
from app.core.errors import Refusal
from app.core.roles import Role
from app.residents.forms import ContactForm, ResidentForm
from app.residents.queries import Chart, FindResident, FormOf, ResidentList
from app.residents.rules import AllergyEntry, AllergyStatement, PlacePath
from app.residents.service import CreateResident, EditResident
from db.models import Allergy, Outbox, RegisterVersion, Stay
from tests.support.acts import NoteAllergy
from tests.support.station import become

OUYANG = ResidentForm(
    name="欧阳淑华",
    sex="2",
    birth_date=date(1941, 3, 12),
    phone="021-55550137",
    address="安和市北湖区梧桐街道文昌路1288弄松鹤花园16号楼3单元1203室",
    care_level="partial",
    admitted_on=date(2024, 5, 18),
    place=PlacePath("2号楼", "3层", "312", "1"),
    contacts=(ContactForm("王建国", "20", "19900005520", guardian=True, powers=("guardian",)),),
    allergies=AllergyStatement(entries=(AllergyEntry("青霉素", "皮疹"),)),
    diagnoses=("高血压病3级（极高危）", "2型糖尿病"),
)


def test_a_new_resident_is_found_by_everything_a_nurse_types(station: Station) -> None:
    rid = station.desk.do_now(CreateResident(OUYANG))
    for typed in ("欧阳", "oysh", "ouyang", "312-1", "0137", "5520", "01-000001", "OY"):
        page = station.desk.ask_now(ResidentList(typed))
        assert [row.rid for row in page.rows] == [rid], typed
    assert station.desk.ask_now(ResidentList("王素芬")).count == 0
    assert station.desk.ask_now(ResidentList("%")).count == 0
    row = station.desk.ask_now(ResidentList()).rows[0]
    assert (row.bed, row.age, row.marks) == ("2号楼 312-1", 85, ("高血压", "2型糖尿病"))
    assert (row.allergy, row.level) == ("青霉素", None)
    assert station.desk.ask_now(ResidentList(level=-1)).count == 1
    assert station.desk.ask_now(ResidentList(level=2)).count == 0


def test_the_chart_says_what_was_written_and_by_whom(station: Station) -> None:
    rid = station.desk.do_now(CreateResident(OUYANG))
    chart = station.desk.ask_now(Chart(rid))
    assert (chart.bed, chart.admitted_on, chart.recorded_by) == ("2号楼 312-1", date(2024, 5, 18), "周敏")
    assert [(one.substance, one.reaction, one.by) for one in chart.allergies] == [("青霉素", "皮疹", "周敏")]
    assert [one.relation for one in chart.contacts] == ["子"]


def test_an_edit_keeps_the_old_content_and_waits_once(station: Station) -> None:
    rid = station.desk.do_now(CreateResident(OUYANG))
    seen = station.desk.ask_now(FormOf(rid))
    assert seen.form == OUYANG
    changed = replace(
        seen.form,
        phone="021-55550138",
        place=PlacePath("2号楼", "3层", "312", "2"),
        allergies=AllergyStatement(none_known=True),
        diagnoses=("2型糖尿病", "骨质疏松症"),
    )
    with pytest.raises(Refusal, match="为什么作废") as refused:
        station.desk.do_now(EditResident(rid, changed, seen.revision))
    assert refused.value.field == "why"
    station.desk.do_now(EditResident(rid, changed, seen.revision, "家属核实没有过敏"))
    again = station.desk.ask_now(FormOf(rid))
    assert again.form == changed
    assert again.revision > seen.revision
    with station.desk.reading() as session:
        kept = session.scalars(select(RegisterVersion).where(RegisterVersion.record == rid)).one()
        assert kept.content["phone"] == "021-55550137"
        assert session.scalar(select(func.count()).select_from(Stay)) == 2
        retracted = session.scalars(select(Allergy).where(Allergy.state == "retracted")).one()
        assert retracted.substance == "青霉素"
        assert session.scalars(select(Outbox.revision).where(Outbox.kind == "resident")).all() == [2]


def test_two_people_editing_one_resident_lose_nothing(station: Station) -> None:
    rid = station.desk.do_now(CreateResident(OUYANG))
    seen = station.desk.ask_now(FormOf(rid))
    station.desk.do_now(EditResident(rid, replace(seen.form, phone="021-55550139"), seen.revision))
    with pytest.raises(Refusal, match="刚被别人改过"):
        station.desk.do_now(EditResident(rid, replace(seen.form, phone="021-55550140"), seen.revision))
    assert station.desk.ask_now(FormOf(rid)).form.phone == "021-55550139"


def test_an_allergy_noted_meanwhile_is_not_taken_out_again(station: Station) -> None:
    rid = station.desk.do_now(CreateResident(OUYANG))
    seen = station.desk.ask_now(FormOf(rid))
    station.desk.do_now(NoteAllergy(rid, "磺胺类"))
    with pytest.raises(Refusal, match="刚被别人改过"):
        station.desk.do_now(EditResident(rid, seen.form, seen.revision))
    kept = {one.substance for one in station.desk.ask_now(Chart(rid)).allergies}
    assert kept == {"青霉素", "磺胺类"}


def test_the_number_of_another_paper_is_kept_as_it_stands_on_it(station: Station) -> None:
    form = replace(OUYANG, id_type="03", id_number=" e1234567 ")
    rid = station.desk.do_now(CreateResident(form))
    kept = station.desk.ask_now(FormOf(rid)).form
    assert (kept.id_type, kept.id_number) == ("03", "E1234567")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"sex": ""}, "sex"),
        ({"birth_date": None}, "birth_date"),
        ({"birth_date": date(2030, 1, 1)}, "birth_date"),
        ({"birth_date": date(1890, 1, 1)}, "birth_date"),
        ({"id_number": "310199194103120003"}, "id_number"),
        ({"id_number": "310199194103120004", "birth_date": date(1941, 3, 13)}, "birth_date"),
        ({"id_number": "310199194103120004", "sex": "1"}, "sex"),
        ({"admitted_on": date(2027, 1, 1)}, "admitted_on"),
        ({"admitted_on": date(1940, 1, 1)}, "admitted_on"),
        ({"care_level": "超级"}, "care_level"),
        ({"phone": "12"}, "phone"),
    ],
)
def test_a_bad_field_is_named_and_nothing_is_written(
    station: Station, change: dict[str, object], field: str
) -> None:
    with pytest.raises(Refusal) as refusal:
        station.desk.do_now(CreateResident(replace(OUYANG, **change)))  # type: ignore[arg-type]  # from the table
    assert refusal.value.field == field
    assert station.desk.ask_now(ResidentList()).count == 0


def test_a_taken_bed_and_a_known_id_number_name_the_person(station: Station) -> None:
    form = replace(OUYANG, id_number="310199194103120004")
    station.desk.do_now(CreateResident(form))
    with pytest.raises(Refusal, match="已登记为 欧阳淑华（01-000001）"):
        station.desk.do_now(CreateResident(form))
    with pytest.raises(Refusal, match="已经由 欧阳淑华 住着"):
        station.desk.do_now(CreateResident(replace(OUYANG, name="王素芬")))
    assert [row.number for row in station.desk.ask_now(ResidentList()).rows] == ["01-000001"]


def test_any_unique_form_of_a_number_is_found(station: Station) -> None:
    station.desk.do_now(CreateResident(OUYANG))
    station.desk.do_now(CreateResident(replace(OUYANG, place=None, birth_date=date(1942, 1, 1))))
    for text in ("1", "01-000001", "1-1", "000001"):
        assert station.desk.ask_now(FindResident(text)).number == "01-000001"
    with pytest.raises(Refusal, match="不止一位：01-000001 欧阳淑华、01-000002 欧阳淑华"):
        station.desk.ask_now(FindResident("欧阳淑华"))
    with pytest.raises(Refusal, match="没有找到“3”"):
        station.desk.ask_now(FindResident("3"))


def test_a_person_without_the_right_is_told_who_has_it(station: Station) -> None:
    become(station, Role.ASSESSOR)
    with pytest.raises(Refusal, match=r"“新建和修改老人档案”的权限.*护士.*可以找：周敏"):
        station.desk.do_now(CreateResident(OUYANG))
    become(station, Role.ADMINISTRATOR)
    with pytest.raises(Refusal, match="“查看老人档案”的权限"):
        station.desk.ask_now(ResidentList())
