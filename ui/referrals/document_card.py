"""文书: the pack a referral left with and what the hospital wrote at the platform, each opened over the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from app.core.changes import Changes
from app.referrals.coming_back import FromPlatform
from app.referrals.coming_back.from_platform import Written
from app.referrals.coming_back.paper_files import PaperFile
from app.referrals.documents import DocumentOf, DocumentRow
from ui.kit import Button, Card, Errands, Words, latest
from ui.kit.file_sheet import FileSheet, ShownFile
from ui.kit.view import View
from ui.kit.words import size_words
from ui.referrals.document_line import DocumentLine
from ui.referrals.follow_marks import when
from ui.referrals.follow_pairs import emptied
from ui.style import Role, Tone

DIGITS = "123456789"
MOST = 6
"""Lines that show at first; the others come by a click."""
_KINDS = frozenset({"文书", "消息"})
"""What is read here: medicines and states have places of their own."""
NEWS = frozenset({"referral", "referral_document", "file", "sync"})
"""`file`: one came, or will not."""
_PACK = "referral-pack"
_TONES = {"平台已收到": Tone.OK, "待上传": Tone.INFO}


class DocumentCard(Card):
    """Hears the news itself. `ours`: whether the referral's own document stands first; without it the card hides
    where nothing came. `taken`: who takes the keys when a file is closed."""

    def __init__(self, view: View, taken: Callable[[], object], *, ours: bool = True) -> None:
        super().__init__("文书" if ours else "平台来件", " ")
        self._view, self._taken, self._ours = view, taken, ours
        self.errands = Errands(view.bench.desk, self, notice=view.bench.notice)
        self.lines: list[DocumentLine] = []
        self.sheet: FileSheet | None = None
        self._referral: UUID | None = None
        self._resident: UUID | None = None
        self._sent, self._folded = False, True
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self.body.addLayout(self._list)
        self.more = Button("", "link")
        self.more.clicked.connect(self._unfold)
        self.body.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self.more.hide()
        view.bench.bulletin.subscribe(self, NEWS, self._hear)

    def show_referral(self, referral: UUID | None, resident: UUID, *, sent: bool) -> None:
        """The documents of a referral; `sent`: whether it left already, so that there is one of ours or will be."""
        if referral != self._referral:
            self._folded = True
            self._show(None, ())
        self._referral, self._resident, self._sent = referral, resident, sent
        self.ask()

    @latest
    async def ask(self) -> None:
        referral = self._referral
        if referral is None:
            self._show(None, ())
            return
        row = await self.errands.ask(DocumentOf(referral)) if self._ours else None
        brought = await self.errands.ask(FromPlatform(referral))
        if referral == self._referral:
            self._show(row, brought.papers)

    def open_line(self, digit: int) -> None:
        """A digit: the n-th that can be opened."""
        lines = [one for one in self.lines if one.opens]
        if digit <= len(lines):
            lines[digit - 1].opened.emit()

    # inside -------------------------------------------------------------------------------------------------------

    def _hear(self, _changes: Changes) -> None:
        if self._referral is not None:
            self.ask()

    def _show(self, row: DocumentRow | None, papers: tuple[Written, ...]) -> None:
        held = next((place for place, one in enumerate(self.lines) if one.hasFocus()), None)
        emptied(self._list)
        self.lines = []
        digits = iter(DIGITS if self._ours else "")
        if row is not None:
            self._add(self._own(row, next(digits, "")), partial(self._open_own, row))
        elif self._ours and self._sent:
            self._list.addWidget(
                Words("转诊单还没有存档。有打印权限的人登录后会自动存一份。", Role.HINT, wrap=True)
            )
        for line, act in self._brought(papers, digits):
            self._add(line, act)
        self._fold()
        if self._ours and not self.lines and not self._sent:
            self._list.addWidget(Words("转诊发出后，这里留一份发出时的转诊单。", Role.HINT, wrap=True))
        self.hint.setText("数字键打开" if any(one.opens for one in self.lines) and self._ours else " ")
        self.setVisible(self._ours or bool(self.lines))
        if held is not None and held < len(self.lines):
            self.lines[held].setFocus()

    def _fold(self) -> None:
        """No more lines than can be looked over, until somebody asks for the others."""
        hidden = self.lines[MOST:] if self._folded else []
        for line in hidden:
            line.hide()
        self.more.setText(f"还有 {len(hidden)} 份")
        self.more.setVisible(bool(hidden))

    def _unfold(self) -> None:
        self._folded = False
        for line in self.lines:
            line.show()
        self.more.hide()
        self.lines[MOST].setFocus()

    def _add(self, line: DocumentLine, act: Callable[[], object] | None) -> None:
        if act is not None:
            line.opened.connect(act)
        self.lines.append(line)
        self._list.addWidget(line)

    def _own(self, row: DocumentRow, digit: str) -> DocumentLine:
        under = f"PDF · {row.pages} 页 · {size_words(row.size)} · 存于 {self._when(row.at)}"
        line = DocumentLine("file-text", row.title, under, digit=digit)
        line.stand(row.sent, _TONES.get(row.sent, Tone.WARN) if row.well else Tone.DANGER)
        return line

    def _brought(
        self, papers: tuple[Written, ...], digits: Iterator[str]
    ) -> Iterator[tuple[DocumentLine, Callable[[], object] | None]]:
        """What others wrote, the newest first: a line a file, or one of words where there is none."""
        for one in (one for one in papers if one.kind in _KINDS):
            came = f"{one.kind} · {self._when(one.at)}" if one.at is not None else one.kind
            for file in one.files:
                yield self._file_line(one, file, came, next(digits, "") if file.here else "")
            if not one.files:
                said = "　".join(filter(None, (came, one.text.replace("\n", " "))))
                line = DocumentLine("message-circle", one.title, said, opens=False)
                line.setToolTip("\n".join(filter(None, (one.title, one.text))))
                yield line, None

    def _file_line(
        self, one: Written, file: PaperFile, came: str, digit: str
    ) -> tuple[DocumentLine, Callable[[], object] | None]:
        size = size_words(file.size) if file.size else ""
        under = " · ".join(filter(None, (came, file.kind, size)))
        title = file.title if len(one.files) > 1 and file.title else one.title
        line = DocumentLine("paperclip", title, under, opens=file.here, digit=digit)
        if not file.here:
            waits = file.words.startswith("还在")
            line.stand(file.words, Tone.INFO if waits else Tone.WARN)
            return line, None
        line.stand("可离线看", Tone.OK)
        return line, partial(self._open_brought, title, file.sha256)

    def _open_own(self, row: DocumentRow) -> None:
        self._open(
            ShownFile(row.title, row.sha256, row.resident, sheet=_PACK, missing=row.words, marks=row.marks)
        )

    def _open_brought(self, title: str, sha256: str) -> None:
        if self._resident is not None:
            self._open(ShownFile(title, sha256, self._resident))

    def _open(self, file: ShownFile) -> None:
        if self.sheet is not None:
            return
        self.sheet = FileSheet(self._view.bench, self._view, file)
        self.sheet.finished.connect(self._closed)
        self.sheet.open()

    def _closed(self) -> None:
        self.sheet = None
        self._view.window().activateWindow()
        self._taken()

    def _when(self, moment: datetime) -> str:
        bench = self._view.bench
        return when(bench.station.settings.zone, moment, bench.desk.clock.now())
