"""A session that was recorded, told in lines: what became of it, values, dose, note, who wrote it and when."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.core.clock import local
from app.rehab.dosing import dose_words
from app.rehab.lists.attendance import SOAP, reactions, reason_words
from app.rehab.lists.skin import skin_states
from app.rehab.queries.session_rows import Recorded, SessionSheetRow
from app.rehab.rules.sessions import SessionState
from app.rehab.rules.stopping import STOP
from ui.kit import Card, Tag, Words
from ui.rehab.session_before import values_words
from ui.rehab.session_soap import PARTS
from ui.rehab.state_marks import STATES
from ui.style import Role, Tone


class DoneCard(Card):
    """Shown instead of the form."""

    def __init__(self, zone: str) -> None:
        super().__init__("训练记录")
        self._zone = zone
        self.state = Tag("", Tone.NEUTRAL)
        self.head.addWidget(self.state)
        self.facts, self.by = QWidget(), Words("", Role.HINT)
        self._grid = QGridLayout(self.facts)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(1, 1)
        self.note = Words("", Role.BODY, wrap=True)
        self.body.addWidget(self.facts)
        self.body.addWidget(self.note)
        self.body.addWidget(self.by)

    def show_sheet(self, sheet: SessionSheetRow) -> None:
        kept = sheet.recorded
        if kept is None or not kept.attendance:
            return
        mark = STATES[SessionState(kept.attendance)]
        self.state.say(mark.text, mark.tone)
        self._show_facts([one for one in self._facts(sheet, kept) if one[1]])
        goals = {goal.rid: goal for goal in sheet.goals}
        lines = [f"{PARTS[part][0]}：{kept.soap[part]}" for part in SOAP if kept.soap.get(part)]
        lines += [
            f"目标 {goals[rid].words}：{value:g} {goals[rid].unit}"
            for rid, value in kept.goals.items()
            if rid in goals
        ]
        lines += [f"备注：{kept.note}"] if kept.note else []
        self.note.setText("\n".join(lines))
        self.note.setVisible(bool(lines))
        corrected = "，已更正" if kept.corrected else ""
        self.by.setText(f"{kept.by} {local(self._zone, kept.recorded_at):%m-%d %H:%M} 记录{corrected}")

    def _show_facts(self, facts: list[tuple[str, str]]) -> None:
        """Captions at the left, what they say beside them."""
        while (item := self._grid.takeAt(0)) is not None:
            if (piece := item.widget()) is not None:
                piece.hide()
                piece.deleteLater()
        for row, (caption, value) in enumerate(facts):
            self._grid.addWidget(Words(caption, Role.HINT), row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(Words(value, Role.BODY, wrap=True), row, 1)

    def _facts(self, sheet: SessionSheetRow, kept: Recorded) -> list[tuple[str, str]]:
        """Caption and value of each."""
        begun = local(self._zone, kept.at)
        ended = f"{local(self._zone, kept.ended_at):%H:%M}" if kept.ended_at is not None else ""
        known = reactions()
        skin = [
            skin_states()[kept.skin[when]].words
            for when in ("before", "after")
            if kept.skin.get(when) in skin_states()
        ]
        held = kept.minutes > 0
        stopped = "；".join(one.words for one in kept.fired if one.effect == STOP)
        return [
            ("时间", f"{begun:%H:%M}–{ended}，{kept.minutes} 分钟" if held else f"{begun:%m-%d %H:%M}"),
            ("原因", " ".join(filter(None, (reason_words(kept.why) if kept.why else "", kept.why_words)))),
            ("停止规则", stopped),
            ("训练前", " · ".join(values_words(kept.before))),
            ("仍训练", kept.overruled),
            ("训练中", " · ".join(values_words(kept.during))),
            ("训练后", " · ".join(values_words(kept.after))),
            ("剂量", dose_words(kept.dose) if held else ""),
            ("皮肤 前 → 后", " → ".join(skin)),
            ("反应", "、".join(known[one].words for one in kept.reactions if one in known)),
        ]
