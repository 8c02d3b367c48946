"""One entry whole: every field, its photos, and what it said before, old words struck through beside the new ones."""

from __future__ import annotations

import functools

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.core.blobs import BlobOf
from app.core.form import Kind
from app.journals.journal import Journal
from app.journals.journal_file import shelf
from app.journals.queries import EntryHistory, EntryRow, Version
from ui.forms.fields.photos import Thumb
from ui.journals.words import held, marks, person_words, when
from ui.kit import Button, Errands, Line, ScrollBody, SideSheet, Tags, Words
from ui.kit.chart import ChartPart, Who
from ui.kit.differences import Differences
from ui.kit.flow import Flow
from ui.style import Role

_SAID = {"signed": "写下", "corrected": "更正", "retracted": "作废"}
_PHOTO = 200


class VersionsSheet(SideSheet):
    """Esc closes; nothing is changed here."""

    def __init__(self, view: ChartPart, who: Who, row: EntryRow) -> None:
        journal = shelf().get(row.journal)
        super().__init__(view, journal.title if journal else row.journal, person_words(who), width=640)
        self.view, self.row, self.journal = view, row, journal
        self.errands = Errands(view.bench.desk, self, notice=self.notice)
        self._body = ScrollBody((0, 0, 8, 0), 14)
        self.body.addWidget(self._body, 1)
        self._body.body.addLayout(self._head())
        if journal is not None:
            self._body.body.addLayout(self._fields(journal))
            self._photos(journal)
        self._versions = QVBoxLayout()
        self._versions.setSpacing(12)
        self._body.body.addLayout(self._versions)
        self._body.body.addStretch(1)
        close = self.offer("关闭", "plain", cancel="")
        close.clicked.connect(self.accept)
        self.close_button: Button = close

    def start(self) -> None:
        """Open and ask for the versions."""
        self.open()
        self.errands.start("versions", self._ask)

    async def _ask(self) -> None:
        self.show_versions(await self.errands.ask(EntryHistory(self.row.rid)))

    def show_versions(self, versions: tuple[Version, ...]) -> None:
        """The newest first."""
        self._versions.addWidget(Line())
        self._versions.addWidget(Words("修改过程", Role.CARD_TITLE))
        for place, version in enumerate(reversed(versions)):
            if place:
                self._versions.addWidget(Line())
            self._versions.addWidget(self._version(version))

    # inside -------------------------------------------------------------------------------------------------------

    def _head(self) -> QVBoxLayout:
        box = QVBoxLayout()
        box.setSpacing(6)
        row = self.row
        signs = marks(row)
        if signs:
            box.addWidget(Tags(signs, most=3))
        moment = when(self.view.bench, row.at) if row.begins is None else held(row)
        by = "　".join(filter(None, (moment, row.by, row.role)))
        box.addWidget(Words(by, Role.HINT, wrap=True))
        if row.reason:
            box.addWidget(Words(f"原因：{row.reason}", Role.HINT, wrap=True))
        return box

    def _fields(self, journal: Journal) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(1, 1)
        said = [(one.label, one.words(self.row.content.get(one.key, ""))) for one in journal.fields]
        for line, (label, words) in enumerate((label, words) for label, words in said if words):
            caption = Words(label, Role.BODY, ink="text2", wrap=True)
            caption.setMaximumWidth(180)
            caption.setMinimumWidth(96)
            grid.addWidget(caption, line, 0)
            grid.addWidget(Words(words, wrap=True), line, 1)
        return grid

    def _photos(self, journal: Journal) -> None:
        names = [
            name
            for one in journal.fields
            if one.kind is Kind.PHOTOS
            for name in self.row.content.get(one.key, ())
        ]
        if not names:
            return
        whole = QWidget()
        flow = Flow()
        whole.setLayout(flow)
        for number, name in enumerate(names, 1):
            thumb = Thumb(f"照片 {number}", _PHOTO, removable=False)
            flow.addWidget(thumb)
            self.errands.start(f"photo {name}", functools.partial(bring, self.errands, name, thumb))
        self._body.body.addWidget(whole)

    def _version(self, version: Version) -> QWidget:
        block = QWidget()
        box = QVBoxLayout(block)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(Words(when(self.view.bench, version.recorded_at), Role.STRONG))
        ended = version.revision > 1 and version.state == "signed"
        act = "改动" if ended else _SAID.get(version.state, "")
        head.addWidget(Words(f"{version.by} · {version.role}　{act}", Role.HINT), 1)
        box.addLayout(head)
        if version.revision == 1:
            late = "（补录）" if version.source == "transcribed" else ""
            box.addWidget(Words(f"{version.line}{late}", wrap=True))
        if version.changes:
            box.addWidget(Differences((change, "") for change in version.changes))
        if version.reason:
            box.addWidget(Words(f"原因：{version.reason}", Role.HINT, wrap=True))
        return block


async def bring(errands: Errands, name: str, thumb: Thumb) -> None:
    """A kept photo into its place."""
    content = await errands.ask(BlobOf(name))
    if content is not None:
        thumb.show_image(QImage.fromData(content))
