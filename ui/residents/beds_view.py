"""床位图: one floor of the house, who lies where and what is free; moving somebody, admitting, keeping the places."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.changes import Changes
from app.core.roles import Right
from app.residents.places.plan_import import PreviewPlaces
from app.residents.queries import BedBoard, BedRow, Board, WayTo
from app.residents.risk_codes import risk_code
from app.residents.rules.stays import DISCHARGE, HOSPITAL, LEAVE, RESERVE, RETURN
from ui.kit import (
    ElidedWords,
    Key,
    ScrollBody,
    Sign,
    StateView,
    Words,
    bind,
    errand,
    latest,
)
from ui.kit.floor_choice import FloorChoice
from ui.kit.guarded import GuardedButton
from ui.kit.referring import offer_referral
from ui.kit.view import Bench, Crumb
from ui.residents.bed_board import BedBoard as BoardWidget
from ui.residents.bed_card import bed_words
from ui.residents.bed_moving import BedMoving
from ui.residents.bed_steps import BedSteps
from ui.residents.beds_head import BedsHead
from ui.residents.folding_view import FoldingView
from ui.residents.places_import_sheet import PlacesImportSheet, ask_file
from ui.residents.places_sheets import AddBedsSheet, ChangePlaceSheet
from ui.residents.signs import today
from ui.style import Role, look

LEAST = 226
STEP_KEYS = (
    ("L", LEAVE, "请假外出"),
    ("H", HOSPITAL, "住院"),
    ("R", RETURN, "返院"),
    ("X", DISCHARGE, "退住"),
    ("Y", RESERVE, "预留；空床：选咨询中的老人"),
)
"""Steps of a stay for the card under the cursor."""
EXPLAINED = ("fall", "pressure", "choking", "wandering")
"""Height in which a sentence with its act still fits instead of the board."""


class BedsView(FoldingView):
    """Only the floor shown is asked for, so a house of fourteen thousand opens like a small one."""

    kinds: ClassVar[frozenset[str]] = frozenset(
        {"resident", "stay", "absence", "place", "allergy", "assessment", "entry"}
    )

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "床位图")
        self.say_title(Crumb("老人", "residents"), Crumb("床位图"))
        self.shown: Board | None = None
        self._floor: UUID | None = None
        self.add = GuardedButton(self, Right.MANAGE_PLACES, "添加床位", icon="plus")
        self.bring_in = GuardedButton(self, Right.MANAGE_PLACES, "导入床位表", icon="file-spreadsheet")
        self.edit_place = GuardedButton(self, Right.MANAGE_PLACES, "改名称与类型", "quiet", icon="square-pen")
        self.change_bed = GuardedButton(self, Right.EDIT_RESIDENTS, "换床", "quiet", icon="arrow-left-right")
        self.head = BedsHead(self.bring_in, self.add)
        self.floors = FloorChoice()
        self.board = BoardWidget(lambda: today(bench))
        self.steps = BedSteps(self, self.board)
        self.moving = BedMoving(self, self.board)
        self.scroller = ScrollBody((3, 3, 3, 3))
        self.scroller.body.addWidget(self.board)
        self.scroller.body.addStretch(1)
        self.state = StateView(self.scroller)
        self.state.setMinimumHeight(look.sp(LEAST))
        self.said = ElidedWords("", Role.HINT, ink="text2")
        self._lay_out()
        self._connect()

    # going about --------------------------------------------------------------------------------------------------

    def opened(self, params: Mapping[str, Any]) -> None:
        """The floor shown before is shown again."""
        self.moving.leave()
        self.refresh()
        self.board.setFocus()

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        """Ask again for the floor shown."""
        with self.state.asking(self.refresh, self._forget):
            self._show(await self.errands.ask(BedBoard(self._floor)))

    def go_to_floor(self, floor: UUID) -> None:
        """Show another floor; somebody being moved goes along."""
        self._floor = floor
        self.refresh()
        self.board.setFocus()

    def turn(self, step: int) -> None:
        """The floor before or after."""
        floors = self.shown.floors if self.shown else ()
        places = [place for place, floor in enumerate(floors) if floor.rid == self._floor]
        if places and 0 <= places[0] + step < len(floors):
            self.go_to_floor(floors[places[0] + step].rid)

    def open_bed(self, bed: object) -> None:
        """Enter: the chart of who lies there; a free bed: whoever is being moved, or a new resident."""
        if not isinstance(bed, BedRow):
            return
        if self.moving.who is not None:
            self.moving.into(bed)
        elif bed.who is not None:
            self.bench.go("chart", {"resident": bed.who.rid, "back": "beds"})
        elif self.change_bed.may:
            self.bench.go("resident", {"bed": bed.label})
        else:
            self.change_bed.ask()

    async def leave(self) -> None:
        await self.steps.sheets.leave()

    def next_free(self) -> None:
        """F: the next free bed of this floor."""
        if not self.board.next_free():
            self.bench.notice.say("这一层没有空床。", seconds=8)

    def record_shown(self) -> tuple[str, UUID] | None:
        """F8: who lies in the bed, or the free bed itself."""
        bed = self.board.current()
        if bed is None:
            return None
        return ("place", bed.rid) if bed.who is None else ("resident", bed.who.rid)

    @errand
    async def read_list(self, path: str) -> None:
        """Judge a list of beds and show what would become of each row."""
        seen = await self.errands.ask(PreviewPlaces(Path(path)))
        PlacesImportSheet(self, self.bench, Path(path), seen).open()

    @errand
    async def change_current(self) -> None:
        """Rename what the bed under the cursor lies in, or set types."""
        bed = self.board.current()
        if bed is not None:
            ChangePlaceSheet(self, self.bench, await self.errands.ask(WayTo(bed.rid))).open()

    # inside -------------------------------------------------------------------------------------------------------

    def _show(self, board: Board) -> None:
        self.shown, self._floor = board, board.floor
        self.head.show_board(board)
        taken = {floor.rid: f"{floor.taken}/{floor.beds}" for floor in board.floors}
        self.floors.show_floors(board.floors, board.floor, taken)
        self.board.show_rooms(board.rooms)
        self.moving.settle()
        self.steps.sheets.refresh()
        if board.floors:
            self.state.content()
        else:
            self._say_empty()

    def _say_empty(self) -> None:
        if self.add.may:
            how = "用“导入床位表”读入现有的表格，或用“添加床位”逐间登记；导入名册时，名册里的床位也会建好。"
            self.state.empty("还没有床位", how, ("添加床位", self.add.ask))
        else:
            how = "导入名册时，名册里的床位会一起建好；也可以请护士长或院长添加。"
            self.state.empty("还没有床位", how)

    def _forget(self) -> None:
        self.shown = None
        self.board.show_rooms(())

    def _say_current(self, bed: object) -> None:
        if isinstance(bed, BedRow):
            self.said.setText(f"{bed_words(bed, today(self.bench))}　　{self._keys_at(bed)}")
        else:
            self.said.setText("")
        self._keep_in_sight()

    def _keys_at(self, bed: BedRow) -> str:
        """What the keys do on a bed, for the foot."""
        if self.moving.who is not None:
            return "方向键 选空床　Enter 换到这里　Esc 放弃"
        act = "Enter 新建档案　Y 预留"
        if bed.who is not None:
            acts = {"here": "L 请假　H 住院　X 退住　M 换床", "reserved": "Y 改预留"}
            act = f"Enter 档案　{acts.get(bed.who.state, 'R 返院　X 退住')}　S 全部"
        return f"方向键 移动　{act}　F 找空床"

    def _keep_in_sight(self) -> None:
        rect = self.board.current_rect()
        if not rect.isNull():
            centre = rect.center()
            self.scroller.ensureVisible(centre.x(), centre.y(), rect.width() // 2, rect.height() // 2 + 8)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._keep_in_sight)  # when the board has been arranged anew

    def _open_add(self) -> None:
        floors = self.shown.floors if self.shown else ()
        floor = next((one for one in floors if one.rid == self._floor), None)
        AddBedsSheet(self, self.bench, floor).open()

    def _back(self) -> None:
        """Esc: leave the move, else the board."""
        if self.moving.who is not None:
            self.moving.leave()
        else:
            self.bench.go("residents", {})

    def _connect(self) -> None:
        self.board.picked.connect(self._say_current)
        self.board.opened.connect(self.open_bed)
        self.floors.chosen.connect(lambda floor: self.go_to_floor(floor))  # noqa: PLW0108  # the signal carries object
        self.add.allowed.connect(self._open_add)
        self.bring_in.allowed.connect(lambda: ask_file(self).fileSelected.connect(self.read_list))
        self.edit_place.allowed.connect(self.change_current)
        self.change_bed.allowed.connect(self.moving.begin)
        offer_referral(self, back=lambda: ("beds", {}))
        bind(
            self,
            Key("Up Down Left Right", "在床位间移动"),
            Key("Return", "打开档案；空床：新建档案"),
            Key("F", "下一张空床", self.next_free),
            Key("M", "换床", self.change_bed.ask),
            *(
                Key(letter, words, functools.partial(self.steps.begin, step))
                for letter, step, words in STEP_KEYS
            ),
            Key("S", "入住与外出", self.steps.begin),
            Key("PgUp", "上一层", lambda: self.turn(-1)),
            Key("PgDown", "下一层", lambda: self.turn(1)),
            Key("N", "添加床位", self.add.ask),
            Key("T", "改名称与类型", self.edit_place.ask),
            Key("I", "导入床位表", self.bring_in.ask),
            Key("Esc", "放弃换床；回到老人名单", self._back),
        )

    def _lay_out(self) -> None:
        choice = QHBoxLayout()
        choice.setSpacing(12)
        choice.addWidget(self.floors, 1)
        choice.addWidget(_legend())
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.said, 1)
        foot.addWidget(self.edit_place)
        foot.addWidget(self.change_bed)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(self.head)
        box.addLayout(choice)
        box.addWidget(self.moving.line)
        box.addWidget(self.state, 1)
        box.addLayout(foot)


def _legend() -> QWidget:
    """What the signs on the cards mean: the usual ones; the foot line says every risk of the bed under the cursor."""
    legend = QWidget()
    legend.setToolTip("光标所在床位的全部风险见底行")
    row = QHBoxLayout(legend)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    for icon, ink, words in (
        ("triangle-alert", "danger.text", "有过敏"),
        ("circle-alert", "warn.text", "过敏不详"),
        *((risk_code(one).icon, "warn.text", risk_code(one).sign) for one in EXPLAINED),
    ):
        row.addWidget(Sign(icon, 16, ink))
        row.addWidget(Words(words, Role.HINT))
        row.addSpacing(8)
    return legend
