"""Beds, allergies and diagnoses read from whatever a roster says; silence is never "none"."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.residents.rules import PlacePath, read_allergies, read_diagnoses, read_place


@pytest.mark.parametrize(
    ("columns", "path", "label"),
    [
        (("", "", "", "1号楼101-1"), PlacePath("1号楼", "1层", "101", "1"), "1号楼 101-1"),
        (("", "", "", "２号楼３１２－１"), PlacePath("2号楼", "3层", "312", "1"), "2号楼 312-1"),
        (("", "", "", "2号楼3层312室1床"), PlacePath("2号楼", "3层", "312", "1"), "2号楼 312-1"),
        (("A栋", "", "305", "2"), PlacePath("A栋", "3层", "305", "2"), "A栋 305-2"),
        (("1", "3", "312", "312-1"), PlacePath("1号楼", "3层", "312", "1"), "1号楼 312-1"),
        (("1#楼", "", "101室", "A床"), PlacePath("1号楼", "1层", "101", "A"), "1号楼 101-A"),
        (("", "三楼", "312房", "1床"), PlacePath("", "3层", "312", "1"), "312-1"),
        (("", "", "3楼312房1床", ""), PlacePath("", "3层", "312", "1"), "312-1"),
        (("", "", "101", "东楼2"), PlacePath("东楼", "1层", "101", "2"), "东楼 101-2"),
        (("", "", "", "1-312-2"), PlacePath("1号楼", "3层", "312", "2"), "1号楼 312-2"),
        (("", "", "", "颐养楼201-3"), PlacePath("颐养楼", "2层", "201", "3"), "颐养楼 201-3"),
        (("", "", "", "B1203-02"), PlacePath("", "12层", "B1203", "02"), "B1203-02"),
        (("", "", "", "3楼5床"), PlacePath("", "3层", "", "5"), "3层 5床"),
        (("护理一区", "", "", "12床"), PlacePath("护理一区", "", "", "12"), "护理一区 12床"),
        (("", "", "", "加1"), PlacePath("", "", "", "加1"), "加1床"),
    ],
)
def test_a_bed_in_any_columns(columns: tuple[str, str, str, str], path: PlacePath, label: str) -> None:
    assert read_place(*columns) == path
    assert path.label == label


@pytest.mark.parametrize(
    "columns", [("", "", "", ""), ("1号楼", "2", "", ""), ("", "2", "201", ""), ("", "", "", "待定")]
)
def test_no_bed_named(columns: tuple[str, str, str, str]) -> None:
    assert read_place(*columns) is None


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_any_words_are_a_bed_or_none(building: str, floor: str, room: str, bed: str) -> None:
    path = read_place(building, floor, room, bed)
    assert path is None or (path.bed and path.bed in path.label)


@given(st.integers(1, 40), st.integers(1, 30), st.integers(1, 60), st.sampled_from(["1", "2", "A", "12"]))
def test_a_label_reads_back_as_its_path(building: int, floor: int, room: int, bed: str) -> None:
    path = PlacePath(f"{building}号楼", f"{floor}层", f"{floor}{room:02d}", bed)
    assert read_place(bed=path.label) == path


@pytest.mark.parametrize("said", ["", " ", "不详", "/", "—", "未知", "?"])
def test_unknown_is_neither_none_nor_something(said: str) -> None:
    stated = read_allergies(said)
    assert not stated.known
    assert not stated.none_known


@pytest.mark.parametrize(
    "said",
    ["无", "否认", "没有", "无。", "无过敏史", "否认药物过敏史", "无药物、食物过敏史", "否认食物、药物过敏史",
     "未发现药物过敏史", "无药物过敏", "NKDA", "本人否认药物过敏史"],
)  # fmt: skip
def test_none_known_only_where_somebody_said_so(said: str) -> None:
    stated = read_allergies(said)
    assert stated.none_known
    assert not stated.entries


@pytest.mark.parametrize(
    ("said", "entries"),
    [
        ("青霉素、头孢", [("青霉素", ""), ("头孢", "")]),
        ("对青霉素过敏（皮疹、瘙痒）；磺胺类", [("青霉素", "皮疹、瘙痒"), ("磺胺类", "")]),
        ("青霉素过敏", [("青霉素", "")]),
        ("药物过敏", [("药物过敏", "")]),
        ("1.青霉素 2.磺胺", [("青霉素", ""), ("磺胺", "")]),
        ("芒果,虾", [("芒果", ""), ("虾", "")]),
        ("无花果", [("无花果", "")]),
        ("青霉素皮试阴性", [("青霉素皮试阴性", "")]),
    ],
)
def test_substances_one_by_one(said: str, entries: list[tuple[str, str]]) -> None:
    stated = read_allergies(said)
    assert [(entry.substance, entry.reaction) for entry in stated.entries] == entries
    assert not stated.none_known


def test_none_beside_a_substance_keeps_the_substance() -> None:
    stated = read_allergies("无；青霉素")
    assert [entry.substance for entry in stated.entries] == ["青霉素"]
    assert stated.doubt == "过敏史既写了“无”又写了过敏物，已按过敏物登记"


@given(
    st.lists(st.sampled_from(["青霉素", "头孢曲松", "海鲜", "碘造影剂"]), min_size=1, unique=True),
    st.sampled_from("；;、,，"),
)
def test_no_allergy_is_ever_lost(substances: list[str], separator: str) -> None:
    assert [entry.substance for entry in read_allergies(separator.join(substances)).entries] == substances


@pytest.mark.parametrize(
    ("said", "diagnoses"),
    [
        ("帕金森病；慢性肾脏病3期", ("帕金森病", "慢性肾脏病3期")),
        ("高血压病3级（极高危）；2型糖尿病", ("高血压病3级（极高危）", "2型糖尿病")),
        ("冠心病（不稳定型、支架术后），房颤", ("冠心病（不稳定型、支架术后）", "房颤")),
        ("1.高血压 2.糖尿病", ("高血压", "糖尿病")),
        ("1、高血压2、2型糖尿病", ("高血压", "2型糖尿病")),
        ("①冠心病②脑梗死", ("冠心病", "脑梗死")),
        ("高血压、高血压", ("高血压",)),
        ("无", ()),
        ("", ()),
    ],
)
def test_diagnoses_in_their_order(said: str, diagnoses: tuple[str, ...]) -> None:
    assert read_diagnoses(said) == diagnoses
