"""Levels are proposed by a table, decided by whoever may, kept with their history; an admission leaves its to-dos."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from app.compose import Station
from app.core.errors import Refusal
from app.core.orders import Order
from app.core.roles import Role
from app.core.unit import Unit
from app.residents.forms import ResidentForm
from app.residents.queries import (
    Chart,
    FormOf,
    Grades,
    GradesRow,
    LevelProposal,
    ResidentList,
    StayTodos,
)
from app.residents.service import CreateResident, EditResident
from app.residents.stating import Seen
from app.residents.stays import CorrectGrade, DecideGrade, Discharge, EndForm, GradeForm, RetractGrade
from db.models import Entry
from tests.support.acts import Act
from tests.support.station import become
from tests.ui.residents.stage import TODAY, assessed

EARLIER = TODAY - timedelta(days=30)


@pytest.fixture
def rid(station: Station) -> UUID:
    form = ResidentForm("李桂兰", "2", date(1942, 5, 18), care_level="independent", admitted_on=EARLIER)
    return station.desk.do_now(CreateResident(form))


def refused(station: Station, order: Order[Any], said: str, field: str | None = None) -> None:
    with pytest.raises(Refusal) as caught:
        station.desk.do_now(order)
    assert said in caught.value.text
    assert field is None or caught.value.field == field


def grades(station: Station, rid: UUID) -> GradesRow:
    return station.desk.ask_now(Grades(rid))


def test_proposed_from_the_assessment_and_confirmed_by_a_person(station: Station, rid: UUID) -> None:
    assert station.desk.ask_now(LevelProposal(rid)).value == ""
    assessed(station, rid, 38)
    said = station.desk.ask_now(LevelProposal(rid))
    assert (said.value, said.current, said.differs, said.confirmed) == ("full", "independent", True, False)
    assert "38 分，重度失能" in said.basis_words
    become(station, Role.NURSE)
    form = GradeForm("full", TODAY, None, "按评估", dict(said.basis))
    refused(station, DecideGrade(rid, "care_level", form), "确认护理等级与照护阶段")
    become(station, Role.HEAD_NURSE)
    refused(station, DecideGrade(rid, "care_level", replace(form, note="")), "请填写理由", "note")
    station.desk.do_now(DecideGrade(rid, "care_level", form))
    assert station.desk.ask_now(Chart(rid)).care_level == "full"
    assert station.desk.ask_now(ResidentList()).rows[0].care_level == "full"
    assert station.desk.ask_now(LevelProposal(rid)).confirmed
    seen = station.desk.ask_now(FormOf(rid))
    edited = replace(seen.form, care_level="partial")
    refused(station, EditResident(rid, edited, seen.revision), "已由人确认", "care_level")


def test_stages_have_a_history_and_are_set_right(station: Station, rid: UUID) -> None:
    first = station.desk.do_now(
        DecideGrade(rid, "care_stage", GradeForm("treatment", EARLIER, EARLIER + timedelta(days=20), "术后"))
    )
    station.desk.do_now(DecideGrade(rid, "care_stage", GradeForm("stable", TODAY, None, "稳定")))
    refused(
        station,
        DecideGrade(rid, "care_stage", GradeForm("hospice", TODAY, None, "再看")),
        "已经确定过",
        "since",
    )
    late = GradeForm("hospice", TODAY + timedelta(days=1), None, "再看")
    refused(station, DecideGrade(rid, "care_stage", late), "在今天之后", "since")
    shown = grades(station, rid)
    assert [(one.words, one.since, one.ends) for one in shown.of("care_stage")] == [
        ("稳定", TODAY, None),
        ("治疗", EARLIER, TODAY),
    ]
    right = GradeForm("rehabilitation", EARLIER, None, "术后")
    station.desk.do_now(CorrectGrade(Seen(first, 1), right, "笔误"))
    assert [one.words for one in grades(station, rid).of("care_stage")] == ["稳定", "康复"]
    now = grades(station, rid).stage
    assert now is not None
    station.desk.do_now(RetractGrade(Seen(now.rid, now.revision), "记错人"))
    stage = grades(station, rid).stage
    assert stage is not None
    assert stage.words == "康复"


def test_the_register_follows_when_a_level_is_retracted(station: Station, rid: UUID) -> None:
    station.desk.do_now(DecideGrade(rid, "care_level", GradeForm("partial", EARLIER, None, "入住")))
    second = station.desk.do_now(DecideGrade(rid, "care_level", GradeForm("full", TODAY, None, "复评")))
    station.desk.do_now(RetractGrade(Seen(second, 1), "记错人"))
    assert station.desk.ask_now(Chart(rid)).care_level == "partial"


def test_the_nursing_grade_is_the_doctors(station: Station, rid: UUID) -> None:
    form = GradeForm("1", TODAY, None, "病情变化")
    refused(station, DecideGrade(rid, "nursing_grade", form), "下达护理级别")
    become(station, Role.DOCTOR)
    station.desk.do_now(DecideGrade(rid, "nursing_grade", form))
    nursing = grades(station, rid).nursing
    assert nursing is not None
    assert (nursing.words, nursing.round) == ("一级护理", "每小时巡视")
    refused(station, DecideGrade(rid, "nursing_grade", GradeForm("9", TODAY, None, "x")), "请选择", "value")
    become(station, Role.HEAD_NURSE)
    refused(station, RetractGrade(Seen(nursing.rid, 1), "记错"), "下达护理级别")
    station.desk.do_now(Discharge(rid, EndForm("home")))
    become(station, Role.DOCTOR)
    refused(station, DecideGrade(rid, "nursing_grade", GradeForm("2", TODAY, None, "x")), "不在住")


def test_what_an_admission_leaves_to_be_done(station: Station, rid: UUID) -> None:
    (todo,) = station.desk.ask_now(StayTodos())
    assert todo.words == "九防评估未做、护理等级未确认、服务协议未登记"

    def write(unit: Unit) -> None:
        for journal in ("nine-risk", "agreement"):
            row = Entry(**unit.stamp(), revision=1, resident=rid, journal=journal, content={})
            unit.session.add(row)

    station.desk.do_now(Act(write))
    (todo,) = station.desk.ask_now(StayTodos(rid))
    assert todo.missing == ("care_level",)
    station.desk.do_now(DecideGrade(rid, "care_level", GradeForm("partial", TODAY, None, "入住")))
    assert station.desk.ask_now(StayTodos()) == ()
