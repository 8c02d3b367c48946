"""Finding a medicine by what is typed: ranks, ways to type, strength behind the name, barcode, speed."""

from __future__ import annotations

from dataclasses import replace
from time import thread_time

import pytest

from app.compose import Station
from app.medication.drugs.catalogue import drugs
from app.medication.drugs.queries import DrugCalled, FindDrugs
from app.medication.drugs.search import Index


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(drugs().values())


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("氨氯地平", "amlodipine-tab-5"),
        ("苯磺酸氨氯地平片", "amlodipine-tab-5"),
        ("anlvdiping", "amlodipine-tab-5"),
        ("aldp", "amlodipine-tab-5"),
        ("ＡＬＤＰ", "amlodipine-tab-5"),
        ("amlod", "amlodipine-tab-5"),
        ("络活喜", "amlodipine-tab-5"),
        ("lhx", "amlodipine-tab-5"),
        ("氨氯地平 10", "amlodipine-tab-10"),
        ("aldp 2.5mg", "amlodipine-tab-2.5"),
        ("ejsg", "metformin-tab-0.25g"),
        ("二甲双胍 缓释", "metformin-sr-tab-0.5g"),
        ("ktpl", "captopril-tab-12.5"),
        ("心痛定", "nifedipine-tab-10"),
        ("北京降压0号", "reserpine-triamterene-tab"),
        ("0号", "reserpine-triamterene-tab"),
        ("开塞露", "glycerol-enema-enema-20ml"),
        ("slbzs", "shenling-baizhu-powder-6g"),
        ("dxsysl", "isosorbide-mononitrate-sr-tab-30"),
        ("诺和锐", "insulin-aspart-pen-300u"),
        ("c08ca01", "amlodipine-tab-5"),
    ],
)
def test_the_first_found_is_what_was_meant(index: Index, typed: str, first: str) -> None:
    found = index.find(typed)
    assert found, typed
    assert found[0].code == first


def test_a_name_that_begins_so_comes_before_one_that_holds_it(index: Index) -> None:
    found = [one.name for one in index.find("氨氯地平")]
    assert found.index("氨氯地平") < found.index("左氨氯地平")
    names = [one.name for one in index.find("胰岛素")]
    assert "门冬胰岛素" in names


def test_nothing_typed_is_the_head_of_the_list_and_nonsense_finds_nothing(index: Index) -> None:
    assert len(index.find("", 5)) == 5
    assert index.find("qqqqq") == ()
    assert index.find("|") == index.find("")


def test_a_scanned_barcode_finds_one() -> None:
    some = replace(drugs()["amlodipine-tab-5"], barcodes=("6901234567892",))
    assert Index([*drugs().values(), some]).find("6901234567892") == (some,)


def test_a_keystroke_over_a_thousand_medicines_is_quick() -> None:
    every = list(drugs().values())
    many = [replace(one, code=f"{one.code}-{turn}") for turn in range(3) for one in every][:1000]
    assert len(many) == 1000
    index = Index(many)
    typed = ["a", "al", "ald", "aldp", "氨", "氨氯", "m", "mt", "mtle", "yds"]
    best = min(_took(index, typed) for _ in range(9))
    assert best / len(typed) < 0.0015, best


def _took(index: Index, typed: list[str]) -> float:
    begun = thread_time()
    for one in typed:
        index.find(one)
    return thread_time() - begun


def test_the_station_answers_what_is_typed(station: Station) -> None:
    found = station.desk.ask_now(FindDrugs("aldp", 3))
    assert found[0].title == "氨氯地平片"
    known = station.desk.ask_now(DrugCalled("amlodipine-tab-5"))
    assert [one.name for one in known.alike] == ["左氨氯地平"]
    assert known.offered
