"""Sheets for keeping places: beds added to a room, and a place renamed or its type set."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from app.residents.codes import code_list
from app.residents.places import AddBeds, ChangePlace
from app.residents.queries import Above, FloorRow
from ui.kit import Errands, Labelled, LineField, OptionRow, Sheet, errand
from ui.kit.view import Bench

_KINDS = {"bed": "床位", "room": "房间", "floor": "楼层", "building": "楼栋"}
_AS_IS = "as-is"


def _types() -> tuple[tuple[str, str], ...]:
    return tuple((entry.code, entry.words) for entry in code_list("bed_type").entries)


class PlaceSheet(Sheet):
    """A sheet whose refusals stand beside their fields."""

    def __init__(self, parent: QWidget, bench: Bench, title: str, text: str = "") -> None:
        super().__init__(parent, title, text, width=520)
        self._fields: dict[str, Labelled] = {}
        self.errands = Errands(bench.desk, self, notice=self.notice, fields=self)
        self.finished.connect(self.deleteLater)

    def show_refusal(self, field: str, text: str) -> bool:
        """Beside its field, and the cursor there."""
        labelled = self._fields.get(field)
        if labelled is None:
            return False
        labelled.say_wrong(text)
        labelled.field.setFocus()
        return True

    def _add(self, key: str, label: str, field: QWidget, *, required: bool = False, hint: str = "") -> None:
        self._fields[key] = Labelled(label, field, required=required, hint=hint)
        self.body.addWidget(self._fields[key])

    def _all_well(self) -> None:
        for labelled in self._fields.values():
            labelled.say_wrong("")
        self.notice.clear()


class AddBedsSheet(PlaceSheet):
    """Stays open for the next room, with building and floor as they were; Esc closes."""

    def __init__(self, parent: QWidget, bench: Bench, floor: FloorRow | None) -> None:
        super().__init__(parent, bench, "添加床位", "没有的楼栋、楼层和房间会一起建好。")
        self.building = LineField("楼栋", "如 2号楼，只有一栋可以不填")
        self.floor = LineField("楼层", "如 3层，按房号能看出来的可以不填")
        self.room = LineField("房间", "如 312")
        self.beds = LineField("床号", "如 1-3，或 1、2、3")
        self.kind = OptionRow(_types(), low=True)
        self._add("building", "楼栋", self.building)
        self._add("floor", "楼层", self.floor)
        self._add("room", "房间", self.room, required=True)
        self._add("beds", "床号", self.beds, required=True)
        self._add("type", "床位类型", self.kind, hint="以后再定可以不选")
        if floor is not None:
            self.building.setText(floor.building)
            self.floor.setText(floor.name)
        self.offer("添加", cancel="关闭", icon="plus")
        self.done_with.connect(self.add)
        (self.building if floor is None else self.room).setFocus()

    @errand
    async def add(self) -> None:
        """Add the beds and be ready for the next room."""
        self._all_well()
        order = AddBeds(
            self.building.text(), self.floor.text(), self.room.text(), self.beds.text(), self.kind.key or ""
        )
        added = await self.errands.do(order, busy=self.main)
        first, last = added.labels[0], added.labels[-1]
        which = first if first == last else f"{first} 到 {last}"
        self.notice.done(f"已添加 {len(added.labels)} 张：{which}。接着填下一间，或按 Esc 关闭。")
        self.room.clear()
        self.beds.clear()
        self.room.setFocus()


class ChangePlaceSheet(PlaceSheet):
    """Which place of the way to a bed, its name, and the type of the beds in it."""

    def __init__(self, parent: QWidget, bench: Bench, way: tuple[Above, ...]) -> None:
        super().__init__(parent, bench, "改名称与类型")
        self._way: Mapping[str, Above] = {one.kind: one for one in way}
        self._bench = bench
        kinds = tuple((one.kind, f"{_KINDS[one.kind]} {one.name}") for one in way)
        self.which = OptionRow(kinds, columns=2, low=True)
        self.name = LineField("名称")
        self.kind = OptionRow(((_AS_IS, "不变"), *_types()), low=True)
        self._add("which", "改哪里", self.which)
        self._add("name", "名称", self.name, required=True)
        self._add("type", "床位类型", self.kind)
        self.offer("保存", icon="save")
        self.which.group.buttonClicked.connect(self._turn)
        self.done_with.connect(self.keep)
        self.which.choose("bed")
        self._turn()
        self.name.setFocus()

    @errand
    async def keep(self) -> None:
        """Save and close."""
        self._all_well()
        place = self._way[self.which.key or "bed"]
        kind = self.kind.key
        order = ChangePlace(place.rid, self.name.text(), None if kind in (None, _AS_IS) else kind)
        label = await self.errands.do(order, busy=self.main)
        self.accept()
        self._bench.notice.done(f"已保存：{label}")

    def _turn(self) -> None:
        place = self._way[self.which.key or "bed"]
        self.name.setText(place.name)
        self.name.selectAll()
        self.kind.choose(place.bed_type or _AS_IS)
        within = "" if place.kind == "bed" else f"{_KINDS[place.kind]}里的每张床都改"
        self._fields["type"].hint.setText(within)
