"""The guided round: who is next, how far it is, and what is known at the bedside."""

from __future__ import annotations

import time
from datetime import date

from app.core.roles import Role
from app.core.unit import Unit
from app.medication.giving import GiveAll
from app.medication.queries import BedsideOf, BedsideRow, GuidedRound, GuidedSheet
from app.medication.rules.slots import DoseState
from app.residents.forms import ResidentForm
from app.residents.places import AddBeds
from app.residents.rules import read_place, read_wristband, wristband_code
from app.residents.service import CreateResident
from db.models import Diagnosis, Dose
from tests.app.medication.house import DAY, Ward, at
from tests.support.acts import Act


def _round(ward: Ward, key: str = "") -> GuidedSheet:
    sheet: GuidedSheet = ward.ask(GuidedRound(round=key))
    return sheet


def _bedside(ward: Ward, sheet: GuidedSheet, rid: object = None) -> BedsideRow:
    assert sheet.round is not None
    row: BedsideRow = ward.ask(BedsideOf(rid or ward.li, DAY, sheet.round.key, sheet.floor))  # type: ignore[arg-type]  # a rid
    return row


def test_the_round_that_waits_is_chosen_and_counts_as_it_goes(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.order("阿托伐他汀", "20", resident=ward.wang)
    ward.order("氨氯地平", "5")
    before = _round(ward)
    assert before.round is not None
    assert (before.round.words, before.open) == ("08:00", False)
    assert before.coming is not None
    assert (before.coming.opens, before.coming.people) == (at(7), 2)
    ward.put(8, 5)
    sheet = _round(ward)
    assert [(one.name, one.open) for one in sheet.stops] == [("李桂兰", 2), ("王素芬", 1)]
    ward.give(ward.slot("08:00", "阿托伐他汀"))
    ward.measure("blood_pressure", "96/58")
    ward.not_given(ward.slot("08:00", "氨氯地平"), 8)
    li, wang = _round(ward).stops
    assert (li.given, li.exceptions, li.blank, li.finished) == (1, 1, 0, True)
    assert [(one.words, one.why) for one in li.not_taken] == [("氨氯地平片", "体征不达标")]
    assert (wang.open, wang.finished) == (1, False)


def test_who_is_away_waits_for_nobody(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.away("hospital", at(7, 30))
    ward.put(8, 5)
    (li,) = _round(ward).stops
    assert (li.away, li.open, li.finished) == (1, 0, True)


def test_the_bedside_says_who_it_is_and_how_they_swallow(ward: Ward) -> None:
    ward.order("阿托伐他汀", "20")
    ward.put(8, 5)
    row = _bedside(ward, _round(ward))
    assert (row.name, row.bed, row.born, row.age, row.allergies) == ("李桂兰", "2号楼 301-1", 1940, 86, None)
    assert row.watch == ""
    assert row.slots[0].ready

    def fall_ill(unit: Unit) -> None:
        unit.session.add(
            Diagnosis(
                **unit.stamp(), revision=1, resident=ward.li, ordinal=0, words="阿尔茨海默病", code="G30.9"
            )
        )

    ward.do(Act(fall_ill))
    assert _bedside(ward, _round(ward)).watch == "认知症"
    ward.do(GiveAll((row.slots[0].key,), "看服到口"))
    read = ward.station.desk.do_now(Act(lambda unit: [one.swallowed for one in unit.session.query(Dose)]))
    assert read == ["看服到口"]


def test_names_that_sound_alike_are_told_with_bed_and_year(ward: Ward) -> None:
    ward.become(Role.HEAD_NURSE)
    ward.do(AddBeds("2号楼", "3层", "302", "1", "nursing"))
    place = read_place(bed="2号楼302-1")
    form = ResidentForm("李贵兰", "2", date(1939, 5, 1), place=place, admitted_on=date(2026, 10, 1))
    ward.do(CreateResident(form))
    ward.become(Role.NURSE)
    ward.order("阿托伐他汀", "20")
    ward.put(8, 5)
    (alike,) = _bedside(ward, _round(ward)).alike
    assert (alike.name, alike.bed, alike.born) == ("李贵兰", "2号楼 302-1", 1939)


def test_the_last_site_comes_with_the_way_it_was_given(ward: Ward) -> None:
    ward.order("门冬胰岛素", "6", times=("08:00", "12:00"), frequency="bid")
    ward.put(8, 0)
    ward.measure("glucose", "8.9")
    slot = ward.slot("08:00")
    ward.give(slot, second=ward.proof(Role.HEAD_NURSE), site="腹部左下")
    ward.put(12, 0)
    sheet = _round(ward)
    assert sheet.round is not None
    assert sheet.round.key == "noon"
    row = _bedside(ward, sheet)
    assert row.sites["sc"].site == "腹部左下"
    assert row.used[row.slots[0].key[0]] == ("glucose",)
    assert row.slots[0].state is DoseState.DUE


def test_a_wristband_reads_back_and_a_wrong_digit_does_not() -> None:
    code = wristband_code("01-000123")
    assert len(code) == 9
    assert read_wristband(code) == "01-000123"
    assert read_wristband(code[:-1] + str((int(code[-1]) + 1) % 10)) is None
    assert read_wristband("6901234567892") is None


def test_sixty_residents_are_asked_for_quickly(ward: Ward) -> None:
    ward.become(Role.HEAD_NURSE)
    for room in range(302, 321):
        ward.do(AddBeds("2号楼", "3层", str(room), "1-3", "nursing"))
        for bed in (1, 2, 3):
            form = ResidentForm(
                f"张{room}{bed}".translate(str.maketrans("0123456789", "零一二三四五六七八九")),
                "2",
                date(1940, 1, 1),
                place=read_place(bed=f"2号楼{room}-{bed}"),
                admitted_on=date(2026, 10, 1),
            )
            rid = ward.do(CreateResident(form))
            ward.order("阿托伐他汀", "20", resident=rid)
    ward.become(Role.NURSE)
    ward.order("阿托伐他汀", "20")
    ward.put(8, 5)
    spent = []
    for _ in range(5):
        begun = time.perf_counter()
        sheet = _round(ward)
        spent.append(time.perf_counter() - begun)
    assert len(sheet.stops) == 58
    assert min(spent) < 0.1
    _bedside(ward, sheet)
    begun = time.perf_counter()
    _bedside(ward, sheet)
    took = time.perf_counter() - begun
    assert took < 0.1
