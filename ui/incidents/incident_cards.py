"""The cards of one incident: what was reported, whom the family told, the review, and its way with every version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from app.core.clock import local
from app.incidents.queries import Change, IncidentWhole, Version
from ui.incidents.signs import (
    about,
    harm_tone,
    harm_words,
    kind_icon,
    kind_words,
    late_words,
    missing_words,
    status_tone,
    status_words,
    when,
)
from ui.kit import Badge, Card, Fact, IconTile, Line, Words
from ui.kit.differences import struck
from ui.kit.view import Bench
from ui.style import Role, Tone, look

_APART = frozenset({"老人", "事件类别", "告知家属", "原因分析", "整改措施", "处理状态", "不重新评估"})
_LONG = ("经过", "当时处理")
_WIDTH = 190
_ICONS = {"作废": Tone.DANGER, "结案": Tone.OK, "审核": Tone.INFO, "重新打开": Tone.ORANGE}


class HeadCard(Card):
    """Kind and resident, number and moment, the state in badges; under them what closing still waits for."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self._tile = IconTile("shield-alert", size=48, drawing=24)
        self.what = Words("", Role.PAGE_TITLE, wrap=True)
        self.which = Words("", Role.BODY, ink="text2", wrap=True)
        self.waits = Words("", Role.BODY, wrap=True)
        self.status, self.harm = Badge(), Badge()
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._tile, 0, Qt.AlignmentFlag.AlignTop)
        texts = QVBoxLayout()
        texts.setSpacing(4)
        for words in (self.what, self.which, self.waits):
            texts.addWidget(words)
        row.addLayout(texts, 1)
        for badge in (self.harm, self.status):
            row.addWidget(badge, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)

    def show_incident(self, whole: IncidentWhole) -> None:
        row, now = whole.row, self._bench.desk.clock.now()
        zone = self._bench.station.settings.zone
        self._tile.show_icon(kind_icon(row.kind), harm_tone(row.harm))
        self.what.setText(f"{kind_words(row.kind)}　{about(row)}")
        reported = f"{row.reported_by} {when(zone, row.reported_at, now)} 上报"
        self.which.setText(f"编号 {row.number}　发生 {when(zone, row.at, now)}　{reported}")
        self.harm.say(harm_words(row.harm), harm_tone(row.harm))
        late = late_words(row, now)
        self.status.say(status_words(row), Tone.DANGER if late else status_tone(row))
        self._say_waits(whole, late)

    def _say_waits(self, whole: IncidentWhole, late: str) -> None:
        row = whole.row
        if row.retracted:
            self.waits.say(f"已作废，不计入统计和评估。{whole.versions[0].reason}", "danger")
        elif missing := missing_words(row):
            due = f"审核{late}；" if late else ""
            self.waits.say(f"{due}结案还差：{missing}", "danger" if late else "warn")
        else:
            self.waits.say("" if row.status == "closed" else "可以结案。", "ok")
        self.waits.setVisible(bool(self.waits.text()))


class ShortFacts(QWidget):
    """Caption over value, in as many columns as fit."""

    def __init__(self, facts: Mapping[str, str]) -> None:
        super().__init__()
        self._facts = [Fact(name, words) for name, words in facts.items()]
        self._across = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(20)
        self._grid.setVerticalSpacing(12)
        self._lay_out(2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out(max(1, self.width() // look.sp(_WIDTH)))

    def _lay_out(self, across: int) -> None:
        if across == self._across:
            return
        for column in range(max(across, self._across)):
            self._grid.setColumnStretch(column, 1 if column < across else 0)
        self._across = across
        for place, fact in enumerate(self._facts):
            self._grid.addWidget(fact, place // across, place % across, Qt.AlignmentFlag.AlignTop)


def report_card(whole: IncidentWhole) -> Card:
    """What happened, as it reads now."""
    card = Card("上报内容")
    shown = {name: words for name, words in whole.said.items() if name not in _APART}
    card.body.addLayout(_grid([(name, shown.pop(name, "")) for name in _LONG]))
    card.body.addWidget(Line())
    card.body.addWidget(ShortFacts(shown))
    return card


def family_card(whole: IncidentWhole) -> Card:
    """Whether the family knows."""
    card = Card("告知家属")
    said = whole.said.get("告知家属", "")
    hint = (
        "还没有告知。按 F 记录时间、方式、告知人和答复。" if whole.row.resident else "不涉及老人，不用告知。"
    )
    card.body.addWidget(_readable(said) if said else Words(hint, Role.HINT, wrap=True))
    return card


def review_card(whole: IncidentWhole) -> Card:
    """Causes and measures, who reviewed and closed it."""
    card = Card("审核与整改")
    shown = [
        (name, whole.said[name]) for name in ("原因分析", "整改措施", "不重新评估") if name in whole.said
    ]
    if shown:
        card.body.addLayout(_grid(shown))
    if "整改措施" not in whole.said:
        card.body.addWidget(
            Words("还没有审核。有审核权限的人按 R 填写原因和整改措施。", Role.HINT, wrap=True)
        )
    review = whole.content.get("review")
    if review:
        card.hint.setText(f"{review['by']}")
    return card


def way_card(whole: IncidentWhole, zone: str) -> Card:
    """Every version, the newest first: who did what when, old words struck through beside the new ones."""
    card = Card("处理经过", f"{len(whole.versions)} 步")
    for place, version in enumerate(whole.versions):
        if place:
            card.body.addWidget(Line())
        card.body.addWidget(_step(version, zone))
    card.body.addStretch(1)
    return card


def empty(layout: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()


def _step(version: Version, zone: str) -> QWidget:
    block = QWidget()
    box = QVBoxLayout(block)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(4)
    head = QHBoxLayout()
    head.addWidget(Badge(version.what, _ICONS.get(version.what, Tone.NEUTRAL)))
    head.addStretch(1)
    head.addWidget(Words(f"{local(zone, version.at):%Y-%m-%d %H:%M}", Role.HINT))
    box.addLayout(head)
    box.addWidget(Words(f"{version.by} · {version.role}", Role.HINT, wrap=True))
    if version.reason and version.reason != version.what:
        box.addWidget(
            Words(f"原因：{version.reason.removeprefix(f'{version.what}：')}", Role.HINT, wrap=True)
        )
    for change in _telling(version.changes):
        box.addWidget(_changed(change))
    return block


def _telling(changes: Iterable[Change]) -> list[Change]:
    """The state is said by the step itself."""
    return [one for one in changes if one[0] != "处理状态"]


def _changed(change: Change) -> QWidget:
    name, old, new = change
    widget = QWidget()
    box = QVBoxLayout(widget)
    box.setContentsMargins(0, 4, 0, 0)
    box.setSpacing(2)
    box.addWidget(Words(name, Role.HINT))
    if old:
        box.addWidget(struck(old))
    box.addWidget(Words(new, wrap=True) if new else Words("已去掉", Role.HINT))
    return widget


def _grid(rows: list[tuple[str, str]]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(20)
    grid.setVerticalSpacing(10)
    grid.setColumnStretch(1, 1)
    for place, (label, said) in enumerate(rows):
        grid.addWidget(Words(label, Role.HINT), place, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(_readable(said), place, 1, Qt.AlignmentFlag.AlignTop)
    return grid


def _readable(text: str) -> Words:
    words = Words(text, wrap=True)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return words
