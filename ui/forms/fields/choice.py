"""One of several: up to five as a row of equal buttons, more as a list searched by words, pinyin or initials."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QStandardItem, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit, QListView, QWidget

from app.core.form import Choice, Field, Value
from ui.kit import OptionRow
from ui.style import look

FEW = 5
_SEARCH = Qt.ItemDataRole.UserRole + 1


class ChoiceRow(OptionRow):
    """Few choices, all in sight. Arrows move between them, Space takes; a click on the chosen one of an optional
    field takes the choice back."""

    edited = Signal()
    left = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__(tuple((choice.key, choice.label) for choice in field.choices), low=True)
        self.field = field
        self.setAccessibleName(field.label)
        self._last: str | None = None
        self.group.buttonClicked.connect(self._clicked)

    def value(self) -> Value:
        return self.key or ""

    def set_value(self, value: Value) -> None:
        known = isinstance(value, str) and any(choice.key == value for choice in self.field.choices)
        self.choose(value if known and isinstance(value, str) else None)
        self._last = self.key

    def focus_part(self) -> QWidget:
        return self.button(self.key or self.field.choices[0].key)

    def _clicked(self) -> None:
        if self.key == self._last and not self.field.required:
            self.choose(None)
        self._last = self.key
        self.edited.emit()
        self.left.emit()


class ChoiceList(QComboBox):
    """Many choices. Typing searches; a text that is no choice is answered with a sentence, never kept."""

    edited = Signal()
    left = Signal()

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field
        self.setAccessibleName(field.label)
        self._line = QLineEdit()
        self.setLineEdit(self._line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        model = QStandardItemModel(self)
        for choice in field.choices:
            item = QStandardItem(choice.label)
            item.setData(f"{choice.label} {sounds(choice)}", _SEARCH)
            model.appendRow(item)
        self.setModel(model)
        self.setCurrentIndex(-1)
        self.setMaxVisibleItems(10)
        self.setCompleter(_Search(model, self))
        line = self._line
        line.setPlaceholderText(field.placeholder or "选择，或输入拼音首字母")
        line.setAccessibleName(field.label)
        line.textEdited.connect(self.edited)
        line.editingFinished.connect(self._settle)
        self.activated.connect(self._taken)

    def value(self) -> Value:
        text = self.currentText().strip()
        return next((choice.key for choice in self.field.choices if choice.label == text), text)

    def set_value(self, value: Value) -> None:
        keys = [choice.key for choice in self.field.choices]
        place = keys.index(value) if isinstance(value, str) and value in keys else -1
        self.setCurrentIndex(place)
        if place < 0:
            self.setEditText(value if isinstance(value, str) else "")

    def focus_part(self) -> QWidget:
        return self

    def set_wrong(self, wrong: bool) -> None:  # noqa: FBT001  # a Qt-like setter
        look.restyle(self, "wrong", "true" if wrong else "false")

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # scrolling a form must not change what it says

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._line.selectAll()

    def _settle(self) -> None:
        """Left with something typed: the one choice it can only mean is taken."""
        typed = self.currentText().strip().lower()
        exact = [c for c in self.field.choices if typed in {c.label.lower(), c.key.lower()}]
        meant = exact or [
            c for c in self.field.choices if typed and typed in f"{c.label} {sounds(c)}".lower()
        ]
        if len(meant) == 1 and meant[0].label != self.currentText():
            self.set_value(meant[0].key)
            self.edited.emit()  # who keeps what is typed must hear that it now means something else
        self.left.emit()

    def _taken(self) -> None:
        self.edited.emit()
        self.left.emit()


class _Search(QCompleter):
    def __init__(self, model: QStandardItemModel, owner: QComboBox) -> None:
        super().__init__(model, owner)
        self.setCompletionRole(_SEARCH)
        self.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        popup = QListView()
        popup.setProperty("popup", "true")
        self.setPopup(popup)

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(index.data(Qt.ItemDataRole.DisplayRole) or "")


def sounds(choice: Choice) -> str:
    """Pinyin of a choice and its initials, to be searched by: 汉族 gives `hanzu hz`."""
    from pypinyin import lazy_pinyin

    parts = lazy_pinyin(choice.label)
    return f"{''.join(parts)} {''.join(part[:1] for part in parts)}"


def make(field: Field) -> ChoiceRow | ChoiceList:
    return ChoiceList(field) if field.listed or len(field.choices) > FEW else ChoiceRow(field)
