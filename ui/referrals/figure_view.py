"""统计: referrals, times, returns, contracts and rounds in figures, each with what it counts and its records."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.changes import Changes
from app.core.clock import date_in
from app.referrals.figures import ReferralFigures
from app.referrals.rules.figures import Behind
from app.referrals.rules.periods import MONTH, QUARTER, YEAR
from ui.kit import Button, Card, ChipRow, Key, bind, latest
from ui.kit.view import Bench, Crumb, View
from ui.referrals.figure_list import FigureLine, FigureList
from ui.referrals.figure_period import LAST, FigurePeriod
from ui.referrals.figure_records import FigureRecords
from ui.referrals.partner_beside import BesideCard
from ui.referrals.sections import Sections

SECTIONS = (
    ("sent", "转诊"), ("times", "时间"), ("back", "返院"), ("contracts", "签约与协议"), ("rounds", "巡诊"),
)  # fmt: skip
HERE = "referral-figures"


class FiguresView(View):
    """Opened with `{"section": …}` it shows that part; otherwise what was shown before."""

    kinds: ClassVar[frozenset[str]] = frozenset(
        {
            "referral", "referral_return", "absence", "med_reconciliation", "partner", "agreement", "stay",
            "family_contract", "contract_service", "doctor_round", "round_visit",
        }
    )  # fmt: skip

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "统计")
        self.crumbs = (Crumb("转诊", "referrals"), Crumb("统计"))
        self.inside = False
        self.over = FigurePeriod(self._today())
        self.chips = ChipRow(SECTIONS)
        self.print_button = Button("打印", icon="printer")
        self.left, self.right = FigureList(), FigureRecords()
        self.card = BesideCard(self.right)
        self._lay_out()
        self._connect()

    def opened(self, params: Mapping[str, Any]) -> None:
        self.over.day_is(self._today())
        if params.get("section") in dict(SECTIONS):
            self.chips.choose(params["section"])
        self.refresh()
        self.take_keys()

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        """Count again what shows."""
        with self.left.state.asking(self.refresh, self._forget):
            time, section = self.over.period, self.chips.key
            found = await self.errands.ask(ReferralFigures(time.first, time.last, self.over.floor, section))
            self.over.know(found.floors)
            keys_here = self.hasFocus() or self.left.table.hasFocus() or self.right.table.hasFocus()
            self.left.show_section(found.sections[0])
            self._show_picked(self.left.table.current())
            if keys_here:
                self.take_keys()

    def record_shown(self) -> tuple[str, UUID] | None:
        """F8 and F9: the record under the cursor."""
        row = self.right.table.current() if self.right.table.hasFocus() else None
        return None if row is None else (row[1].kind, row[1].rid)

    def take_keys(self) -> None:
        """The focus on the side it was on, or while a sentence stands there on the view."""
        inside = self.inside and self.right.table.isVisibleTo(self)
        table = self.right.table if inside else self.left.table
        (table if table.isVisibleTo(self) else self).setFocus()

    def open_record(self, row: tuple[int, Behind]) -> None:
        """The record itself, where it is worked on; Esc there leads back."""
        place, params = way_to(row[1])
        self.bench.go(place, params)

    def print_out(self) -> None:
        """P: every section of the time and floor shown."""
        time = self.over.period
        asked = {
            "sheet": "referral-figures",
            "resident": self.bench.station.settings.institution_id,
            "about": "institution",
            "first": time.first,
            "last": time.last,
            "back": (HERE, {}),
        }
        if self.over.floor is not None:
            asked["record"] = self.over.floor
        self.bench.go("preview", asked)

    # inside -------------------------------------------------------------------------------------------------------

    def _today(self) -> Any:
        return date_in(self.bench.station.settings.zone, self.bench.desk.clock.now())

    def _forget(self) -> None:
        self.left.table.set_rows(())
        self._show_picked(None)

    def _show_picked(self, line: FigureLine | None) -> None:
        if line is None:
            self.card.state.empty("没有选中的指标", "从左边选一项，这里列出它的口径和明细。")
            return
        self.right.show_line(line)
        self.card.state.content()

    def _go_in(self, _line: FigureLine | None = None) -> None:
        self.inside = True
        self.take_keys()

    def _go_out(self) -> None:
        self.inside = False
        self.take_keys()

    def _turned(self) -> None:
        self._go_out()
        self.refresh()

    def _choose(self, key: str) -> None:
        self.chips.choose(key)
        self._turned()

    def _lay_out(self) -> None:
        head = Card()
        head.body.setContentsMargins(16, 10, 16, 10)
        head.body.setSpacing(10)
        head.body.addWidget(self.over)
        second = QHBoxLayout()
        second.setSpacing(10)
        second.addWidget(self.chips, 1)
        second.addWidget(self.print_button)
        head.body.addLayout(second)
        holder = QWidget()
        sides = QHBoxLayout(holder)
        sides.setContentsMargins(0, 0, 0, 0)
        sides.setSpacing(16)
        sides.addWidget(self.left, 11)
        sides.addWidget(self.card, 10)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(16)
        box.addWidget(Sections(self, HERE))
        box.addWidget(head)
        box.addWidget(holder, 1)

    def _connect(self) -> None:
        self.over.changed.connect(self._turned)
        self.chips.group.buttonClicked.connect(self._turned)
        self.print_button.clicked.connect(self.print_out)
        self.left.table.on_picked(self._show_picked)
        self.left.table.on_opened(self._go_in)
        self.right.table.on_opened(self.open_record)
        bind(
            self,
            Key("Up Down", "选择"),
            Key("Return", "左边：到明细；明细：打开这条记录"),
            Key("Right", "到明细", self._go_in),
            Key("Left", "回到指标", self._go_out),
            Key("[", "前一段时间", lambda: self.over.step(-1)),
            Key("]", "后一段时间", lambda: self.over.step(1)),
            Key("M", "本月", lambda: self.over.choose(MONTH)),
            Key("L", "上月", lambda: self.over.choose(LAST)),
            Key("Q", "本季度", lambda: self.over.choose(QUARTER)),
            Key("Y", "今年", lambda: self.over.choose(YEAR)),
            Key("F", "楼层", self.over.floors.setFocus),
            Key("P", "打印", self.print_out),
            *(
                Key(str(place), words, partial(self._choose, key))
                for place, (key, words) in enumerate(SECTIONS, 1)
            ),
        )


def way_to(one: Behind) -> tuple[str, dict[str, Any]]:
    """The place a record is worked on, and what it is opened with."""
    back = (HERE, {})
    ways: dict[str, tuple[str, dict[str, Any]]] = {
        "referral": ("referral-follow", {"referral": one.rid, "back": back}),
        "referral_return": (
            "referral-return", {"resident": one.resident, "record": one.rid, "back": back},
        ),
        "family_contract": ("contracts", {"resident": one.resident}),
        "partner": ("partners", {"partner": one.rid}),
        "doctor_round": ("rounds", {"round": one.rid}),
        "round_visit": ("rounds", {"round": one.whole, "resident": one.resident}),
    }  # fmt: skip
    return ways[one.kind]
