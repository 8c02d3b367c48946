"""量表: every instrument of the station with its source; who may, loads, keeps and withdraws the institution's own."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout

from app.assessments.instrument_queries import Instruments
from app.assessments.instruments import Instrument
from app.assessments.instruments.read import LARGEST
from app.assessments.own import InstrumentText, LoadInstrument, WithdrawInstrument
from app.core.changes import Changes
from app.core.errors import Refusal
from app.core.roles import Right
from ui.assessments.instrument_card import InstrumentCard
from ui.assessments.phrases import missing_words
from ui.kit import Button, Card, Column, Foot, Key, RowsTable, StateView, Words, bind, cells, errand, latest
from ui.kit.strip import Strip
from ui.kit.view import Bench, Crumb, View
from ui.kit.why_sheet import WhySheet
from ui.style import Role, Tone, look

FILES = "量表文件 (*.toml)"


class InstrumentsView(View):
    """A bad file is refused in full, with line and reason, over the list; nothing changes then."""

    kinds: ClassVar[frozenset[str]] = frozenset({"own_instrument"})

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "量表")
        self.say_title(Crumb("设置", "settings"), Crumb("量表"))
        self.may = bench.actor.may(Right.CHANGE_SETTINGS)
        self.table: RowsTable[Instrument] = RowsTable(_columns(), lambda one: one.code, words="量表列表")
        self.card = InstrumentCard()
        self.wrong = Strip("circle-alert", Tone.DANGER)
        self.load_button = Button("载入量表文件", "primary", icon="upload")
        self.keep_button = Button("导出文件", icon="download")
        self.withdraw_button = Button("停用本院版本", icon="circle-x")
        self.states = StateView(self.table)
        self._lay_out()
        self.table.on_picked(self._picked)
        self.wrong.acted.connect(lambda: self.wrong.say(""))
        self.load_button.clicked.connect(self.ask_file)
        self.keep_button.clicked.connect(self.ask_place)
        self.withdraw_button.clicked.connect(self.ask_withdraw)
        keys = [Key("Up Down", "选择量表")]
        if self.may:
            keys += [Key("Ctrl+O", "载入量表文件", self.ask_file), Key("Ctrl+E", "导出文件", self.ask_place)]
        bind(self, *keys)

    def opened(self, params: Mapping[str, Any]) -> None:
        self.refresh()
        self.table.setFocus()

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        with self.states.asking(self.refresh):
            every = await self.errands.ask(Instruments())
            chosen = self.table.current()
            self.table.set_rows(every)
            self.states.content()
            if chosen is None or self.table.current() is None:
                self.table.pick_first()
            self._picked(self.table.current())

    # acts ---------------------------------------------------------------------------------------------------------

    def ask_file(self) -> None:
        """The file dialog; the window goes on living."""
        if not self.may:
            self.bench.notice.refused(missing_words(Right.CHANGE_SETTINGS))
            return
        dialog = QFileDialog(self, "选择量表文件", "", FILES)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.load)
        dialog.open()

    @errand
    async def load(self, path: str) -> None:
        """Read a file off the screen's thread and give it to the station."""
        self.wrong.say("")
        try:
            text = await self.bench.station.aside(read_text, Path(path))
            loaded = await self.errands.do(LoadInstrument(Path(path).name, text), busy=self.load_button)
        except Refusal as refusal:
            self.wrong.say(refusal.text, "知道了")
            return
        what = f"，替换 {loaded.replaces} 版" if loaded.replaces else ""
        self.bench.notice.done(f"已载入“{loaded.title}”{loaded.version} 版{what}。")
        self.refresh()

    def ask_place(self) -> None:
        """Where the file of the chosen instrument is to be kept."""
        chosen = self.table.current()
        if chosen is None or not self.may:
            return
        dialog = QFileDialog(self, "导出量表文件", f"{chosen.code}.toml", FILES)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.keep)
        dialog.open()

    @errand
    async def keep(self, path: str) -> None:
        """Write the file of the chosen instrument."""
        chosen = self.table.current()
        if chosen is None:
            return
        text = await self.errands.ask(InstrumentText(chosen.code))
        await self.bench.station.aside(write_text, Path(path), text)
        self.bench.notice.done(f"已导出到 {Path(path).name}。改过后请另写版本号，再载入。")

    def ask_withdraw(self) -> None:
        """Ask why; the records made with it stay as they are."""
        chosen = self.table.current()
        if chosen is None:
            return
        text = f"{chosen.title} {chosen.version}\n已有的评估不变，仍可查看和打印。"
        sheet = WhySheet(self, "停用本院版本", text, "停用")
        sheet.said.connect(lambda why: self._withdraw(chosen, why))
        sheet.open()

    # inside -------------------------------------------------------------------------------------------------------

    @errand
    async def _withdraw(self, chosen: Instrument, why: str) -> None:
        await self.errands.do(WithdrawInstrument(chosen.code, why), busy=self.withdraw_button)
        self.bench.notice.done(f"已停用“{chosen.title}”的本院版本。")
        self.refresh()

    def _picked(self, chosen: Instrument | None) -> None:
        self.card.setVisible(chosen is not None)
        if chosen is not None:
            self.card.show_instrument(chosen)
        self.keep_button.setVisible(self.may and chosen is not None)
        self.withdraw_button.setVisible(self.may and chosen is not None and chosen.own)

    def _lay_out(self) -> None:
        card = Card(flush=True)
        foot = Foot()
        foot.row.addWidget(Words("量表是文件：载入后随区平台到其他站点。", Role.HINT))
        foot.row.addStretch(1)
        for button in (self.withdraw_button, self.keep_button, self.load_button):
            foot.row.addWidget(button)
        self.load_button.setVisible(self.may)
        card.body.addWidget(self.states, 1)
        card.body.addWidget(foot)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.wrong)
        left.addWidget(card, 1)
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(20)
        box.addLayout(left, 3)
        box.addWidget(self.card, 2)
        self.card.setMinimumWidth(look.sp(320))


def read_text(path: Path) -> str:
    """The text of a file; refuses one that is too large, gone, or no text."""
    try:
        if path.stat().st_size > LARGEST:
            raise Refusal(f"量表文件 {path.name}：文件过大")
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise Refusal(f"量表文件 {path.name}：打不开（{error.strerror}）") from error
    except UnicodeDecodeError as error:
        raise Refusal(f"量表文件 {path.name}：不是UTF-8文字") from error


def write_text(path: Path, text: str) -> None:
    """Write a file; refuses a place that cannot be written to."""
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise Refusal(f"不能写到 {path.name}：{error.strerror}") from error


def _columns() -> tuple[Column[Instrument], ...]:
    return (
        Column("量表", lambda one: cells.Text(one.title, "text", strong=True), least=200),
        Column("分类", lambda one: cells.Text(one.group), 96, 2),
        Column("项数", lambda one: cells.Text(f"{len(one.items) if one.measured else one.wanted} 项"), 72, 3),
        Column("签名", lambda one: cells.Text(f"{one.signing.assessors} 人"), 72, 3),
        Column("版本", lambda one: cells.Text(one.version), 110, 1),
        Column("来自", lambda one: cells.State(*_whence(one)), 110),
    )


def _whence(one: Instrument) -> tuple[str, Tone]:
    return ("本院", Tone.INFO) if one.own else ("随程序", Tone.NEUTRAL)
