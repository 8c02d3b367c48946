"""The detail of one cell of the month grid: every record of it, each version from the first to the one that stands."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.medication.queries.month_detail import CellDetail, CellRow, DoseRecord, DoseVersion
from ui.kit import Badge, Line, ScrollBody, SideSheet, StateView, Words, latest
from ui.kit.errands import Errands
from ui.kit.view import View
from ui.style import Role, Tone


class MonthDetailSheet(SideSheet):
    """Asked when it opens; Esc or Enter closes it."""

    def __init__(self, view: View, asked: CellDetail, title: str) -> None:
        super().__init__(view, title, width=470)
        self.asked = asked
        self.row: CellRow | None = None
        self.errands = Errands(view.bench.desk, self, notice=self.notice)
        self.inside = ScrollBody((0, 0, 8, 0), spacing=10)
        self.state = StateView(self.inside)
        self.body.addWidget(self.state, 1)
        self.offer("关闭", "plain", cancel="")
        self.done_with.connect(self.accept)
        self.ask()

    @latest
    async def ask(self) -> None:
        with self.state.asking(self.ask):
            self.show_row(await self.errands.ask(self.asked))

    def show_row(self, row: CellRow) -> None:
        self.row = row
        body = self.inside.body
        body.addWidget(Words(row.usage, Role.BODY, ink="text2", wrap=True))
        body.addWidget(Badge(row.state, Tone.WARN if row.open else Tone.NEUTRAL))
        if row.warning:
            body.addWidget(Words(row.warning, Role.STRONG, ink="danger", wrap=True))
        for record in row.records:
            body.addWidget(Line())
            body.addWidget(_record(record, alone=len(row.records) == 1))
        if not row.records:
            body.addWidget(Words("没有记录。", Role.HINT))
        body.addStretch(1)
        self.state.content()

    def words(self) -> str:
        """Everything shown, for a reader."""
        return "\n".join(one.text() for one in self.inside.findChildren(Words))


def _record(record: DoseRecord, *, alone: bool) -> QWidget:
    """The standing version first, large; the earlier ones below it, lined out."""
    widget = QWidget()
    box = QVBoxLayout(widget)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(8)
    if record.station or not alone:
        box.addWidget(Words(f"{record.station} 站的记录" if record.station else "本站的记录", Role.LABEL))
    now = record.standing
    box.addLayout(_version(now))
    if now.reason:
        box.addWidget(Words(_changed(now), Role.HINT, wrap=True))
    earlier = record.versions[:-1]
    if earlier:
        box.addWidget(Words("以前的版本", Role.LABEL))
    for version in reversed(earlier):
        box.addWidget(Words(_whole(version), Role.HINT, ink="text2", wrap=True))
    return widget


def _version(version: DoseVersion) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(14)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    what = f"{version.what}（已撤销）" if version.retracted else version.what
    facts = (
        ("结果", what),
        ("执行", f"{version.who}　{version.at:%m-%d %H:%M}"),
        *version.facts,
        ("记录", f"{version.recorded_at:%m-%d %H:%M}"),
    )
    for place, (label, words) in enumerate(facts):
        grid.addWidget(Words(label, Role.HINT), place, 0)
        grid.addWidget(Words(words, Role.STRONG if place == 0 else Role.BODY, wrap=True), place, 1)
    return grid


def _changed(version: DoseVersion) -> str:
    return f"第 {version.revision} 版　{version.reason}　{version.who} {version.recorded_at:%m-%d %H:%M}"


def _whole(version: DoseVersion) -> str:
    """An earlier version in one text."""
    facts = "；".join(f"{label} {words}" for label, words in version.facts)
    head = f"第 {version.revision} 版：{version.what}　{version.who} {version.at:%m-%d %H:%M}"
    written = f"记录于 {version.recorded_at:%m-%d %H:%M}"
    return "\n".join(part for part in (head, facts, written, version.reason) if part)
