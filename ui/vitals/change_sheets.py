"""Sheets that change what was recorded: correct a value, retract it, give the whole visit to the right person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from app.core.clock import local
from app.residents.queries import ResidentList, ResidentRow
from app.residents.rules.stated import CORRECTION_REASONS
from app.vitals.catalogue import sign_of
from app.vitals.profiles import Profile
from app.vitals.queries.record import VitalLine
from app.vitals.rules import Wrong
from app.vitals.rules.moments import moment_words, read_moment
from app.vitals.rules.typing import Whose
from app.vitals.service import CorrectVital, RetractVital, Seen, WrongResident
from ui.kit import (
    Column,
    Errands,
    Key,
    Labelled,
    OptionRow,
    RowsTable,
    SearchField,
    Sheet,
    StateView,
    Words,
    bind,
    cells,
    errand,
    latest,
)
from ui.kit.chart import Who
from ui.kit.view import View
from ui.style import Role, look
from ui.vitals.entry_row import EntryRow, ValueField

OTHER = "其他"
_FOUND = 30
Told = Callable[[str], object]


def line_words(line: VitalLine, zone: str) -> str:
    """`体温 36.3 ℃，11-09 07:10，周敏录入`."""
    sign = sign_of(line.code)
    unit = f" {sign.unit}" if sign.unit and not line.measured.absent else ""
    return f"{sign.words} {line.words}{unit}，{local(zone, line.at):%m-%d %H:%M}，{line.taken.by}录入"


class _ChangeSheet(Sheet):
    """What the three have in common: whose value it is, errands, and the sentence once it is done."""

    def __init__(self, view: View, who: Who, title: str, text: str, told: Told) -> None:
        super().__init__(view, title, f"{who.name}　{who.bed or '未安排床位'}\n{text}", width=600)
        self.view, self.who, self._told = view, who, told
        self.zone = view.bench.station.settings.zone
        self.errands = Errands(view.bench.desk, self, notice=self.notice, fields=self)
        self.labelled: dict[str, Labelled] = {}

    def show_refusal(self, field: str, text: str) -> bool:
        """A rule refused a field of this sheet."""
        if field not in self.labelled:
            return False
        self.labelled[field].say_wrong(text)
        self.labelled[field].field.setFocus()
        return True

    def _now(self) -> datetime:
        return local(self.zone, self.view.bench.desk.clock.now())

    def _finish(self, words: str) -> None:
        self.accept()
        self._told(words)


class CorrectSheet(_ChangeSheet):
    """The value as it is, to be typed over; the reason by its digit."""

    def __init__(self, view: View, who: Who, line: VitalLine, told: Told, profile: Profile) -> None:
        super().__init__(view, who, "更正体征", line_words(line, view.bench.station.settings.zone), told)
        self.line = line
        self.row = EntryRow(sign_of(line.code), Whose(who.age, profile.own), repeats=False)
        self.row.show_value(line.measured)
        self.time = ValueField("测量时间")
        at = local(self.zone, line.at)
        self._as_it_was = moment_words(at, self._now())
        self.time.setText(self._as_it_was)
        choices = tuple((one, f"{place} {one}") for place, one in enumerate(CORRECTION_REASONS, 1))
        self.reasons = OptionRow(choices, low=True)
        self.words = ValueField("说明", f"选“{OTHER}”时必填")
        self.labelled = {
            "at": Labelled("测量时间", self.time, required=True),
            "reason": Labelled("更正原因", self.reasons, required=True, hint="Alt+1 … 5"),
            "words": Labelled("说明", self.words),
        }
        self.body.addWidget(self.row)
        for one in self.labelled.values():
            self.body.addWidget(one)
        self.offer("保存更正", icon="check").setDefault(False)
        self.row.done.connect(self.time.setFocus)
        self.time.entered.connect(self.reasons.button(CORRECTION_REASONS[0]).setFocus)
        self.words.entered.connect(self.save)
        self.reasons.group.buttonClicked.connect(self._reason_chosen)
        self.done_with.connect(self.save)
        bind(
            self,
            Key("Ctrl+Return", "保存更正", self.save),
            *(
                Key(f"Alt+{place}", one, self.reasons.button(one).click)
                for place, one in enumerate(CORRECTION_REASONS, 1)
            ),
        )

    def open(self) -> None:
        super().open()
        self.row.focus()

    def show_refusal(self, field: str, text: str) -> bool:
        if field == self.line.code:
            self.row.say_wrong(text)
            self.row.focus()
            return True
        return super().show_refusal(field, text)

    @errand
    async def save(self) -> None:
        """Keep the new value beside the old one."""
        values = self.row.values()
        if not self.row.check() or not values:
            if not values and not self.row.error.text():
                self.row.say_wrong(f"请填写{self.row.sign.words}。要取消这条记录，请用作废（D）。")
            self.row.focus()
            return
        reason, at = self._reason(), self._at()
        if reason is None or at is False:
            return
        seen = Seen(self.line.taken.rid, self.line.taken.revision)
        moment = at if isinstance(at, datetime) else None
        await self.errands.do(CorrectVital(seen, values[0], reason, moment), busy=self.main)
        self._finish(
            f"已更正{self.row.sign.words}：{self.line.words} → {self.row.fields[0].text().strip()}。"
        )

    def _reason(self) -> str | None:
        head, words = self.reasons.key, self.words.text().strip()
        if head is None:
            self.labelled["reason"].say_wrong("请选择更正原因。")
            self.reasons.button(CORRECTION_REASONS[0]).setFocus()
            return None
        if head == OTHER and not words:
            self.labelled["words"].say_wrong("请写明原因。")
            self.words.setFocus()
            return None
        return f"{head}：{words}" if words else head

    def _at(self) -> datetime | bool | None:
        """Another time, None for the one it had, False for none that can be read."""
        if self.time.text().strip() == self._as_it_was:
            return None
        try:
            return read_moment(self.time.text(), self._now())
        except Wrong as wrong:
            self.show_refusal("at", wrong.text)
            return False

    def _reason_chosen(self) -> None:
        self.labelled["reason"].say_wrong("")
        if self.reasons.key == OTHER:
            self.words.setFocus()
        elif self.main is not None:
            self.main.setFocus()


class RetractSheet(_ChangeSheet):
    """Why a value was an error, in words."""

    def __init__(self, view: View, who: Who, line: VitalLine, told: Told) -> None:
        super().__init__(view, who, "作废体征", line_words(line, view.bench.station.settings.zone), told)
        self.line = line
        self.why = ValueField("为什么作废", "如 探头脱落、测错部位")
        self.labelled = {"why": Labelled("为什么作废", self.why, required=True)}
        self.body.addWidget(self.labelled["why"])
        self.offer("作废", "danger")
        self.why.entered.connect(self.save)
        self.done_with.connect(self.save)
        self.why.textEdited.connect(lambda: self.labelled["why"].say_wrong(""))

    def open(self) -> None:
        super().open()
        self.why.setFocus()

    @errand
    async def save(self) -> None:
        """Say that the value was an error; it stays readable, struck through."""
        seen = Seen(self.line.taken.rid, self.line.taken.revision)
        await self.errands.do(RetractVital(seen, self.why.text()), busy=self.main)
        self._finish(f"已作废：{sign_of(self.line.code).words} {self.line.words}。")


class _Finder(SearchField):
    """↓ goes into the list of those found, Enter on to the reason."""

    def __init__(self, sheet: WrongResidentSheet) -> None:
        super().__init__("老人", "姓名、拼音首字母、床号或编号")
        self._sheet = sheet

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self._sheet.table.keyPressEvent(event)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._sheet.why.setFocus()
        else:
            super().keyPressEvent(event)


class WrongResidentSheet(_ChangeSheet):
    """Whose visit it was: retracted here, standing there, in one act."""

    def __init__(self, view: View, who: Who, lines: tuple[VitalLine, ...], told: Told) -> None:
        zone = view.bench.station.settings.zone
        said = "，".join(f"{sign_of(one.code).words} {one.words}" for one in lines)
        super().__init__(view, who, "录错老人", f"{local(zone, lines[0].at):%m-%d %H:%M}　{said}", told)
        self.set_id: UUID = lines[0].taken.set_id
        self.finder = _Finder(self)
        self.table: RowsTable[ResidentRow] = RowsTable(
            (
                Column("应是哪位老人", _name, least=200),
                Column("床位", lambda row: cells.Text(row.bed or "未安排"), 150),
            ),
            key=lambda row: row.rid,
            words="老人",
        )
        self.found = StateView(self.table)
        self.found.setFixedHeight(look.sp(44 + 3 * 56))
        self.why = ValueField("怎么录错的", "如 床位看错、选错人")
        self.labelled = {
            "to_resident": Labelled("这次测量是谁的", self.finder, required=True),
            "why": Labelled("怎么录错的", self.why, required=True),
        }
        self.body.addWidget(self.labelled["to_resident"])
        self.body.addWidget(self.found)
        self.body.addWidget(self.labelled["why"])
        self.body.addWidget(
            Words("这里的记录作废，同样的内容记到那位老人名下，两边都写明。", Role.HINT, wrap=True)
        )
        self.offer("转到这位老人名下", icon="arrow-left-right").setDefault(False)
        self.finder.searched.connect(self.search)
        self.table.on_opened(lambda _row: self.why.setFocus())
        self.why.entered.connect(self.save)
        self.why.textEdited.connect(lambda: self.labelled["why"].say_wrong(""))
        self.done_with.connect(self.save)
        bind(self, Key("Ctrl+Return", "转过去", self.save))

    def open(self) -> None:
        super().open()
        self.finder.setFocus()
        self.search()

    @latest
    async def search(self) -> None:
        """Find as typed, without whoever it stands with now."""
        page = await self.errands.ask(ResidentList(self.finder.text().strip(), limit=_FOUND))
        self.labelled["to_resident"].say_wrong("")
        rows = [row for row in page.rows if row.rid != self.who.rid]
        self.table.set_rows(rows)
        self.table.pick_first()
        if rows:
            self.found.content()
        else:
            self.found.empty("没有找到这位老人", "换个写法，或用床号、编号再找。")

    @errand
    async def save(self) -> None:
        """One act: retract here, copy there."""
        row = self.table.current()
        if row is None:
            self.show_refusal("to_resident", "没有找到这位老人，请换个写法再找。")
            return
        await self.errands.do(WrongResident(self.set_id, row.rid, self.why.text()), busy=self.main)
        self._finish(f"这次测量已转到 {row.name}（{row.bed or row.number}）名下。")


def _name(row: ResidentRow) -> cells.Cell:
    born = f"{row.birth_date:%Y} 年生" if row.birth_date else "出生年份不详"
    return cells.Name(row.name, f"{row.number}　{born}")
