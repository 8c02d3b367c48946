"""Beds are added, renamed, counted, moved between, and imported from the institution's own list."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from app.compose import Station
from app.core.clock import SetClock
from app.core.errors import Refusal
from app.core.ids import named
from app.core.roles import Role
from app.residents.forms import ResidentForm
from app.residents.places import AddBeds, ChangePlace, MoveBed
from app.residents.places.plan_import import Fate, ImportPlaces, PreviewPlaces
from app.residents.queries import BedBoard, BedRow, Board, Chart, History, ResidentList, WayTo
from app.residents.rules import (
    AllergyEntry,
    AllergyStatement,
    Wrong,
    check_move_reason,
    in_order,
    nursing_share,
    read_bed_names,
    read_place,
)
from app.residents.service import CreateResident
from tests.support.station import become
from tests.ui.residents.stage import TODAY, assessed


def _form(name: str, bed: str, allergies: AllergyStatement | None = None) -> ResidentForm:
    birth = TODAY.replace(year=1940)
    place = read_place(bed=bed) if bed else None
    return ResidentForm(name, "2", birth, place=place, admitted_on=TODAY, allergies=allergies)


@pytest.fixture
def house(station: Station) -> Station:
    """Two floors: 301 with three beds of which two are taken, 302 with two, 1001 with one."""
    station.desk.do_now(AddBeds("2号楼", "", "301", "1-3", "nursing"))
    station.desk.do_now(AddBeds("2#", "三楼", "302", "1、2"))
    station.desk.do_now(AddBeds("2号楼", "", "1001", "1", "ordinary"))
    substance = AllergyStatement(entries=(AllergyEntry("青霉素"),))
    lis = station.desk.do_now(CreateResident(_form("李桂兰", "2号楼301-1", substance)))
    station.desk.do_now(CreateResident(_form("王素芬", "2号楼301-2", AllergyStatement(none_known=True))))
    assessed(station, lis, 58)
    return station


def _board(station: Station, floor: UUID | None = None) -> Board:
    return station.desk.ask_now(BedBoard(floor))


def _bed(station: Station, label: str) -> BedRow:
    board = _board(station)
    beds = (bed for floor in board.floors for room in _board(station, floor.rid).rooms for bed in room.beds)
    return next(bed for bed in beds if bed.label == label)


def _rid(station: Station, name: str) -> UUID:
    return station.desk.ask_now(ResidentList(name)).rows[0].rid


def test_bed_names_as_people_type_them() -> None:
    assert read_bed_names("1-3") == ("1", "2", "3")
    assert read_bed_names("１、２，靠窗床") == ("1", "2", "靠窗")
    assert read_bed_names("1号床") == ("1",)
    for wrong in ("", "3-1", "1、1", "1-99"):
        with pytest.raises(Wrong):
            read_bed_names(wrong)


def test_two_comes_before_ten_and_the_cellar_before_all() -> None:
    assert sorted(("10层", "2层", "-1层", "1层", "A2"), key=in_order) == ["-1层", "1层", "2层", "10层", "A2"]


def test_nursing_beds_are_counted_over_all_beds() -> None:
    assert nursing_share({}) == 0.0
    assert nursing_share({"nursing": 3, "medical": 1, "observation": 1, "ordinary": 4, "": 1}) == 0.5


def test_the_board_shows_one_floor_and_counts_the_house(house: Station) -> None:
    board = _board(house)
    assert [(floor.words, floor.taken, floor.beds) for floor in board.floors] == [
        ("2号楼 3层", 2, 5),
        ("2号楼 10层", 0, 1),
    ]
    assert [(room.name, room.taken, [bed.name for bed in room.beds]) for room in board.rooms] == [
        ("301", 2, ["1", "2", "3"]),
        ("302", 0, ["1", "2"]),
    ]
    assert (board.taken, board.beds, board.by_type) == (2, 6, {"nursing": 3, "": 2, "ordinary": 1})
    assert board.nursing_share == 0.5
    first, second, free = board.rooms[0].beds
    assert first.who is not None
    assert (first.who.name, first.who.level, first.who.allergy) == ("李桂兰", 2, True)
    assert second.who is not None
    assert (second.who.level, second.who.allergy) == (None, False)
    assert free.who is None
    tenth = _board(house, board.floors[1].rid)
    assert [room.name for room in tenth.rooms] == ["1001"]


def test_nobody_has_said_is_not_none(house: Station) -> None:
    house.desk.do_now(CreateResident(_form("丁玉兰", "2号楼302-1")))
    who = _bed(house, "2号楼 302-1").who
    assert who is not None
    assert who.allergy is None


def test_an_empty_house_and_beds_that_lie_in_nothing(station: Station) -> None:
    assert _board(station) == Board(None, (), (), {})
    station.desk.do_now(CreateResident(_form("李桂兰", "9床")))
    station.desk.do_now(AddBeds("", "4层", "", "5"))
    board = _board(station)
    assert [floor.words for floor in board.floors] == ["4层", "未分楼层"]
    assert [[bed.label for bed in room.beds] for room in board.rooms] == [["4层 5床"]]
    assert _bed(station, "9床").who is not None


def test_a_bed_added_here_is_the_bed_another_station_adds(house: Station) -> None:
    """Whoever says 2号楼 and 301 names the same records, whatever the station."""
    parent: UUID | None = None
    for kind, name in (("building", "2号楼"), ("floor", "3层"), ("room", "301"), ("bed", "3")):
        parent = named(house.settings.institution_id, str(parent or ""), kind, name)
    assert _bed(house, "2号楼 301-3").rid == parent


def test_rooms_that_differ_in_their_last_sign_stay_two(house: Station) -> None:
    for room in ("康复病房一", "康复病房二"):
        house.desk.do_now(AddBeds("2号楼", "3层", room, "1"))
    assert [room.name for room in _board(house).rooms] == ["301", "302", "康复病房一", "康复病房二"]
    assert read_place("", "", "312室", "1") == read_place("", "3楼", "312", "312-1")


@pytest.mark.parametrize("label", ["2号楼 312-1", "3层 5床", "东院 A12-1", "312-1", "2号楼 康复病房二-1"])
def test_a_label_read_again_is_the_same_bed(label: str) -> None:
    """The form of a new resident is given the label of a free bed."""
    path = read_place(bed=label)
    assert path is not None
    assert path.label == label


@pytest.mark.parametrize(
    ("order", "words"),
    [
        (AddBeds("2号楼", "", "301", "3-4"), "床位 2号楼 301-3 已经有了"),
        (AddBeds("2号楼", "", "", "1"), "请填写房间"),
        (AddBeds("2号楼", "", "305", ""), "请填写床号"),
        (AddBeds("2号楼", "", "305", "1", "golden"), "请选择床位类型"),
        (AddBeds("一" * 21, "", "305", "1"), "最多 20 个字"),
    ],
)
def test_beds_that_cannot_be_added_are_refused_whole(house: Station, order: AddBeds, words: str) -> None:
    before = _board(house)
    with pytest.raises(Refusal, match=words):
        house.desk.do_now(order)
    assert _board(house) == before


def test_a_renamed_building_renames_its_beds_and_whoever_lies_there(house: Station) -> None:
    way = house.desk.ask_now(WayTo(_bed(house, "2号楼 301-1").rid))
    assert [one.name for one in way] == ["1", "301", "3层", "2号楼"]
    assert house.desk.do_now(ChangePlace(way[3].rid, "5#", None)) == "5号楼"
    assert _board(house).floors[0].words == "5号楼 3层"
    assert _bed(house, "5号楼 301-1").bed_type == "nursing"
    assert house.desk.ask_now(ResidentList("5号楼301-1")).rows[0].name == "李桂兰"
    assert house.desk.ask_now(ResidentList("2号楼301-1")).rows == ()
    with pytest.raises(Refusal, match="这里已经有“302”了"):
        house.desk.do_now(ChangePlace(way[1].rid, "302"))
    with pytest.raises(Refusal, match="请填写名称"):
        house.desk.do_now(ChangePlace(way[0].rid, " "))


def test_the_type_of_a_room_is_the_type_of_its_beds(house: Station) -> None:
    room = house.desk.ask_now(WayTo(_bed(house, "2号楼 302-1").rid))[1]
    house.desk.do_now(ChangePlace(room.rid, room.name, "observation"))
    assert {bed.bed_type for bed in _board(house).rooms[1].beds} == {"observation"}
    assert _board(house).nursing_share == pytest.approx(5 / 6)


def test_a_move_frees_one_bed_takes_the_other_and_says_why(house: Station) -> None:
    resident, bed = _rid(house, "李桂兰"), _bed(house, "2号楼 302-1")
    clock = house.clock
    assert isinstance(clock, SetClock)
    clock.forward(timedelta(minutes=5))
    moved = house.desk.do_now(MoveBed(resident, bed.rid, "护理需要"))
    assert (moved.name, moved.before, moved.bed) == ("李桂兰", "2号楼 301-1", "2号楼 302-1")
    assert _bed(house, "2号楼 301-1").who is None
    assert house.desk.ask_now(Chart(resident)).bed == "2号楼 302-1"
    assert house.desk.ask_now(ResidentList("302-1")).rows[0].name == "李桂兰"
    change = house.desk.ask_now(History(resident))[0].changes[0]
    assert (change.field, change.old, change.new) == ("床位", "2号楼 301-1", "2号楼 302-1（护理需要）")


def test_a_move_that_cannot_be_is_refused_with_the_name(house: Station) -> None:
    resident = _rid(house, "李桂兰")
    taken, own = _bed(house, "2号楼 301-2").rid, _bed(house, "2号楼 301-1").rid
    free = _bed(house, "2号楼 301-3").rid
    for bed, reason, words in (
        (taken, "护理需要", "床位 2号楼 301-2 已经由 王素芬 住着"),
        (own, "护理需要", "李桂兰 已经住在 2号楼 301-1"),
        (free, "", "请选择换床的原因"),
        (free, "其他", "请写明原因"),
        (UUID(int=9), "护理需要", "没有找到这张床"),
    ):
        with pytest.raises(Refusal, match=words):
            house.desk.do_now(MoveBed(resident, bed, reason))
    with pytest.raises(Refusal, match="不在住"):
        house.desk.do_now(MoveBed(UUID(int=9), free, "护理需要"))
    assert check_move_reason("其他： 朝南 ") == "其他：朝南"


@pytest.mark.parametrize("role", [Role.NURSE, Role.DOCTOR, Role.CAREGIVER])
def test_places_are_kept_by_those_who_may(house: Station, role: Role) -> None:
    bed = _bed(house, "2号楼 301-1").rid
    become(house, role)
    with pytest.raises(Refusal, match=r"“管理床位”的权限.*护士长、院长、系统管理员"):
        house.desk.do_now(AddBeds("", "", "401", "1"))
    with pytest.raises(Refusal, match="“管理床位”的权限"):
        house.desk.do_now(ChangePlace(bed, "9"))
    assert _board(house).beds == 6


def test_a_manager_keeps_places_and_moves_nobody(house: Station) -> None:
    resident, free = _rid(house, "李桂兰"), _bed(house, "2号楼 301-3").rid
    become(house, Role.MANAGER)
    house.desk.do_now(AddBeds("", "", "401", "1"))
    with pytest.raises(Refusal, match="“新建和修改老人档案”的权限"):
        house.desk.do_now(MoveBed(resident, free, "护理需要"))


_LIST = """康宁养护院床位表,,,,
楼栋,楼层,房间号,床号,床位类型
2号楼,3层,301,1,护理型
2号楼,3层,303,1,医养床位
2号楼,3层,303,2,
2号楼,3层,302,1,专护
2号楼,3层,303,1,医养
2号楼,3层,304,,普通
2号楼,3层,304,1,豪华
,,,5,普通
"""


def test_a_list_of_beds_is_judged_then_taken_in_and_again_changes_nothing(
    house: Station, tmp_path: Path
) -> None:
    file = tmp_path / "beds.csv"
    file.write_bytes(_LIST.encode("gb18030"))
    seen = house.desk.ask_now(PreviewPlaces(file))
    assert [(line.row, line.fate) for line in seen.lines] == [
        (3, Fate.UNCHANGED),
        (4, Fate.NEW),
        (5, Fate.NEW),
        (6, Fate.CHANGED),
        (7, Fate.REJECTED),
        (8, Fate.REJECTED),
        (9, Fate.REJECTED),
        (10, Fate.REJECTED),
    ]
    assert [line.words for line in seen.lines[3:]] == [
        "类型由未定改为专护",
        "和第 4 行是同一张床",
        "没有写床号",
        "不认识的床位类型“豪华”，可以写：普通、护理型、医养、专护",
        "没有写房间，也没有写楼层",
    ]
    assert _board(house).beds == 6
    done = house.desk.do_now(ImportPlaces(file, seen))
    assert done.lines == seen.lines
    assert _board(house).beds == 8
    assert _board(house).by_type == {"nursing": 3, "medical": 1, "observation": 1, "": 2, "ordinary": 1}
    written = _revisions(house)
    again = house.desk.do_now(ImportPlaces(file))
    assert (again.count(Fate.NEW), again.count(Fate.CHANGED), again.count(Fate.REJECTED)) == (0, 0, 4)
    assert _revisions(house) == written


def test_a_list_may_name_rooms_with_their_number_of_beds(station: Station, tmp_path: Path) -> None:
    file = tmp_path / "rooms.csv"
    file.write_text("楼栋\t房间\t床位数\n1#\t201\t3\n1#\t202\t零\n", encoding="utf-8")
    done = station.desk.do_now(ImportPlaces(file))
    assert [line.label for line in done.lines[:3]] == ["1号楼 201-1", "1号楼 201-2", "1号楼 201-3"]
    assert done.lines[3].words == "床位数“零”不是 1 到 99 的数"
    assert _board(station).floors[0].words == "1号楼 2层"


def test_what_is_no_list_of_beds_is_refused_and_so_is_a_file_saved_again(
    house: Station, tmp_path: Path
) -> None:
    file = tmp_path / "beds.csv"
    file.write_text("姓名,性别\n李桂兰,女\n", encoding="utf-8")
    with pytest.raises(Refusal, match="没有找到表头"):
        house.desk.ask_now(PreviewPlaces(file))
    file.write_text("房间,床号,房号\n301,1,301\n", encoding="utf-8")
    with pytest.raises(Refusal, match="“房间”和“房号”是同一个意思"):
        house.desk.ask_now(PreviewPlaces(file))
    file.write_text("房间,床号\n901,1\n", encoding="utf-8")
    seen = house.desk.ask_now(PreviewPlaces(file))
    file.write_text("房间,床号\n901,1\n901,2\n", encoding="utf-8")
    with pytest.raises(Refusal, match="预览之后又改过"):
        house.desk.do_now(ImportPlaces(file, seen))
    become(house, Role.NURSE)
    with pytest.raises(Refusal, match="“管理床位”的权限"):
        house.desk.ask_now(PreviewPlaces(file))


def _revisions(station: Station) -> int:
    from sqlalchemy import func, select

    from db.models import Place
    from tests.support.acts import Look

    found = station.desk.ask_now(Look(lambda reader: reader.session.scalar(select(func.sum(Place.revision)))))
    assert isinstance(found, int)
    return found
