"""The photos of one journal side by side, the oldest first: how a wound goes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from app.core.form import Kind
from app.journals.journal import Journal, JournalField
from app.journals.queries import EntryRow
from ui.forms.fields.photos import Thumb
from ui.journals.versions_sheet import bring
from ui.journals.words import when
from ui.kit import Errands, ScrollBody, Sheet, Words
from ui.kit.chart import ChartPart
from ui.kit.flow import Flow
from ui.style import Role, look

_PHOTO = 220


def photos_of(journal: Journal) -> tuple[JournalField, ...]:
    """The fields of a journal that hold photos."""
    return tuple(one for one in journal.fields if one.kind is Kind.PHOTOS)


class PhotoSeries(Sheet):
    """Each photo with its day and what was said that day."""

    def __init__(self, view: ChartPart, journal: Journal, rows: Sequence[EntryRow]) -> None:
        super().__init__(view, f"{journal.title}：照片对比", "从左到右，由早到晚。", width=760)
        self.errands = Errands(view.bench.desk, self, notice=self.notice)
        whole = QWidget()
        flow = Flow(16)
        whole.setLayout(flow)
        keys = [one.key for one in photos_of(journal)]
        self.photos = 0
        for row in sorted(rows, key=lambda one: one.at):
            for name in (name for key in keys for name in row.content.get(key, ())):
                flow.addWidget(self._photo(name, when(view.bench, row.at), row.line))
                self.photos += 1
        body = ScrollBody((0, 0, 8, 0))
        body.setMinimumHeight(look.sp(380))
        body.body.addWidget(whole)
        body.body.addStretch(1)
        self.body.addWidget(body)
        self._scroll: QScrollArea = body
        self.offer("关闭", "plain", cancel="").clicked.connect(self.accept)

    def _photo(self, name: str, moment: str, line: str) -> QWidget:
        block = QWidget()
        box = QVBoxLayout(block)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        thumb = Thumb(f"{moment} {line}", _PHOTO, removable=False)
        said = Words(line, Role.SMALL, wrap=True)
        said.setFixedWidth(look.sp(_PHOTO))
        box.addWidget(thumb)
        box.addWidget(Words(moment, Role.STRONG))
        box.addWidget(said)
        self.errands.start(f"photo {name} {moment}", lambda: bring(self.errands, name, thumb))
        return block
