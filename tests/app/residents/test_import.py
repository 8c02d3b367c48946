"""A roster goes in: good rows with everything they state, bad rows back with reasons, twice without a change."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.compose import Station
from app.core.changes import Changes
from app.core.errors import Cancelled, Refusal
from app.core.roles import Role
from app.core.watch import Watch
from app.residents.importing import ImportRoster, PreviewRoster, write_rejected
from app.residents.queries import Chart, FindResident, ResidentList
from app.residents.roster import Fate
from app.residents.rules import check_digit
from db.models import (
    Allergy,
    AuditLine,
    Base,
    Contact,
    Diagnosis,
    Outbox,
    Place,
    Resident,
    ResidentSearch,
    Stay,
)
from tests.support.station import become

SAMPLES = Path(__file__).parents[2] / "samples"
CSV, XLSX = SAMPLES / "roster.csv", SAMPLES / "roster.xlsx"
TABLES = (Resident, Place, Stay, Contact, Allergy, Diagnosis, ResidentSearch, Outbox, AuditLine)


def sizes(station: Station) -> dict[str, int]:
    with station.desk.reading() as session:
        return {t.__tablename__: session.scalar(select(func.count()).select_from(t)) or 0 for t in TABLES}


def roster(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(("姓名,性别,出生日期,身份证号,床位,过敏史,诊断", *lines)), encoding="utf-8")
    return path


def test_the_samples_go_in_as_they_should(station: Station) -> None:
    first = station.desk.do_now(ImportRoster(XLSX))
    assert (first.accepted, first.unchanged, first.rejected) == (61, 0, 4)
    assert sorted({problem.row for problem in first.problems}) == [65, 66, 67, 68]
    assert "查兰素" in next(p.reason for p in first.problems if p.row == 67)
    assert "孙重复" in next(p.reason for p in first.problems if p.row == 67)
    assert all(problem.column and problem.reason for problem in first.problems)
    assert station.desk.ask_now(ResidentList()).count == 61


def test_the_same_files_again_change_nothing(station: Station) -> None:
    station.desk.do_now(ImportRoster(CSV))
    before = sizes(station)
    again = station.desk.do_now(ImportRoster(CSV))
    assert (again.accepted, again.unchanged, again.rejected) == (0, 60, 0)
    assert sizes(station) == before
    other = station.desk.do_now(ImportRoster(XLSX))
    assert (other.accepted, other.unchanged, other.rejected) == (1, 60, 4)


def test_an_imported_resident_is_whole(station: Station) -> None:
    station.desk.do_now(ImportRoster(CSV))
    found = station.desk.ask_now(FindResident("310199193112070120"))
    chart = station.desk.ask_now(Chart(found.rid))
    assert (chart.name, chart.sex, chart.birth_date) == ("查兰素", "2", date(1931, 12, 7))
    assert (chart.bed, chart.admitted_on, chart.care_level) == (
        "2号楼 601-3",
        date(2022, 3, 21),
        "independent",
    )
    assert [(one.substance, one.told_by) for one in chart.allergies] == [("碘造影剂", "名册")]
    assert [one.words for one in chart.diagnoses] == ["白内障"]
    assert [(one.name, one.relation, one.phone) for one in chart.contacts] == [
        ("许昌永", "女", "19900000005")
    ]
    for typed in ("zhalansu", "zls", "chalansu", "601-3", "0120", "55550005", "00000005"):
        assert found.rid in {row.rid for row in station.desk.ask_now(ResidentList(typed)).rows}, typed


def test_no_word_on_allergies_is_not_none(station: Station, tmp_path: Path) -> None:
    path = roster(
        tmp_path / "a.csv",
        "甲甲,女,1935-01-01,,,,",
        "乙乙,女,1935-01-02,,,无,",
        "丙丙,女,1935-01-03,,,青霉素,",
    )
    station.desk.do_now(ImportRoster(path))
    said = {row.name: row.allergy for row in station.desk.ask_now(ResidentList()).rows}
    assert said == {"甲甲": "", "乙乙": "无", "丙丙": "青霉素"}


def test_everything_written_waits_for_the_platform_and_stands_in_the_chain(station: Station) -> None:
    news: list[Changes] = []
    station.desk.listen(news.append)
    before = sizes(station)
    station.desk.do_now(ImportRoster(CSV))
    after = {name: size - before[name] for name, size in sizes(station).items()}
    syncing = sum(after[name] for name in ("resident", "place", "stay", "contact", "allergy", "diagnosis"))
    assert after["outbox"] == after["audit"] == syncing
    assert after["resident"] == after["stay"] == after["resident_search"] == 60
    assert news[0].touches("resident")
    with station.desk.reading() as session:
        assert set(session.scalars(select(Resident.source))) == {"import"}


def test_a_taken_bed_costs_the_bed_only(station: Station, tmp_path: Path) -> None:
    station.desk.do_now(ImportRoster(roster(tmp_path / "a.csv", "甲甲,女,1935-01-01,,1号楼101-1,,")))
    path = roster(
        tmp_path / "b.csv",
        "乙乙,女,1935-01-02,,1号楼101-1,,",
        "丙丙,男,1935-01-03,,1号楼102-1,,",
        "丁丁,男,1935-01-04,,1号楼102-1,,",
    )
    outcome = station.desk.do_now(ImportRoster(path))
    assert (outcome.accepted, outcome.rejected) == (3, 0)
    assert [doubt.reason for doubt in outcome.doubts] == [
        "床位1号楼 101-1已由“甲甲”使用，本行先不安排床位",
        "床位1号楼 102-1已由“丙丙”使用，本行先不安排床位",
    ]
    beds = {row.name: row.bed for row in station.desk.ask_now(ResidentList()).rows}
    assert beds == {"甲甲": "1号楼 101-1", "乙乙": "", "丙丙": "1号楼 102-1", "丁丁": ""}


def test_places_are_made_once(station: Station, tmp_path: Path) -> None:
    path = roster(tmp_path / "a.csv", "甲甲,女,1935-01-01,,1号楼101-1,,", "乙乙,女,1935-01-02,,1号楼101-2,,")
    station.desk.do_now(ImportRoster(path))
    with station.desk.reading() as session:
        kinds = session.execute(select(Place.kind, func.count()).group_by(Place.kind)).all()
    assert dict(kinds) == {"building": 1, "floor": 1, "room": 1, "bed": 2}


def test_a_preview_writes_nothing_and_says_the_same(station: Station) -> None:
    before = sizes(station)
    preview = station.desk.ask_now(PreviewRoster(XLSX))
    assert sizes(station) == before
    outcome = station.desk.do_now(ImportRoster(XLSX, preview))
    assert outcome == preview
    fates = [line.fate for line in preview.lines]
    assert (fates.count(Fate.NEW), fates.count(Fate.REJECTED)) == (61, 4)
    assert preview.lines[0].id_number == "310199********0029"


def test_a_file_changed_since_the_preview_is_refused(station: Station, tmp_path: Path) -> None:
    path = roster(tmp_path / "a.csv", "甲甲,女,1935-01-01,,,,")
    preview = station.desk.ask_now(PreviewRoster(path))
    roster(path, "甲甲,女,1935-01-01,,,,", "乙乙,女,1935-01-02,,,,")
    with pytest.raises(Refusal, match="预览之后又改过"):
        station.desk.do_now(ImportRoster(path, preview))
    assert station.desk.ask_now(ResidentList()).count == 0


def test_cancelled_half_way_nothing_is_there(station: Station, tmp_path: Path) -> None:
    path = roster(tmp_path / "a.csv", *(f"{chr(0x4E00 + n)}甲,女,1935-01-01,,,," for n in range(600)))
    steps: list[int] = []

    def report(done: int, _total: int, _words: str) -> None:
        steps.append(done)
        if done == 400:
            watch.cancel()

    watch = Watch(report)
    before = sizes(station)
    with pytest.raises(Cancelled):
        station.desk.do_now(ImportRoster(path), watch)
    assert steps == [50, 100, 150, 200, 250, 300, 350, 400]
    assert sizes(station) == before
    assert station.desk.do_now(ImportRoster(path)).accepted == 600


@pytest.mark.parametrize("role", [Role.NURSE, Role.HEAD_NURSE, Role.MANAGER])
def test_who_may_import(station: Station, role: Role) -> None:
    become(station, role)
    assert station.desk.do_now(ImportRoster(CSV)).accepted == 60


@pytest.mark.parametrize("role", [Role.DOCTOR, Role.CAREGIVER, Role.ADMINISTRATOR])
def test_who_may_not_is_told_who_may(station: Station, role: Role) -> None:
    become(station, role)
    with pytest.raises(Refusal, match=r"“导入老人名册”的权限.*护士、护士长、院长.*可以找：.*周敏"):
        station.desk.do_now(ImportRoster(CSV))
    with pytest.raises(Refusal, match="导入老人名册"):
        station.desk.ask_now(PreviewRoster(CSV))


def test_somebody_elses_number_names_both(station: Station, tmp_path: Path) -> None:
    station.desk.do_now(ImportRoster(CSV))
    outcome = station.desk.do_now(
        ImportRoster(roster(tmp_path / "a.csv", "孙重复,女,,310199193112070120,,,"))
    )
    assert outcome.rejected == 1
    assert outcome.problems[0].reason == "身份证号已登记在“查兰素”（01-000006）名下，本行是“孙重复”，请核对"


def test_rejected_rows_are_mended_in_their_file_and_go_in(station: Station, tmp_path: Path) -> None:
    outcome = station.desk.do_now(ImportRoster(XLSX))
    for name in ("退回.csv", "退回.xlsx"):
        write_rejected(outcome, tmp_path / name)
        again = station.desk.ask_now(PreviewRoster(tmp_path / name))
        assert (again.accepted, again.unchanged, again.rejected) == (0, 0, 4), name
    text = (tmp_path / "退回.csv").read_text(encoding="utf-8-sig")
    lines = list(csv.reader(text.splitlines()))
    assert lines[0][:5] == ["行号", "列名", "原值", "原因", "序号"]
    assert lines[1][:3] == ["65", "出生日期", "1941-02-30"]
    good = "31019919400506002"
    mended = text.replace("310199194005060021", good + check_digit(good))
    (tmp_path / "改好.csv").write_text(mended, encoding="utf-8-sig")
    assert station.desk.do_now(ImportRoster(tmp_path / "改好.csv")).accepted == 1


BEGUN_LATER = {
    "absence",
    "aid_loan",
    "assessment_deferral",
    "assessment_latest",
    "assessment_statement",
    "care_doing",
    "care_task",
    "contract_service",
    "dispense",
    "dose",
    "dose_twice",
    "entry",
    "family_contract",
    "goal_rating",
    "grade",
    "home_bed",
    "incident",
    "med_decision",
    "med_matter",
    "med_order",
    "med_reconciliation",
    "med_statement",
    "prescription",
    "referral",
    "referral_document",
    "referral_return",
    "rehab_booking",
    "rehab_evaluation",
    "rehab_goal",
    "rehab_item",
    "rehab_plan",
    "rehab_session",
    "remote_file",
    "round_visit",
    "skin_test",
    "vital",
    "vital_latest",
    "vital_profile",
}
"""Tables of residents that no roster fills: what is begun once they live here."""


def test_the_base_knows_no_other_record_tables() -> None:
    """A new table that import should fill must be thought of here: everything a resident hangs on is in TABLES."""
    of_residents = {m.class_.__tablename__ for m in Base.registry.mappers if "resident" in m.columns}
    assert of_residents - {t.__tablename__ for t in TABLES} - BEGUN_LATER <= {"assessment"}


def test_a_cancel_while_it_is_being_saved_still_writes_nothing(station: Station) -> None:
    """The last half of a large import is its outbox and audit lines: it can be cancelled there too."""

    def at_the_last_moment(_done: int, _total: int, words: str) -> None:
        if words == "正在保存":
            watch.cancel()

    watch = Watch(at_the_last_moment)
    with pytest.raises(Cancelled):
        station.desk.do_now(ImportRoster(SAMPLES / "roster.csv"), watch)
    assert station.desk.ask_now(ResidentList()).count == 0
    assert station.desk.do_now(ImportRoster(SAMPLES / "roster.csv")).accepted == 60
