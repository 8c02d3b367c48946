"""The sheet that counts shelves: by each lot what the books say and a field for what is there; why they differ."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.access.proof import Proof
from app.medication.rules.amounts import WrongAmount, amount_words, pieces_words, read_amount
from app.medication.rules.shelf import Lot
from app.medication.stock.counting import CountControlled, CountStock, LotCount, ShelfCount
from app.medication.stock.lists import offered
from app.medication.stock.queries import StockRow
from ui.kit import Button, Errands, Key, Labelled, LineField, ScrollBody, SideSheet, Words, bind, errand
from ui.kit.view import View
from ui.medication.stock_sheet import SecondSheet
from ui.style import Role

NO_LOT = Lot("", None, Decimal(0))


@dataclass
class LotLine:
    """A lot with its field."""

    lot: Lot
    counted: LineField
    said: Words


@dataclass
class ShelfPart:
    """A shelf in the sheet: its lots, and the line for why it differs."""

    row: StockRow
    lines: list[LotLine] = field(default_factory=list)
    why: Labelled | None = None

    @property
    def difference(self) -> Decimal | None:
        """What was typed less the books; None while a lot is not typed yet, or is no number."""
        numbers = [read(line.counted.text()) for line in self.lines]
        known = [one for one in numbers if one is not None]
        return None if len(known) < len(numbers) else sum(known, Decimal(0)) - self.row.balance

    def count(self) -> ShelfCount:
        lots = tuple(LotCount(one.lot.lot, one.lot.expires, one.counted.text()) for one in self.lines)
        why = self.why.field.text() if self.why is not None and isinstance(self.why.field, LineField) else ""
        return ShelfCount(self.row.drug, self.row.owner, lots, why)


class CountSheet(SideSheet):
    """`kept` carries the notice. Enter goes to the next field; F says that the rest is as the books say."""

    kept = Signal(str)

    def __init__(self, view: View, rows: Sequence[StockRow], *, handover: bool = False) -> None:
        title = "麻精药品交接班清点" if handover else "盘点"
        text = "逐个批号数实物，填在右边。" + ("清点要两人签名。" if handover else "")
        super().__init__(view, title, text, width=640)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.view, self.handover = view, handover
        self.errands = Errands(view.bench.desk, self, notice=self.notice, fields=self)
        self.parts = [ShelfPart(row) for row in rows]
        self.inside = ScrollBody((0, 0, 8, 0), 18)
        for part in self.parts:
            self.inside.body.addWidget(self._shelf(part))
        self.inside.body.addStretch(1)
        self.body.addWidget(self.inside, 1)
        self.same = Button("其余与账面一致", "plain", icon="check")
        self.back = Button("返回", "plain")
        self.save_button = Button("签名并保存" if self.needs_second else "保存盘点", "primary")
        for button in (self.same, self.back, self.save_button):
            self.acts.addWidget(button)
        self.same.clicked.connect(self.fill_rest)
        self.back.clicked.connect(self.reject)
        self.save_button.clicked.connect(self.save)
        bind(
            self,
            Key("Ctrl+Return Ctrl+S", "保存", self.save),
            Key("Alt+F", "其余与账面一致", self.fill_rest),
            Key("Esc", "返回", self.reject),
        )

    @property
    def needs_second(self) -> bool:
        return self.handover or any(part.row.controlled for part in self.parts)

    @property
    def lines(self) -> list[LotLine]:
        return [line for part in self.parts for line in part.lines]

    def open(self) -> None:
        super().open()
        if self.lines:
            self.lines[0].counted.setFocus()

    def fill_rest(self) -> None:
        """Lots nothing was typed for are as the books say."""
        for line in self.lines:
            if not line.counted.text().strip():
                line.counted.setText(amount_words(line.lot.left))
        self._say()

    def save(self) -> None:
        """Every lot is typed, every difference explained; then the second person signs where two have to."""
        for line in self.lines:
            if read(line.counted.text()) is None:
                line.counted.set_wrong(True)
                line.counted.setFocus()
                self.notice.refused("请填写实物数，没有了填 0。")
                return
        for part in self.parts:
            if part.difference and part.why is not None and not part.count().why.strip():
                part.why.say_wrong("与账面不符，请写明差异原因。")
                part.why.field.setFocus()
                return
        if self.needs_second:
            names = "、".join(dict.fromkeys(part.row.words for part in self.parts))
            text = f"清点 {names}，请另一位一起数过的人签名。"
            second = SecondSheet(self, self.view, text, (self._do, self.errands.tell))
            second.accepted.connect(self._finish)
            second.open()
        else:
            self.save_alone()

    @errand
    async def save_alone(self) -> None:
        await self._do(None, self.save_button)
        self._finish()

    def show_refusal(self, field: str, text: str) -> bool:
        """A rule refused it: under the first shelf it may mean."""
        if field == "why":
            part = next((one for one in self.parts if one.difference), self.parts[0])
            if part.why is not None:
                part.why.show()
                part.why.say_wrong(text)
                part.why.field.setFocus()
                return True
        return False

    async def _do(self, proof: Proof | None, busy: Button | None) -> None:
        counts = tuple(part.count() for part in self.parts)
        if self.handover:
            await self.errands.do(CountControlled(counts, proof), busy=busy)
        else:
            await self.errands.do(CountStock(counts[0], proof), busy=busy)

    def _finish(self) -> None:
        differing = sum(bool(part.difference) for part in self.parts)
        self.accept()
        said = f"，{differing} 种与账面不符，已记原因" if differing else "，与账面一致"
        self.kept.emit(f"{'已清点' if self.handover else '已盘点'}{said}。")

    def _shelf(self, part: ShelfPart) -> QWidget:
        whole = QWidget()
        box = QVBoxLayout(whole)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        who = " ".join(text for text in (part.row.name, part.row.bed) if text)
        box.addWidget(
            Words("　".join(text for text in (part.row.words, who) if text), Role.STRONG, wrap=True)
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        for place, lot in enumerate(part.row.lots or (NO_LOT,)):
            line = self._line(part, lot)
            about = lot.lot or "无批号"
            expires = f"　有效期至 {lot.expires}" if lot.expires else ""
            grid.addWidget(Words(f"{about}{expires}", Role.BODY, ink="text2"), place, 0)
            grid.addWidget(Words(f"账面 {pieces_words(lot.left)}", Role.BODY), place, 1)
            grid.addWidget(line.counted, place, 2)
            grid.addWidget(line.said, place, 3)
        box.addLayout(grid)
        words = offered().difference
        part.why = Labelled("差异原因", LineField("差异原因", f"如 {'、'.join(words[:3])}"), required=True)
        part.why.hide()
        box.addWidget(part.why)
        return whole

    def _line(self, part: ShelfPart, lot: Lot) -> LotLine:
        counted = LineField(f"{part.row.words} {lot.lot} 实物数", "实物")
        counted.setFixedWidth(110)
        counted.put_right(Words(part.row.unit, Role.HINT))
        said = Words("", Role.HINT)
        said.setMinimumWidth(72)
        line = LotLine(lot, counted, said)
        part.lines.append(line)
        counted.textEdited.connect(self._typed)
        counted.returnPressed.connect(lambda: self._on(line))
        return line

    def _on(self, line: LotLine) -> None:
        """Enter: the next field, after the last one the sheet is saved."""
        lines = self.lines
        place = lines.index(line) + 1
        if place < len(lines):
            lines[place].counted.setFocus()
        else:
            self.save()

    def _typed(self) -> None:
        self.notice.clear()
        self._say()

    def _say(self) -> None:
        for part in self.parts:
            for line in part.lines:
                number = read(line.counted.text())
                line.counted.set_wrong(False)
                off = None if number is None else number - line.lot.left
                words = (
                    ""
                    if off is None
                    else "一致"
                    if not off
                    else f"{'多' if off > 0 else '少'} {amount_words(abs(off))}"
                )
                line.said.say(words, "danger" if off else "ok")
            if part.why is not None:
                part.why.setVisible(bool(part.difference))


def read(typed: str) -> Decimal | None:
    """A count as typed: zero is one too; None while it is none."""
    try:
        return Decimal(0) if typed.strip() in ("0", "０") else read_amount(typed)
    except WrongAmount:
        return None
