"""The curves of a plan: a chip for each measure, its chart, and in words what changed since the last evaluation."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.rehab.progress.curves import CurvesRow, MeasureCurve
from ui.kit import Card, ChipRow, LineChart, Spot, StateView, Words
from ui.rehab.curve_plot import bracket_words, plot_of
from ui.style import Role, look

LEAST = 248


class CurveCard(Card):
    """`opened`: the record of a point was asked for. ← and → read the chart out, `turn` goes to another measure."""

    opened = Signal(object)

    def __init__(self, zone: str) -> None:
        super().__init__()
        self._zone = zone
        self._row: CurvesRow | None = None
        self.named = Words("", Role.CARD_TITLE)
        self.chips = ChipRow(())
        self.chart = LineChart(LEAST)
        self.chart.setMinimumHeight(look.sp(LEAST))
        self.chart.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.said = Words("", Role.HINT, ink="text2", wrap=True)
        inside = QWidget()
        box = QVBoxLayout(inside)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        box.addWidget(self.chart, 1)
        box.addWidget(self.said)
        self.state = StateView(inside)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.named)
        head.addWidget(self.chips, 1)
        self.body.setContentsMargins(20, 14, 14, 12)
        self.body.setSpacing(8)
        self.body.addLayout(head)
        self.body.addWidget(self.state, 1)
        self.chips.group.buttonClicked.connect(self._fill)
        self.chart.picked.connect(self._pick)

    def show_curves(self, row: CurvesRow) -> None:
        """Show a plan's measures; the one that was chosen stays so."""
        self._row = row
        self.chips.show_chips(tuple((one.measure.code, one.measure.short) for one in row.curves))
        self._fill()

    @property
    def curve(self) -> MeasureCurve | None:
        """The one that shows."""
        if self._row is None or not self._row.curves:
            return None
        return next((one for one in self._row.curves if one.measure.code == self.chips.key), None)

    def turn(self, way: int) -> None:
        """Another measure, round and round."""
        keys = self.chips.keys
        if len(keys) > 1:
            self.chips.choose(keys[(keys.index(self.chips.key) + way) % len(keys)])
            self._fill()

    def _fill(self) -> None:
        row, curve = self._row, self.curve
        if row is None or curve is None:
            self.named.setText("功能曲线")
            self.state.empty("计划里还没有量表", "在计划里选定用哪些量表看进展，评定之后这里有曲线。")
            return
        weeks = max((row.until - row.begins).days // 7, 0)
        self.named.setText(f"{curve.measure.title} · {weeks} 周")
        if not curve.readings:
            self.state.empty(f"“{curve.measure.short}”还没有评过", "评定之后，这里有曲线和每次的变化。")
            return
        self.chart.show_plot(plot_of(row, curve, self._zone))
        self.said.setText(self._words(curve))
        self.said.setVisible(bool(self.said.text()))
        self.state.content()

    @staticmethod
    def _words(curve: MeasureCurve) -> str:
        """What the bracket says stands in it; below stand the direction and whose least change it is."""
        way = {"lower_is_better": "数值越低越好", "higher_is_better": "数值越高越好"}.get(
            curve.measure.direction, ""
        )
        return "　".join(part for part in (way, "" if curve.before else "只有一次读数，还不能比较") if part)

    def _pick(self, spot: object) -> None:
        if isinstance(spot, Spot):
            self.opened.emit(spot.key)

    def spoken(self) -> str:
        """What the bracket says."""
        return "" if self.curve is None else bracket_words(self.curve)
