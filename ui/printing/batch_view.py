"""批量打印: one sheet for a floor or for everybody, drawn into one file with progress and a way to stop it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from app.assessments.instrument_queries import Instruments
from app.care.floors import FloorName
from app.core.clock import date_in
from app.core.errors import Cancelled, Refusal, Trouble
from app.core.form import Field, Form, Kind, Section, read_date
from app.core.watch import Watch
from app.medication.lists import rounds
from app.printing.batch import Batch, House, Somebody, Wanted, WhoIsHere, draw_batch
from app.printing.drawn import Drawn
from app.printing.registry import SHEETS, SheetKind, offered_in_one_go
from app.printing.service import NoteAllPrinted
from ui.forms import FormView
from ui.kit import Button, Card, ChipRow, ProgressStrip, Words
from ui.kit.errands import errand, latest
from ui.kit.keys import Key, bind
from ui.kit.pages import page_sizes
from ui.kit.view import Bench, Crumb
from ui.printing.preview_view import PreviewView
from ui.style import Role

ALL = "all"
USUAL = ("", "常规量表")
WHOLE_DAY = ("", "全天")

_SPANS = {"day": "打印这一天", "week": "打印这一天所在的一周", "month": "打印这一天所在的月份"}


class BatchView(PreviewView):
    """Choose sheet, floor and day; Ctrl+Enter draws; then it is a preview like any other."""

    def __init__(self, bench: Bench) -> None:
        self.sheets = ChipRow(tuple((kind.name, kind.title) for kind in offered_in_one_go()))
        self.floors = ChipRow(((ALL, "全部楼层"),))
        self.groups = ChipRow((USUAL,))
        self.rounds = ChipRow((WHOLE_DAY, *((one.key, f"{one.words} 班") for one in rounds())))
        self.instruments = ChipRow(())
        self.make = Button("生成", "primary", icon="printer")
        self.progress = ProgressStrip()
        self.left_out = Words("", Role.HINT, wrap=True)
        day = Field("day", "日期", Kind.DATE, required=True)
        self.day = FormView(Form((Section("", (day,)),)))
        self._house: House | None = None
        self._names: dict[str, str] = {}
        self._batch: Batch | None = None
        self._watch = Watch()
        super().__init__(bench)
        self._enable()
        self.make.clicked.connect(self.begin)
        self.day.submitted.connect(self.begin)
        self.progress.cancelled.connect(self._cancel)
        self.sheets.group.buttonClicked.connect(self._say_choice)
        self.floors.group.buttonClicked.connect(self._say_choice)
        bind(self, Key("Ctrl+Return", "生成", self.begin))

    def opened(self, params: Mapping[str, Any]) -> None:
        self._params = dict(params)
        self.say_title(Crumb("老人", "residents"), Crumb("批量打印"))
        if not self.day.values()["day"]:
            self.day.set_values({"day": self._today().isoformat()})
        self.ask()
        self.sheets.setFocus()

    @latest
    async def ask(self) -> None:
        """Ask who is in the house."""
        with self.state.asking(self.ask):
            known = await self.errands.ask(Instruments())
            house = self._house = await self.errands.ask(WhoIsHere())
            self._names = {one.code: one.short for one in known}
            self.instruments.show_chips(tuple(self._names.items()))
            groups = dict.fromkeys(one.group for one in known)
            self.groups.show_chips((USUAL, *((one, one) for one in groups)))
            self.floors.show_chips(((ALL, "全部楼层"), *((str(one.rid), one.words) for one in house.floors)))
            self._say_choice()

    @errand
    async def begin(self) -> None:
        """Draw what is chosen."""
        if self._house is None or not self.day.check():
            return
        wanted = self._wanted()
        if not len(wanted):
            self.state.empty("这一层没有在住老人", "换一个楼层。")
            return
        told = self.progress.reported
        self._watch = Watch(lambda done, total, words: told.emit(done, total, f"正在生成 {words}"))
        self.drawn = self._batch = None
        self._enable()
        self.progress.begin("正在生成…")
        self.make.set_busy(True)
        try:
            batch = await self.bench.station.aside(draw_batch, self.bench.desk, wanted, self._watch)
            await self._show_batch(batch)
        except Cancelled:
            self.state.empty("已停止，没有打印任何内容", "按 Ctrl+Enter 重新生成。")
        except (Refusal, Trouble) as error:
            self.state.error(error.text, getattr(error, "remedy", ""), self.begin)
        finally:
            self.make.set_busy(False)
            self.progress.end()
            self._enable()

    # inside -------------------------------------------------------------------------------------------------------

    async def _show_batch(self, batch: Batch) -> None:
        self._batch, self.drawn = batch, batch.drawn
        names = "、".join(
            f"{one.bed} {one.name}（{one.why.rstrip('。')}）".strip() for one in batch.skipped[:6]
        )
        more = f" 等 {len(batch.skipped)} 位" if len(batch.skipped) > 6 else ""
        self.left_out.setText(f"没有打印：{names}{more}" if batch.skipped else "")
        self.left_out.setVisible(bool(batch.skipped))
        if batch.drawn is None:
            self.state.empty("没有可打印的内容", "这些老人还没有这种记录。")
            return
        what = "个楼层" if SHEETS[self.sheets.key].floor else "位老人"
        self.facts.say(f"{len(batch.residents)} {what} · 共 {batch.drawn.pages} 页 · A4")
        unknown = "、".join(batch.drawn.missing_glyphs)
        self.missing.setText(f"有字印不出来，已用〓代替：{unknown}。请手写补上。" if unknown else "")
        self.missing.setVisible(bool(unknown))
        self.stack.show_pages(await self.bench.station.aside(page_sizes, batch.drawn.pdf))
        self.state.content()
        self.stack.setFocus()

    async def _note(self, drawn: Drawn) -> None:
        if self._batch is not None:
            about = "place" if SHEETS[self.sheets.key].floor else "resident"
            batch = self._batch
            noted = NoteAllPrinted(self.sheets.key, batch.residents, drawn.sha256, about, batch.marks)
            await self.errands.do(noted)

    def _renew(self) -> None:
        """The next file of it is a copy: it is made anew, when somebody asks for it."""
        self.drawn = self._batch = None
        self._enable()
        self.state.empty("已打印或存盘", "还要一份：按 Ctrl+Enter 重新生成，新的一份印有“补打”。")
        self.make.setFocus()

    def _wanted(self) -> Wanted:
        kind = SHEETS[self.sheets.key]
        day = read_date(str(self.day.values()["day"])) or self._today()
        floors = self._floors()
        name = floors[0].words if self.floors.key != ALL and floors else "全部楼层"
        what = f"{kind.title} {self._names[self.instruments.key]}" if kind.by_instrument else kind.title
        title = f"{what} {name} {day.isoformat()}"
        return Wanted(kind, self._people(), day, title, floors, self._more(kind))

    def _more(self, kind: SheetKind) -> dict[str, str]:
        """What else the question of a sheet takes."""
        if kind.by_instrument:
            return {"instrument": self.instruments.key}
        return {"group": {"group": self.groups.key}, "round": {"round": self.rounds.key}}.get(kind.choice, {})

    def _floors(self) -> tuple[FloorName, ...]:
        every = self._house.floors if self._house else ()
        return tuple(one for one in every if self.floors.key in (ALL, str(one.rid)))

    def _people(self) -> tuple[Somebody, ...]:
        if self._house is None:
            return ()
        chosen = self.floors.key
        return tuple(one for one in self._house.people if chosen in (ALL, str(one.floor)))

    def _say_choice(self) -> None:
        kind = SHEETS[self.sheets.key]
        self.day.setVisible(bool(kind.span))
        self.groups.setVisible(kind.choice == "group")
        self.rounds.setVisible(kind.choice == "round")
        self.instruments.setVisible(kind.by_instrument)
        if kind.span:
            self.day.note("day", _SPANS[kind.span])
        if self.drawn is None and not self.errands.running - {"ask"}:
            many = f"{len(self._floors())} 个楼层" if kind.floor else f"{len(self._people())} 位老人"
            self.state.empty(f"{kind.title} · {many}", "按 Ctrl+Enter 生成，生成后可打印或存为 PDF。")

    def _cancel(self) -> None:
        self._watch.cancel()

    def _today(self) -> date:
        return date_in(self.bench.station.settings.zone, self.bench.desk.clock.now())

    def _lay_out(self) -> None:
        card = Card()
        card.body.addWidget(self.sheets)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.floors, 1)
        row.addWidget(self.day)
        row.addWidget(self.make)
        card.body.addLayout(row)
        card.body.addWidget(self.groups)
        card.body.addWidget(self.rounds)
        card.body.addWidget(self.instruments)
        card.body.addWidget(self.progress)
        card.body.addWidget(self.left_out)
        self.left_out.hide()
        super()._lay_out()
        self.column.insertWidget(0, card)
