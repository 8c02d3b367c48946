"""Beside the form: what to mind of this resident, what stops a training at once, how the last sessions went."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.rehab.queries.plan_rows import StopRow
from app.rehab.queries.session_rows import LastSession, SessionSheetRow
from app.rehab.rules.sessions import SessionState
from app.rehab.rules.stopping import REFUSE, STOP, rule_words
from ui.kit import ScrollBody, Words
from ui.rehab.state_marks import STATES
from ui.rehab.stops_tile import StopsTile
from ui.style import Role, Tone, look


class BesideColumn(ScrollBody):
    """Scrolls by itself; nothing in it takes the keys."""

    def __init__(self) -> None:
        super().__init__(spacing=12)
        self.mind, self.stops, self.last, self.others = (
            _Tile("注意"),
            StopsTile(),
            _Tile("前几次"),
            _Tile("别的站点"),
        )
        for piece in (self.others, self.mind, self.stops, self.last):
            self.body.addWidget(piece)
        self.body.addStretch(1)

    def show_sheet(self, sheet: SessionSheetRow) -> None:
        guard = sheet.guard
        self.stops.show_stops(
            [
                StopRow(rule_words(one, guard.limits), bool(one.conditions), one.advice)
                for one in guard.rules
                if one.during == STOP
            ]
        )
        held = [
            f"{'禁忌' if one.effect == REFUSE else '慎做'}：{'。'.join(filter(None, (one.words, one.advice)))}"
            for one in sheet.held
        ]
        self.mind.say([*held, *sheet.precautions], loud=bool(held))
        self.last.say([_last(one) for one in sheet.last])
        self.others.say(list(sheet.others), loud=True)


class _Tile(QFrame):
    """A head and its lines; hidden while there are none."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setProperty("surface", "tile")
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(14, 11, 14, 11)
        self._box.setSpacing(6)
        self._box.addWidget(Words(title, Role.STRONG))
        self._lines: list[QWidget] = []

    def say(self, lines: list[str], *, loud: bool = False) -> None:
        for line in self._lines:
            self._box.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [Words(text, Role.HINT, ink="text2", wrap=True) for text in lines]
        for line in self._lines:
            self._box.addWidget(line)
        look.restyle(self, "strip", str(Tone.WARN) if loud else "")
        look.restyle(self, "surface", "" if loud else "tile")
        self.setVisible(bool(lines))


def _last(one: LastSession) -> str:
    """`11-17 完成 · 3 组 × 5 次 · RPE 12 · 坐站 3/5`."""
    rpe = "" if one.rpe is None else f"RPE {one.rpe:g}"
    words = STATES[SessionState(one.attendance)].text
    return " · ".join(filter(None, (f"{one.on:%m-%d} {words}", one.dose, rpe, one.told)))
