"""A line that offers what may be meant while it is typed, by words, pinyin or code; other words are kept as typed."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QListView

from app.core.form import Choice, Field
from ui.forms.fields.line import TextInput

_WORDS = Qt.ItemDataRole.UserRole + 1
_ENTER = {Qt.Key.Key_Return, Qt.Key.Key_Enter}


class SuggestedInput(TextInput):
    """↓ and Enter take an offer; Enter alone takes the first one for Latin letters, which stand for something.

    Chinese words are never replaced by themselves: what is said may be kept as it is said.
    """

    taken = Signal(str)
    """The key of the offer that was taken."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self._offers: tuple[Choice, ...] = ()
        self._model = QStandardItemModel(self)
        self._list = _Offers(self._model, self)
        self._list.activated[QModelIndex].connect(self._chosen)
        self.setCompleter(self._list)
        self.textEdited.connect(self._offer)
        self.editingFinished.connect(self._settle)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        popup = self._list.popup()
        chosen = popup is not None and popup.isVisible() and popup.currentIndex().isValid()
        if event.key() in _ENTER and not chosen and self._offers and self.text().strip().isascii():
            self._take(self._offers[0])
            event.accept()
            return
        super().keyPressEvent(event)

    def _offer(self, typed: str) -> None:
        suggest = self.field.suggest
        self._offers = suggest(typed) if suggest is not None else ()
        self._model.clear()
        for offer in self._offers:
            item = QStandardItem(f"{offer.label}　{offer.key}" if offer.key != offer.label else offer.label)
            item.setData(offer.label, _WORDS)
            self._model.appendRow(item)

    def _chosen(self, index: QModelIndex) -> None:
        words = str(index.data(_WORDS))
        offer = next((one for one in self._offers if one.label == words), None)
        if offer is not None:
            self._take(offer)

    def _settle(self) -> None:
        """Left with letters that can only mean one thing."""
        typed = self.text().strip()
        if len(self._offers) == 1 and typed and typed.isascii():
            self._take(self._offers[0])

    def _take(self, offer: Choice) -> None:
        popup = self._list.popup()
        if popup is not None:
            popup.hide()
        self._offers = ()
        self.setText(offer.label)
        self.edited.emit()
        self.taken.emit(offer.key)


class _Offers(QCompleter):
    """Shows every offer as it was found; what is put into the line are its words alone."""

    def __init__(self, model: QStandardItemModel, owner: SuggestedInput) -> None:
        super().__init__(model, owner)
        self.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        popup = QListView()
        popup.setProperty("popup", "true")
        self.setPopup(popup)

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        return str(index.data(_WORDS) or "")


def make(field: Field) -> SuggestedInput:
    return SuggestedInput(field)
