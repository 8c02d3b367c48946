"""药品目录: every medicine of the station found as it is ordered; who may, adds, changes, withdraws and imports."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout

from app.core.changes import Changes
from app.core.roles import Right
from app.medication.drugs.importing import PreviewDrugs
from app.medication.drugs.own import WithdrawDrug
from app.medication.drugs.queries import DrugCalled, FindDrugs
from app.medication.rules.drug import Drug
from ui.kit import (
    Button,
    Card,
    ChipRow,
    Column,
    Foot,
    Key,
    RowsTable,
    SearchField,
    StateView,
    bind,
    cells,
    errand,
    latest,
)
from ui.kit.guarded import GuardedButton
from ui.kit.view import Bench, Crumb, View
from ui.kit.why_sheet import WhySheet
from ui.medication.drug_card import DrugCard
from ui.medication.drug_marks import marks_of
from ui.medication.drug_offers import line_words
from ui.medication.drug_sheet import DrugSheet
from ui.medication.drugs_import_sheet import DrugsImportSheet, ask_list
from ui.style import Tone, look

_ALL = 100_000
_MOVES = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
_KINDS: dict[str, tuple[str, Callable[[Drug], bool]]] = {
    "all": ("全部", lambda _drug: True),
    "own": ("本院", lambda drug: drug.own),
    "alert": ("高警示", lambda drug: drug.high_alert),
    "control": ("麻精毒", lambda drug: bool(drug.control)),
    "fridge": ("冷藏", lambda drug: drug.storage == "fridge"),
    "hidden": ("含西药", lambda drug: bool(drug.hidden)),
    "essential": ("基药", lambda drug: drug.essential),
}


class DrugsView(View):
    """The list at the left, all facts of the chosen one at the right."""

    kinds: ClassVar[frozenset[str]] = frozenset({"own_drug"})

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "药品目录")
        self.say_title(Crumb("设置", "settings"), Crumb("药品目录"))
        self.search = SearchField("找药品", "药名、拼音首字母、商品名、英文名，或扫条码")
        self.chips = ChipRow(tuple((key, words) for key, (words, _) in _KINDS.items()))
        self.table: RowsTable[Drug] = RowsTable(_columns(), lambda one: one.code, words="药品列表")
        self.card = DrugCard()
        may = Right.MANAGE_DRUGS
        self.add_button = GuardedButton(self, may, "添加药品", "primary", icon="plus")
        self.like_button = GuardedButton(self, may, "添加同类规格", icon="copy")
        self.change_button = GuardedButton(self, may, "修改", icon="square-pen")
        self.withdraw_button = GuardedButton(self, may, "停用本院版本", icon="circle-x")
        self.import_button = GuardedButton(self, may, "导入药品表", icon="file-spreadsheet")
        self.states = StateView(self.table)
        self._found: tuple[Drug, ...] = ()
        self._wanted = ""
        self._lay_out()
        self._connect()

    def opened(self, params: Mapping[str, Any]) -> None:
        self._wanted = str(params.get("drug", ""))
        if "search" in params or self._wanted:
            self.search.setText(str(params.get("search", "")))
        self.refresh()
        self.search.setFocus()

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        with self.states.asking(self.refresh):
            self._found = await self.errands.ask(FindDrugs(self.search.text(), _ALL))
            self._show()

    # acts ---------------------------------------------------------------------------------------------------------

    def add(self) -> None:
        self._open(DrugSheet(self))

    def add_like(self) -> None:
        """A medicine with the same active substances in another strength, form or pack."""
        if (chosen := self.table.current()) is not None:
            self._open(DrugSheet(self, like=chosen))

    def change(self) -> None:
        if (chosen := self.table.current()) is not None:
            self._open(DrugSheet(self, changes=chosen))

    def ask_withdraw(self) -> None:
        """Ask why; orders made with it stay as they are."""
        chosen = self.table.current()
        if chosen is None or not chosen.own:
            self.bench.notice.refused("随程序的药品不能停用；只有本院添加或修改过的才能停用。")
            return
        text = f"{line_words(chosen)}\n已有的医嘱不变，仍可执行和查看；开新医嘱时不再列出。"
        sheet = WhySheet(self, "停用本院版本", text, "停用")
        sheet.said.connect(lambda why: self._withdraw(chosen, why))
        sheet.open()

    def ask_file(self) -> None:
        ask_list(self).fileSelected.connect(self.read)

    @errand
    async def read(self, path: str) -> None:
        """Read a file and show what would become of each row."""
        seen = await self.errands.ask(PreviewDrugs(Path(path)))
        sheet = DrugsImportSheet(self, self.bench, Path(path), seen)
        sheet.imported.connect(self.refresh)
        sheet.open()

    # inside -------------------------------------------------------------------------------------------------------

    @errand
    async def _withdraw(self, chosen: Drug, why: str) -> None:
        await self.errands.do(WithdrawDrug(chosen.code, why), busy=self.withdraw_button)
        self.bench.notice.done(f"已停用“{line_words(chosen)}”的本院版本。")
        self.refresh()

    @latest
    async def _know(self, code: str) -> None:
        self.card.show_drug(await self.errands.ask(DrugCalled(code)))
        self.card.show()

    def _open(self, sheet: DrugSheet) -> None:
        sheet.saved.connect(self._saved)
        sheet.open()

    def _saved(self, code: str) -> None:
        self._wanted = code
        self.search.clear()
        self.chips.choose("all")
        self.refresh()

    def _show(self) -> None:
        wanted = _KINDS[self.chips.key][1]
        for key, (words, fits) in _KINDS.items():
            self.chips.say(key, f"{words} {sum(map(fits, self._found)):,}")
        rows = [drug for drug in self._found if wanted(drug)]
        self.table.set_rows(rows)
        if not rows:
            self.card.hide()
            self._nothing()
            return
        self.states.content()
        if not (self._wanted and self.table.pick(self._wanted)) and self.table.current() is None:
            self.table.pick_first()
        self._wanted = ""
        self._picked(self.table.current())

    def _nothing(self) -> None:
        if self.search.text().strip():
            self.states.empty(
                "没有找到这样的药品", "换个写法，或添加到本院目录。", ("清空查找", self.search.clear)
            )
        else:
            self.states.empty("没有这样的药品", "换一个分类看看。", ("看全部", self._all))

    def _all(self) -> None:
        self.chips.choose("all")
        self._show()

    def _picked(self, chosen: Drug | None) -> None:
        for button in (self.like_button, self.change_button):
            button.setVisible(chosen is not None)
        self.withdraw_button.setVisible(chosen is not None and chosen.own)
        if chosen is not None:
            self._know(chosen.code)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows in the search box move in the list."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _MOVES:
            QApplication.sendEvent(self.table, QKeyEvent(event))
            return True
        return super().eventFilter(watched, event)

    def _connect(self) -> None:
        self.search.installEventFilter(self)
        self.search.searched.connect(lambda _text: self.refresh())
        self.chips.group.buttonClicked.connect(self._show)
        self.table.on_picked(self._picked)
        self.table.on_opened(lambda _drug: self.change_button.ask())
        for button, act in self._acts():
            button.allowed.connect(act)
        bind(
            self,
            Key("Ctrl+F", "找药品", self.search.setFocus),
            Key("Up Down", "选择药品"),
            Key("Enter", "修改选中的药品"),
            Key("Ctrl+N", "添加药品", self.add_button.ask),
            Key("Ctrl+D", "添加同类规格", self.like_button.ask),
            Key("Ctrl+E", "修改", self.change_button.ask),
            Key("Delete", "停用本院版本", self.withdraw_button.ask),
            Key("Ctrl+O", "导入药品表", self.import_button.ask),
        )

    def _acts(self) -> tuple[tuple[GuardedButton, Callable[[], None]], ...]:
        return (
            (self.add_button, self.add),
            (self.like_button, self.add_like),
            (self.change_button, self.change),
            (self.withdraw_button, self.ask_withdraw),
            (self.import_button, self.ask_file),
        )

    def _lay_out(self) -> None:
        card = Card(flush=True)
        head = QVBoxLayout()
        head.setContentsMargins(20, 16, 20, 12)
        head.setSpacing(12)
        head.addWidget(self.search)
        head.addWidget(self.chips)
        foot = Foot()
        buttons: tuple[Button, ...] = (self.import_button, self.add_button)
        foot.row.addWidget(self.withdraw_button)
        foot.row.addWidget(self.like_button)
        foot.row.addWidget(self.change_button)
        foot.row.addStretch(1)
        for button in buttons:
            foot.row.addWidget(button)
        card.body.addLayout(head)
        card.body.addWidget(self.states, 1)
        card.body.addWidget(foot)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(20)
        box.addWidget(card, 3)
        box.addWidget(self.card, 2)
        self.card.setMinimumWidth(look.sp(300))


def _columns() -> tuple[Column[Drug], ...]:
    return (
        Column("药品", lambda one: cells.Text(one.title, "text", strong=True), None, 0, 150),
        Column("规格", lambda one: cells.Text(one.size), 130),
        Column("包装", lambda one: cells.Text(one.packed), 96, 3),
        Column("商品名", lambda one: cells.Text("、".join(one.trade)), 110, 2),
        Column("标记", lambda one: cells.Marks(marks_of(one)), 150, 1),
        Column("来自", lambda one: cells.State(*_whence(one)), 92, 4),
    )


def _whence(one: Drug) -> tuple[str, Tone]:
    return ("本院", Tone.INFO) if one.own else ("随程序", Tone.NEUTRAL)
