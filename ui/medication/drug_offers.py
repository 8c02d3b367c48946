"""The list under a medicine's line while it is typed: name, size and marks of each that may be meant."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QCompleter,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.medication.rules.alike import Piece, pieces
from app.medication.rules.drug import Drug
from ui.kit.paint import Script, bottom_line, draw_words
from ui.medication.drug_marks import draw_marks, draw_name, marks_of, size_words
from ui.style import Role, look

ROW = 52
ROWS = 7
DRUG = Qt.ItemDataRole.UserRole + 1
_PARTS = Qt.ItemDataRole.UserRole + 2


class DrugOffers(QCompleter):
    """Shows what was found as it was found; nothing is filtered here."""

    def __init__(self, owner: QWidget) -> None:
        self.rows = QStandardItemModel(owner)
        super().__init__(self.rows, owner)
        self.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self.setMaxVisibleItems(ROWS)
        self.view = view = QListView()
        view.setProperty("popup", "true")
        view.setUniformItemSizes(True)
        view.setMinimumWidth(look.sp(520))
        self.setPopup(view)
        view.setItemDelegate(_Painter(view))  # after setPopup, which puts its own

    def show_found(self, found: tuple[Drug, ...]) -> None:
        """Other offers; the first is marked."""
        self.rows.clear()
        names = {drug.group: drug.name for drug in found}
        for drug in found:
            item = QStandardItem(f"{drug.title} {size_words(drug)}")
            item.setData(drug, DRUG)
            told_apart = pieces(drug.name, [names[one] for one in drug.look_alike if one in names])
            item.setData((*told_apart, Piece(drug.title.removeprefix(drug.name))), _PARTS)
            self.rows.appendRow(item)

    def open(self) -> None:
        """Open the list, its first row marked."""
        self.complete()
        self.view.setCurrentIndex(self.completionModel().index(0, 0))

    def close(self) -> None:
        self.view.hide()

    @property
    def opened(self) -> bool:
        return self.view.isVisible()

    def marked(self) -> Drug | None:
        """The row that is marked in the open list."""
        found: Drug | None = self.view.currentIndex().data(DRUG)
        return found if self.opened else None

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        found: Drug | None = index.data(DRUG)
        return line_words(found) if found is not None else ""


class _Painter(QStyledItemDelegate):
    """Two lines: name and size, below them trade name and INN; marks at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, look.sp(ROW))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        drug: Drug | None = index.data(DRUG)
        if drug is None:
            return
        rect: QRect = option.rect
        painter.save()
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.fillRect(rect, look.colour("sel" if chosen else "hover"))
        bottom_line(painter, rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = rect.adjusted(12, 0, -12, 0)
        taken = draw_marks(painter, room, marks_of(drug))
        room.setRight(room.right() - taken)
        half = room.height() // 2
        first = QRect(room.left(), room.top() + look.sp(4), room.width(), half)
        width = draw_name(painter, first, index.data(_PARTS))
        draw_words(painter, first.adjusted(width + 10, 0, 0, 0), size_words(drug), Script())
        under = QRect(room.left(), room.top() + half, room.width(), half - look.sp(4))
        draw_words(painter, under, under_words(drug), Script(Role.SMALL, "text3"))
        painter.restore()


def line_words(drug: Drug) -> str:
    """A medicine in one line: `氨氯地平片 5 mg`."""
    return f"{drug.title} {drug.size}".strip()


def under_words(drug: Drug) -> str:
    """What stands below its name: trade name, INN, whose entry it is."""
    said = ("、".join(drug.trade), drug.inn, "本院目录" if drug.own else "")
    return " · ".join(part for part in said if part)
