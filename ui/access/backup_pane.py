"""设置→备份: when the last one was made and where it lies, one by hand, a drill, the second place."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.access.queries import MayI
from app.backup.acts import ChangeBackups
from app.backup.form import backup_form
from app.backup.keeping import Kept
from app.backup.rota import Note
from app.core.clock import local
from app.core.errors import Refusal, Trouble
from app.core.roles import Right
from app.core.watch import Watch
from ui.access.drill_sheet import DrillSheet
from ui.forms import FormView
from ui.kit import (
    Button,
    Card,
    Column,
    Errands,
    Fact,
    Key,
    ProgressStrip,
    RowsTable,
    ScrollBody,
    StateView,
    Words,
    bind,
    cells,
    errand,
    latest,
)
from ui.kit.view import Bench
from ui.style import Role, look

ROWS_SHOWN = 6
SAME_DISK = "它和数据在同一块硬盘上，硬盘坏了两份都会没有，最好用 U 盘或网络盘。"
WHERE = "备份是加密的，用做备份那时候的密码或恢复码才能打开。保留最近 7 天、4 周、12 个月。"

COLUMNS: tuple[Column[Kept], ...] = (
    Column("时间", lambda row: cells.Text(f"{row.at:%Y-%m-%d %H:%M}", "text", strong=True), width=160),
    Column("文件", lambda row: cells.Text(row.file.name), least=200),
    Column("大小", lambda row: cells.Text(_size(row.size)), width=110, priority=1),
)


class BackupPane(QWidget):
    """For whoever may back up; others are told who may."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self.bench = bench
        self.form = FormView(backup_form())
        self.errands = Errands(bench.desk, self, notice=bench.notice, fields=self.form)
        self.progress = ProgressStrip()
        self.now = Button("立即备份", "primary", icon="save")
        self.practise = Button("演练恢复", "plain", icon="shield-check")
        self.save = Button("保存", "plain", icon="check")
        self.table: RowsTable[Kept] = RowsTable(COLUMNS, lambda row: row.file.name, words="留着的备份")
        self.sheet: DrillSheet | None = None
        self.facts = {name: Fact(name) for name in ("上次备份", "下次自动备份", "备份位置", "第二备份位置")}
        self._watch = Watch()
        self.state = StateView(self._content())
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.state)
        self.now.clicked.connect(self.back_up)
        self.practise.clicked.connect(self.ask_drill)
        self.save.clicked.connect(self.change)
        self.form.submitted.connect(self.save.click)
        self.progress.cancelled.connect(self._stop)
        bind(self, Key("Ctrl+B", "立即备份", self.now.click))

    # acts ---------------------------------------------------------------------------------------------------------

    @latest
    async def refresh(self) -> None:
        """Read what there is; refused to whoever may not back up."""
        self.state.loading()
        try:
            await self.errands.ask(MayI(Right.BACK_UP))
        except Refusal as refusal:
            self.state.refused("备份由系统管理员、护士长和院长管理", refusal.text)
            return
        settings = self.bench.station.settings
        self.form.set_values(
            {"every_hours": str(settings.backup_every_hours), "second_place": settings.backup_second_place}
        )
        await self._show()
        self.state.content()

    @errand
    async def back_up(self) -> None:
        """Make one now, whatever has changed."""
        station = self.bench.station
        self._begin("正在备份")
        try:
            made = await station.aside(station.backups.by_hand, self._watch)
        finally:
            self._end()
            if not self.errands.gone:
                await self._show()
        second = station.backups.last.second_problem
        if second:
            self.bench.notice.trouble("第一份已做好。", second)
        else:
            self.bench.notice.done(f"备份已做好并核验：{made.file.name}，{_size(made.size)}。")

    def ask_drill(self) -> None:
        """The sheet for the chosen backup, or the newest."""
        row = self.table.current()
        if row is None:
            self.bench.notice.refused("还没有备份可以演练，请先“立即备份”。")
            return
        sheet = self.sheet = DrillSheet(self, row.file.name)
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.asked.connect(lambda words: self.drill(sheet, row, words))
        sheet.rejected.connect(self._give_up)
        sheet.progress.cancelled.connect(sheet.reject)
        sheet.open()

    @errand
    async def drill(self, sheet: DrillSheet, row: Kept, words: str) -> None:
        """Restore for practice; the proof stands in the audit chain."""
        station = self.bench.station
        self._watch = Watch(sheet.progress.reported.emit)
        try:
            done = await station.aside(station.backups.drill, row.file, words, self._watch)
        except (Refusal, Trouble) as error:
            if self.sheet is sheet:  # else it was given up, and nobody waits for a sentence
                sheet.refuse(error.text if isinstance(error, Refusal) else f"{error.text}{error.remedy}")
        else:
            sheet.accept()
            self.bench.notice.done(f"演练通过：{done.words}。")

    @errand
    async def change(self) -> None:
        """Keep how often and where; a place that is no place is refused beside its field."""
        if not self.form.check():
            return
        values, station = self.form.values(), self.bench.station
        place = str(values["second_place"]).strip()
        self.save.set_busy(True)
        try:
            if problem := await station.aside(station.backups.place_problem, place):
                raise Refusal(problem, field="second_place")
            await station.change_settings(ChangeBackups(int(str(values["every_hours"])), place))
            same = await station.aside(station.backups.same_disk, place)
        finally:
            self.save.set_busy(False)
        await self._show()
        if same:
            self.bench.notice.say(f"已保存。{SAME_DISK}")
        else:
            self.bench.notice.done("已保存，下次备份起有效。")

    # inside -------------------------------------------------------------------------------------------------------

    async def _show(self) -> None:
        """What lies in the first place, and what became of the last one."""
        backups = self.bench.station.backups
        kept, last = await self.bench.station.aside(lambda: (backups.kept(), backups.last))
        self.table.set_rows(kept)
        if self.table.current() is None:
            self.table.pick_first()
        self._list.setVisible(bool(kept))
        self.practise.setEnabled(bool(kept))
        zone, place = self.bench.station.settings.zone, self.bench.station.settings.backup_second_place
        self.facts["上次备份"].say(*self._last_words(last))
        self.facts["下次自动备份"].say(f"{local(zone, backups.next_at()):%m-%d %H:%M}，退出登录时也会备份")
        self.facts["备份位置"].say(str(backups.place))
        self.facts["第二备份位置"].say(*_second_words(place, last))

    def _last_words(self, last: Note) -> tuple[str, str]:
        if last.problem:
            return f"没有做成：{last.problem}", "danger"
        if last.at is None:
            return "还没有备份", "warn"
        at = local(self.bench.station.settings.zone, last.at)
        return f"{at:%Y-%m-%d %H:%M}，{_size(last.size)}，已核验", "ok"

    def _stop(self) -> None:
        self._watch.cancel()

    def _give_up(self) -> None:
        self.sheet = None
        self._watch.cancel()

    def _begin(self, words: str) -> None:
        told = self.progress.reported
        self._watch = Watch(told.emit)
        self.progress.begin(f"{words}…")
        self.now.set_busy(True, "正在备份…")
        self.practise.setEnabled(False)

    def _end(self) -> None:
        if not self.errands.gone:
            self.progress.end()
            self.now.set_busy(False)

    def _content(self) -> QWidget:
        scroll = ScrollBody((0, 0, 0, 0), 20)
        scroll.body.addWidget(self._head())
        scroll.body.addWidget(self._rules())
        self._list = Card("留着的备份", flush=False)
        self.table.setMinimumHeight(look.sp(44 + 56 * ROWS_SHOWN // 2))
        self._list.body.addWidget(self.table)
        scroll.body.addWidget(self._list)
        scroll.body.addStretch(1)
        return scroll

    def _head(self) -> Card:
        card = Card("备份")
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(12)
        for place, fact in enumerate(self.facts.values()):
            grid.addWidget(fact, place // 2, place % 2)
            grid.setColumnStretch(place % 2, 1)
        card.body.addLayout(grid)
        card.body.addWidget(Words(WHERE, Role.HINT, wrap=True))
        card.body.addWidget(self.progress)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.now)
        row.addWidget(self.practise)
        row.addStretch(1)
        card.body.addLayout(row)
        return card

    def _rules(self) -> Card:
        card = Card("多久一次，第二份放哪里")
        self.form.setMaximumWidth(look.sp(640))
        card.body.addWidget(self.form)
        row = QHBoxLayout()
        row.addWidget(self.save)
        row.addStretch(1)
        card.body.addLayout(row)
        return card


def _size(size: int) -> str:
    return f"{size / 1e9:.2f} GB" if size >= 1e9 else f"{size / 1e6:.1f} MB"


def _second_words(place: str, last: Note) -> tuple[str, str]:
    if not place:
        return "没有设，建议设一个 U 盘或网络盘", "warn"
    if last.second_problem:
        return f"没有备成：{last.second_problem}", "danger"
    return (f"{place}，已备", "ok") if last.second_done == place else (f"{place}，下次备份起", "")
