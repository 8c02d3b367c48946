"""Allergies and diagnoses added, corrected, retracted, taken back: each with its reason, nothing twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.compose import Station
from app.core.clock import SetClock
from app.core.errors import Refusal
from app.core.orders import Order
from app.core.roles import Role
from app.residents.forms import ResidentForm
from app.residents.queries import Change, Chart, ChartRow, FormOf, History
from app.residents.rules import AllergyEntry, AllergyStatement
from app.residents.service import CreateResident, EditResident
from app.residents.stating import (
    AddAllergy,
    AddDiagnosis,
    AllergyForm,
    CorrectAllergy,
    CorrectDiagnosis,
    DiagnosisForm,
    RetractAllergy,
    RetractDiagnosis,
    Seen,
    StateNoAllergy,
    TakeBack,
)
from app.sync.queries import TraceOf
from tests.support.acts import rows
from tests.support.station import become

PENICILLIN = AllergyForm("青霉素类", "皮疹", "severe", "confirmed", "病历")
DIABETES = DiagnosisForm("2型糖尿病", "E11.9", "2014")


@pytest.fixture
def rid(station: Station) -> UUID:
    """李桂兰, of whose allergies nobody has asked yet."""
    become(station, Role.NURSE)
    return station.desk.do_now(CreateResident(ResidentForm("李桂兰", "2", date(1942, 5, 18))))


def chart(station: Station, rid: UUID) -> ChartRow:
    return station.desk.ask_now(Chart(rid))


def forward(station: Station, **time: int) -> None:
    assert isinstance(station.clock, SetClock)
    station.clock.forward(timedelta(**time))


def seen(station: Station, rid: UUID) -> Seen:
    """The only allergy, as the chart shows it."""
    (one,) = chart(station, rid).allergies
    return Seen(one.rid, one.revision)


def last_changes(station: Station, rid: UUID) -> set[Change]:
    return set(station.desk.ask_now(History(rid))[0].changes)


def test_an_allergy_is_written_with_everything_said_of_it(station: Station, rid: UUID) -> None:
    station.desk.do_now(AddAllergy(rid, replace(PENICILLIN, substance=" 青霉素类 ")))
    (one,) = chart(station, rid).allergies
    assert (one.substance, one.reaction, one.severity, one.certainty, one.told_by, one.by) == (
        "青霉素类", "皮疹", "severe", "confirmed", "病历", "林晓燕",
    )  # fmt: skip
    assert rows(station, "select count(*) from outbox where kind = 'allergy'") == [(1,)]
    assert rows(station, "select act from audit where kind = 'allergy'") == [("add_allergy",)]


@pytest.mark.parametrize("again", ["青霉素类", "青霉素", "盘尼西林", " 青霉素 类"])
def test_one_substance_is_stated_once(station: Station, rid: UUID, again: str) -> None:
    station.desk.do_now(AddAllergy(rid, PENICILLIN))
    with pytest.raises(
        Refusal, match="已登记过敏：青霉素类（皮疹，重度）。要补充内容，请更正那一条。"
    ) as said:
        station.desk.do_now(AddAllergy(rid, replace(PENICILLIN, substance=again)))
    assert said.value.field == "substance"


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (replace(PENICILLIN, substance=" "), "substance"),
        (replace(PENICILLIN, substance="无"), "substance"),
        (replace(PENICILLIN, substance="药" * 61), "substance"),
        (replace(PENICILLIN, told_by=""), "told_by"),
        (replace(PENICILLIN, severity="deadly"), "severity"),
        (replace(PENICILLIN, certainty="maybe"), "certainty"),
    ],
)
def test_a_bad_field_is_refused_beside_it(station: Station, rid: UUID, form: AllergyForm, field: str) -> None:
    with pytest.raises(Refusal) as said:
        station.desk.do_now(AddAllergy(rid, form))
    assert said.value.field == field
    assert chart(station, rid).allergies == ()


def test_none_known_is_an_entry_that_an_allergy_retracts_in_the_same_act(station: Station, rid: UUID) -> None:
    station.desk.do_now(StateNoAllergy(rid, "家属"))
    assert [(one.none_known, one.told_by) for one in chart(station, rid).allergies] == [(True, "家属")]
    with pytest.raises(Refusal, match="已登记“无已知过敏”，来源：家属"):
        station.desk.do_now(StateNoAllergy(rid, "本人"))
    forward(station, hours=1)
    station.desk.do_now(AddAllergy(rid, PENICILLIN))
    assert [one.substance for one in chart(station, rid).allergies] == ["青霉素类"]
    assert last_changes(station, rid) == {
        Change("过敏", "无已知过敏", "", "误录：登记了青霉素类过敏"),
        Change("过敏", "", "青霉素类（皮疹，重度）"),
    }
    with pytest.raises(Refusal, match="已登记过敏：青霉素类。确实没有过敏，请先逐条作废。"):
        station.desk.do_now(StateNoAllergy(rid, "本人"))


def test_a_correction_is_a_revision_with_its_reason(station: Station, rid: UUID) -> None:
    station.desk.do_now(AddAllergy(rid, PENICILLIN))
    forward(station, days=1)
    become(station, Role.DOCTOR)
    before = seen(station, rid)
    station.desk.do_now(
        CorrectAllergy(before, replace(PENICILLIN, reaction="过敏性休克", certainty="probable"), "结果回报")
    )
    assert last_changes(station, rid) == {
        Change("过敏", "青霉素类（皮疹，重度）", "青霉素类（过敏性休克，重度，可能）", "结果回报")
    }
    kept = rows(station, "select revision, current, state, reaction from allergy order by revision")
    assert kept == [(1, 0, "signed", "皮疹"), (2, 1, "corrected", "过敏性休克")]
    with pytest.raises(Refusal, match="刚被陈永康改过，请核对后再保存"):
        station.desk.do_now(CorrectAllergy(before, PENICILLIN, "笔误"))


@pytest.mark.parametrize(
    ("reason", "field"),
    [("", "reason"), ("想改", "reason"), ("其他", "reason_words"), ("其他： ", "reason_words")],
)
def test_no_correction_without_a_reason(station: Station, rid: UUID, reason: str, field: str) -> None:
    station.desk.do_now(AddAllergy(rid, PENICILLIN))
    with pytest.raises(Refusal) as said:
        station.desk.do_now(CorrectAllergy(seen(station, rid), replace(PENICILLIN, severity=""), reason))
    assert said.value.field == field


def test_a_correction_that_says_the_same_is_refused(station: Station, rid: UUID) -> None:
    station.desk.do_now(AddAllergy(rid, PENICILLIN))
    with pytest.raises(Refusal, match="内容没有变化"):
        station.desk.do_now(CorrectAllergy(seen(station, rid), PENICILLIN, "笔误"))


def test_a_retraction_is_a_state_with_its_words(station: Station, rid: UUID) -> None:
    station.desk.do_now(AddAllergy(rid, PENICILLIN))
    forward(station, hours=2)
    here = seen(station, rid)
    with pytest.raises(Refusal, match="请写明为什么作废"):
        station.desk.do_now(RetractAllergy(here, " "))
    station.desk.do_now(RetractAllergy(here, "记错人"))
    assert chart(station, rid).allergies == ()
    assert last_changes(station, rid) == {Change("过敏", "青霉素类（皮疹，重度）", "", "误录：记错人")}
    steps = [
        step.words
        for one in station.desk.ask_now(TraceOf("allergy", here.rid)).versions
        for step in one.steps
    ]
    assert "林晓燕 作废" in steps
    assert "林晓燕 写下" in steps
    with pytest.raises(Refusal, match="已由林晓燕作废"):
        station.desk.do_now(CorrectAllergy(here, PENICILLIN, "笔误"))
    station.desk.do_now(AddAllergy(rid, PENICILLIN))  # what was retracted is no duplicate
    become(station, Role.HEAD_NURSE)
    assert station.verify() == []


def test_an_entry_is_taken_back_by_its_author_within_ten_minutes(station: Station, rid: UUID) -> None:
    station.desk.do_now(StateNoAllergy(rid, "家属"))
    forward(station, minutes=1)
    station.desk.do_now(AddAllergy(rid, PENICILLIN))
    here = seen(station, rid)
    become(station, Role.HEAD_NURSE)
    with pytest.raises(Refusal, match="只有登记的人可以撤销"):
        station.desk.do_now(TakeBack("allergy", here))
    become(station, Role.NURSE)
    forward(station, minutes=10)
    station.desk.do_now(TakeBack("allergy", here))
    (none,) = chart(station, rid).allergies
    assert (none.none_known, none.told_by) == (True, "家属")
    station.desk.do_now(AddAllergy(rid, PENICILLIN))
    forward(station, minutes=11)
    with pytest.raises(Refusal, match="超过 10 分钟"):
        station.desk.do_now(TakeBack("allergy", seen(station, rid)))


def test_none_known_is_never_corrected_into_an_allergy(station: Station, rid: UUID) -> None:
    station.desk.do_now(StateNoAllergy(rid, "家属"))
    with pytest.raises(Refusal, match="有过敏请直接登记"):
        station.desk.do_now(CorrectAllergy(seen(station, rid), PENICILLIN, "笔误"))


def test_a_caregiver_is_told_who_may(station: Station, rid: UUID) -> None:
    allergy = station.desk.do_now(AddAllergy(rid, PENICILLIN))
    diagnosis = station.desk.do_now(AddDiagnosis(rid, DIABETES))
    become(station, Role.CAREGIVER)
    orders: tuple[Order[Any], ...] = (
        AddAllergy(rid, replace(PENICILLIN, substance="芒果")),
        CorrectAllergy(Seen(allergy, 1), PENICILLIN, "笔误"),
        RetractAllergy(Seen(allergy, 1), "记错人"),
        StateNoAllergy(rid, "本人"),
        AddDiagnosis(rid, replace(DIABETES, words="痛风")),
        CorrectDiagnosis(Seen(diagnosis, 1), DIABETES, "笔误"),
        RetractDiagnosis(Seen(diagnosis, 1), "记错人"),
        TakeBack("allergy", Seen(allergy, 1)),
    )
    for order in orders:
        with pytest.raises(Refusal, match="您没有“新建和修改老人档案”的权限"):
            station.desk.do_now(order)


def test_diagnoses_keep_their_order_and_the_main_one_comes_first(station: Station, rid: UUID) -> None:
    for words in ("高血压病", "2型糖尿病", "痛风"):
        station.desk.do_now(AddDiagnosis(rid, DiagnosisForm(words)))
    station.desk.do_now(AddDiagnosis(rid, DiagnosisForm("脑梗死", "i63.9", "2019年5月", first=True)))
    shown = chart(station, rid).diagnoses
    assert [one.words for one in shown] == ["脑梗死", "高血压病", "2型糖尿病", "痛风"]
    assert (shown[0].code, shown[0].onset) == ("I63.9", "2019-05")
    forward(station, hours=1)
    gout = shown[3]
    station.desk.do_now(CorrectDiagnosis(Seen(gout.rid, 1), DiagnosisForm("痛风", first=True), "补充"))
    assert [one.words for one in chart(station, rid).diagnoses] == ["痛风", "脑梗死", "高血压病", "2型糖尿病"]
    assert last_changes(station, rid) == {Change("诊断次序", "", "痛风，排到最前", "补充")}
    with pytest.raises(Refusal, match="内容没有变化"):
        station.desk.do_now(CorrectDiagnosis(Seen(gout.rid, 2), DiagnosisForm("痛风", first=True), "补充"))


def test_a_diagnosis_is_stated_once_unless_it_was_cured(station: Station, rid: UUID) -> None:
    pneumonia = DiagnosisForm("肺炎", "J18.9", "2023-11", "resolved")
    station.desk.do_now(AddDiagnosis(rid, pneumonia))
    with pytest.raises(Refusal, match=r"已登记诊断：肺炎（J18\.9，2023-11），已愈") as said:
        station.desk.do_now(AddDiagnosis(rid, replace(pneumonia, words="肺 炎")))
    assert said.value.field == "words"
    again = replace(pneumonia, onset="2025-01", status="active")
    station.desk.do_now(AddDiagnosis(rid, again))
    with pytest.raises(Refusal, match="活动"):
        station.desk.do_now(AddDiagnosis(rid, replace(again, onset="2026-01")))
    fractures = [DiagnosisForm(f"{side}股骨颈骨折", "S72.0") for side in "左右"]
    for one in fractures:
        station.desk.do_now(AddDiagnosis(rid, one))  # one code, two bones
    assert len(chart(station, rid).diagnoses) == 4


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (DiagnosisForm(""), "words"),
        (DiagnosisForm("病" * 101), "words"),
        (replace(DIABETES, code="糖尿病"), "code"),
        (replace(DIABETES, code="11.9"), "code"),
        (replace(DIABETES, onset="2027"), "onset"),
        (replace(DIABETES, onset="1941"), "onset"),
        (replace(DIABETES, onset="2019-02-30"), "onset"),
        (replace(DIABETES, status="gone"), "status"),
    ],
)
def test_a_bad_diagnosis_is_refused_beside_its_field(
    station: Station, rid: UUID, form: DiagnosisForm, field: str
) -> None:
    with pytest.raises(Refusal) as said:
        station.desk.do_now(AddDiagnosis(rid, form))
    assert said.value.field == field


def test_a_cured_illness_is_corrected_and_a_wrong_one_retracted(station: Station, rid: UUID) -> None:
    record = station.desk.do_now(AddDiagnosis(rid, DIABETES))
    forward(station, hours=1)
    station.desk.do_now(
        CorrectDiagnosis(Seen(record, 1), replace(DIABETES, status="remission"), "其他：停药两年")
    )
    assert last_changes(station, rid) == {
        Change("诊断", "2型糖尿病（E11.9，2014）", "2型糖尿病（E11.9，2014，缓解）", "其他：停药两年")
    }
    forward(station, hours=1)
    station.desk.do_now(RetractDiagnosis(Seen(record, 2), "同名老人的诊断"))
    assert last_changes(station, rid) == {
        Change("诊断", "2型糖尿病（E11.9，2014，缓解）", "", "误录：同名老人的诊断")
    }
    assert chart(station, rid).diagnoses == ()


def test_the_whole_form_corrects_a_reaction_and_keeps_what_else_is_known(station: Station, rid: UUID) -> None:
    station.desk.do_now(AddAllergy(rid, PENICILLIN))
    form = station.desk.ask_now(FormOf(rid))
    said = AllergyStatement(entries=(AllergyEntry("青霉素类", "过敏性休克"),))
    station.desk.do_now(EditResident(rid, replace(form.form, allergies=said), form.revision))
    (one,) = chart(station, rid).allergies
    assert (one.reaction, one.severity, one.told_by, one.revision) == ("过敏性休克", "severe", "病历", 2)
