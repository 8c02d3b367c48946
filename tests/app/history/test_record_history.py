"""The versions of any record: who, when, what and why, old words beside new ones."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import inspect

from app.compose import Station
from app.core.errors import Refusal
from app.history import RecordHistory
from app.history.readings import OWN, columns_of
from app.registry import RECORDS
from app.residents.forms import ResidentForm
from app.residents.queries import FormOf
from app.residents.service import CreateResident, EditResident
from app.residents.stating import AddAllergy, AllergyForm, CorrectAllergy, RetractAllergy, Seen

BORN = date(1941, 3, 12)
PENICILLIN = AllergyForm("青霉素类", "皮疹", "mild", "confirmed", "家属")


def test_a_correction_and_a_retraction_stand_above_what_they_changed(station: Station) -> None:
    rid = station.desk.do_now(CreateResident(ResidentForm("欧阳淑华", "2", birth_date=BORN)))
    allergy = station.desk.do_now(AddAllergy(rid, PENICILLIN))
    station.desk.do_now(CorrectAllergy(Seen(allergy, 1), replace(PENICILLIN, severity="severe"), "笔误"))
    station.desk.do_now(RetractAllergy(Seen(allergy, 2), "记错人"))
    story = station.desk.ask_now(RecordHistory("allergy", allergy))
    assert story.title == "过敏"
    gone, corrected, first = story.versions
    assert (gone.state, gone.revision, gone.differences) == ("作废", 3, ())
    assert "记错人" in gone.reason
    assert [(one.field, one.old, one.new) for one in corrected.differences] == [("严重程度", "轻度", "重度")]
    assert (corrected.state, corrected.reason, corrected.by, corrected.role) == (
        "更正",
        "笔误",
        "周敏",
        "护士长",
    )
    assert ("过敏物", "", "青霉素类") in [(one.field, one.old, one.new) for one in first.differences]
    assert (first.state, first.late, first.station) == ("", False, "01")


def test_a_register_row_shows_its_older_contents(station: Station) -> None:
    rid = station.desk.do_now(
        CreateResident(ResidentForm("欧阳淑华", "2", birth_date=BORN, phone="13800135520"))
    )
    seen = station.desk.ask_now(FormOf(rid))
    station.desk.do_now(EditResident(rid, replace(seen.form, phone="13910228871"), seen.revision))
    latest, first = station.desk.ask_now(RecordHistory("resident", rid)).versions
    assert [(one.field, one.old, one.new) for one in latest.differences] == [
        ("电话", "13800135520", "13910228871")
    ]
    assert ("姓名", "", "欧阳淑华") in [(one.field, one.old, one.new) for one in first.differences]


def test_what_has_no_history_is_refused_in_words(station: Station) -> None:
    with pytest.raises(Refusal, match="没有找到"):
        station.desk.ask_now(RecordHistory("allergy", uuid4()))
    with pytest.raises(Refusal, match="没有变更历史"):
        station.desk.ask_now(RecordHistory("institution", uuid4()))


@pytest.mark.parametrize("kind", [one.kind for one in RECORDS.values() if one.model is not None])
def test_every_kind_reads_in_words_and_names_real_columns(kind: str) -> None:
    columns = columns_of(kind)
    assert columns or kind in OWN, f"say how {kind} reads in resources/history/columns.toml"
    model = RECORDS[kind].model
    assert model is not None
    assert set(columns) <= {column.key for column in inspect(model).column_attrs}
