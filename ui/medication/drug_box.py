"""Picking a medicine: pinyin, name, trade name or a scanned pack, the list, Enter; then what must be known of it.

box = DrugBox(bench.desk, notice)       box.drug   the one chosen, or None
box.chosen.connect(...)                 a Drug, or None when the line is changed again
box.take(drug)  box.clear()  box.say_wrong(text)  box.focus_part()
"""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.medication.drugs.queries import DrugCalled, FindDrugs
from app.medication.rules.alike import pieces
from app.medication.rules.drug import Drug
from ui.kit import Errands, FieldError, LineField, Notice, Sign, Tags, Words, errand, latest
from ui.kit.errands import DeskLike
from ui.kit.flow import Flow
from ui.medication.drug_marks import NamePieces, marks_of, size_words
from ui.medication.drug_offers import DRUG, DrugOffers, line_words
from ui.style import Role, look

_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}
_MOST = 20
NOT_FOUND = "目录里没有找到。请换个写法，或先在药品目录里添加"


class DrugBox(QWidget):
    """The line with its list; below, once one is chosen, its marks, its note, and what it is mistaken for."""

    chosen = Signal(object)

    def __init__(self, desk: DeskLike, notice: Notice | None = None, words: str = "药品") -> None:
        super().__init__()
        self.errands = Errands(desk, self, notice=notice)
        self.drug: Drug | None = None
        self.line = DrugLine(words)
        self.known = DrugStrip()
        self.error = FieldError()
        self._text = ""  # as it was typed: the list puts what it marks into the line
        self._found: tuple[str, tuple[Drug, ...]] = ("", ())
        self._waiting = False
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        for piece in (self.line, self.error, self.known):
            box.addWidget(piece)
        self.setFocusProxy(self.line)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.line.textEdited.connect(self._typed)
        self.line.entered.connect(self._entered)
        self.line.asked.connect(self._find)
        self.line.focused.connect(self._warm)
        self.line.offers.activated[QModelIndex].connect(
            lambda index: self._picked(index.row(), index.data(DRUG))
        )

    def take(self, drug: Drug) -> None:
        """This medicine is meant."""
        self._waiting = False
        self.line.offers.close()
        self.drug = drug
        self._text, self._found = line_words(drug), ("", ())
        self.line.setText(line_words(drug))
        self.say_wrong("")
        self.known.say(drug, ())
        self.chosen.emit(drug)
        self._know(drug.code)

    def clear(self) -> None:
        """Nothing is meant; says nothing."""
        self._waiting = False
        self._text, self._found = "", ("", ())
        self.drug = None
        self.line.clear()
        self.known.hide()
        self.say_wrong("")

    def say_wrong(self, text: str) -> None:
        """Show what is wrong below the line; an empty text shows all is well."""
        self.error.say(text)
        self.line.set_wrong(bool(text))

    def focus_part(self) -> QWidget:
        """Where the cursor goes."""
        return self.line

    # inside -------------------------------------------------------------------------------------------------------

    def _typed(self, text: str) -> None:
        self._text = text
        self._waiting = False
        if self.drug is not None:
            self.drug = None
            self.known.hide()
            self.chosen.emit(None)
        if text.strip():
            self._find()
        else:
            self._found = ("", ())
            self.line.offers.close()

    @errand
    async def _warm(self) -> None:
        """Have the list read before the first key: pinyin takes a moment the first time."""
        await self.errands.ask(FindDrugs("", 1))

    @latest
    async def _find(self) -> None:
        text = self._text
        found = await self.errands.ask(FindDrugs(text, _MOST))
        if self.drug is not None or text != self._text:
            return
        self._found = (text, found)
        if self._waiting:
            self._take_first()
            return
        self.line.offers.show_found(found)
        if found and self.line.hasFocus():
            self.line.offers.open()
        else:
            self.line.offers.close()
        self.say_wrong("" if found or not text.strip() else NOT_FOUND)

    def _entered(self) -> None:
        """Enter in the line: the first that was found, as soon as it is found."""
        if self.drug is not None or not self._text.strip():
            return
        if self._found[0] == self._text:
            self._take_first()
        else:
            self._waiting = True

    def _take_first(self) -> None:
        self._waiting = False
        if self._found[1]:
            self.take(self._found[1][0])
        else:
            self.say_wrong(NOT_FOUND)

    def _picked(self, place: int, drug: Drug | None) -> None:
        """A row of the list was taken. The first of a list that is not yet for what is typed means the first that will
        be found."""
        if drug is None:
            return
        if place or self._found[0] == self._text:
            self.take(drug)
        else:
            self.line.setText(self._text)
            self._waiting = True

    @latest
    async def _know(self, code: str) -> None:
        known = await self.errands.ask(DrugCalled(code))
        if self.drug is not None and self.drug.code == code:
            self.known.say(self.drug, known.alike)


class DrugLine(LineField):
    """`entered` where no row of the list is marked; ↓ opens the list."""

    entered = Signal()
    asked = Signal()
    focused = Signal()

    def __init__(self, words: str) -> None:
        super().__init__(words, "药名、拼音首字母、商品名，或扫药盒条码")
        self.put_left(Sign("search", 18, "text3"))
        self.offers = DrugOffers(self)
        self.setCompleter(self.offers)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self.offers.marked() is None:
            self.entered.emit()
            event.accept()
            return
        if event.key() == Qt.Key.Key_Down and not self.offers.opened:
            self.asked.emit()
            return
        super().keyPressEvent(event)


class DrugStrip(QWidget):
    """What must be known of the chosen medicine."""

    def __init__(self) -> None:
        super().__init__()
        self.sized = Words("", Role.HINT)
        self.marks = Tags(most=4)
        self.note = Words("", Role.HINT, wrap=True)
        self.alike = AlikeLine()
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(self.sized)
        head.addWidget(self.marks, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addLayout(head)
        box.addWidget(self.alike)
        box.addWidget(self.note)
        self.hide()

    def say(self, drug: Drug, alike: tuple[Drug, ...]) -> None:
        self.sized.setText(" · ".join(part for part in (size_words(drug), "、".join(drug.trade)) if part))
        self.marks.show_marks(marks_of(drug))
        self.note.setText(drug.note)
        self.note.setVisible(bool(drug.note))
        self.alike.say(drug, alike)
        self.show()


class AlikeLine(QWidget):
    """勿与 … 混淆: the others, what tells each from this one made to stand out; in as many rows as they need."""

    def __init__(self) -> None:
        super().__init__()
        self._row = Flow(6)
        self.setLayout(self._row)
        self._pieces: list[QWidget] = []
        self.hide()

    def say(self, drug: Drug, alike: tuple[Drug, ...]) -> None:
        for piece in self._pieces:
            self._row.removeWidget(piece)
            piece.hide()
            piece.deleteLater()
        names = [NamePieces() for _ in alike]
        for name, one in zip(names, alike, strict=True):
            name.say(pieces(one.name, [drug.name]))
        before = [Sign("triangle-alert", 16, "warn.text"), Words("勿与", Role.HINT, ink="warn")]
        self._pieces = [*before, *names, Words("混淆", Role.HINT, ink="warn")] if alike else []
        for piece in self._pieces:
            piece.setFixedHeight(look.sp(24))  # one line, whatever stands in it
            self._row.addWidget(piece)
        self.setAccessibleName(f"勿与{'、'.join(one.name for one in alike)}混淆" if alike else "")
        self.setVisible(bool(alike))
