"""Where a person sleeps, read from whatever columns and words a roster uses for building, floor, room and bed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.residents.rules.folding import squeeze

_NOWHERE = frozenset({"", "无", "/", "-", "--", "\\", "待定", "未定", "未安排", "待安排", "暂无", "空"})
_BUILDING = re.compile(
    r"^(.{0,12}?(?:号楼|栋|幢|座|#楼|#|院区?|区|苑|阁|轩|[东南西北中]楼|(?<![\d一二三四五六七八九十])楼(?=[^层\d]*\d{1,2}[层楼F]|\d{3})))-?(?=.)"
)
_FLOOR = re.compile(r"^(?:第)?(-?\d{1,2}|[一二三四五六七八九十]{1,3}|负一)(?:层|楼|F)-?(?=.)", re.IGNORECASE)
_ROOM_AND_BED = re.compile(r"^(.+?)(?:号?房间?|室|寝室)-?(?:第)?(.*)$")
_DASHED = re.compile(r"^([^-/_]+)[-/_]([^-/_]+)$")
_ROOM_ENDING = re.compile(r"(?<=\d)(?:号?房间?|室|寝室)$")
_BED_ENDING = re.compile(r"(?:号床位?|床位?|号)$")
_USUAL_ROOM = re.compile(r"[A-Z]?(\d{1,2})\d{2}")
_FLOOR_DIGITS = {word: number for number, word in enumerate("一二三四五六七八九", 1)}


@dataclass(frozen=True)
class PlacePath:
    """Building, floor, room and bed by name, any but the bed perhaps empty: `2号楼`, `3层`, `312`, `1`."""

    building: str = ""
    floor: str = ""
    room: str = ""
    bed: str = ""

    @property
    def label(self) -> str:
        """As staff say it: `2号楼 312-1`, `3层 5床`, `312-1`."""
        if not self.bed:
            return " ".join(part for part in (self.building, self.room or self.floor) if part)
        here = f"{self.room}-{self.bed}" if self.room else f"{self.bed}床"
        before = (
            self.building if self.room else " ".join(part for part in (self.building, self.floor) if part)
        )
        return f"{before} {here}".strip()


def read_place(building: str = "", floor: str = "", room: str = "", bed: str = "") -> PlacePath | None:
    """The path from any combination of columns; `1号楼101-1` in one cell is taken apart. None where no bed is named."""
    texts = [_said(text) for text in (building, floor, room, bed)]
    if not texts[3] and not texts[2]:
        return None
    whole = _apart(texts[3] or texts[2], bed_is_named=bool(texts[3]))
    if texts[2] and texts[3]:
        of_room = _apart(texts[2], bed_is_named=False)
        room_said = _whole_room(texts[2], of_room, whole.bed)
        bed_said = whole.bed if whole.room in ("", room_said) else f"{whole.room}-{whole.bed}"
        whole = PlacePath(
            whole.building or of_room.building, whole.floor or of_room.floor, room_said, bed_said
        )
    found = PlacePath(
        _building(texts[0]) or whole.building,
        _floor(texts[1]) or whole.floor or _floor_of_room(whole.room),
        whole.room,
        whole.bed,
    )
    return found if found.bed else None


def place_name(kind: str, said: str) -> str:
    """The one proper form of a place's own name, as a roster's reading gives it: `1#` is 1号楼, `三楼` is 3层."""
    text = _said(said)
    forms = {"building": _building, "floor": _floor, "bed": _bed}
    return forms[kind](text) if kind in forms else _ROOM_ENDING.sub("", text)


def _whole_room(text: str, read: PlacePath, bed: str) -> str:
    """The room of a cell read apart; 康复病房二 beside a bed column keeps its 二, which names no bed."""
    if read.room and read.bed not in ("", bed) and not (read.building or read.floor):
        return place_name("room", text)
    return read.room or read.bed


def _apart(text: str, *, bed_is_named: bool) -> PlacePath:
    building = floor = ""
    if found := _BUILDING.match(text):
        building, text = _building(found[1]), text[found.end() :]
    elif found := re.match(r"^(\d{1,2}|[A-Z])-(?=\d{3,4}-)", text):
        building, text = f"{found[1]}号楼", text[found.end() :]
    if found := _FLOOR.match(text):
        floor, text = _floor(found[1]), text[found.end() :]
    if found := _DASHED.match(text):  # before 房 and 室 are looked for: 康复病房二-1 is bed 1 of 康复病房二
        return PlacePath(building, floor, _ROOM_ENDING.sub("", found[1]), _bed(found[2]))
    if found := _ROOM_AND_BED.match(text):
        return PlacePath(building, floor, found[1], _bed(found[2]))
    if bed_is_named:
        return PlacePath(building, floor, "", _bed(text))
    return PlacePath(building, floor, text, "")


def _said(text: str) -> str:
    said = squeeze(text)
    return "" if said in _NOWHERE else said.upper() if said.isascii() else said


def _building(text: str) -> str:
    """`1#楼`, `1#` and a bare `1` are 号楼; other words stay as staff say them."""
    if found := re.fullmatch(r"(\d{1,3})(?:#楼?|号)?", text):
        return f"{found[1]}号楼"
    return text


def _floor(text: str) -> str:
    """Every way to say the third floor becomes `3层`."""
    bare = re.sub(r"^第|[层楼F]$", "", text, flags=re.IGNORECASE).replace("负", "-")
    if re.fullmatch(r"[一二三四五六七八九十]{1,3}", bare):
        tens, _, ones = bare.rpartition("十")
        has_tens = "十" in bare
        bare = str((_FLOOR_DIGITS.get(tens, 1) if has_tens else 0) * 10 + _FLOOR_DIGITS.get(ones, 0))
    elif bare.startswith("-") and bare[1:] in _FLOOR_DIGITS:
        bare = f"-{_FLOOR_DIGITS[bare[1:]]}"
    return f"{bare}层" if re.fullmatch(r"-?\d{1,2}", bare) else text


def _floor_of_room(room: str) -> str:
    """Room 312 lies on floor 3, room 1205 on floor 12 (the usual numbering of rooms)."""
    found = _USUAL_ROOM.fullmatch(room)
    return f"{int(found[1])}层" if found and int(found[1]) else ""


def _bed(text: str) -> str:
    return _BED_ENDING.sub("", text)
