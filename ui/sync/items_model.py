"""What stands in the list of 同步: headings of sections, rows, and the line that says there is more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from app.sync.queries import SyncRow
from ui.style import Tone

Index = QModelIndex | QPersistentModelIndex
ITEM_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class Section:
    """A heading: what stands under it, how many, a hint at the right."""

    words: str
    count: int
    hint: str
    tone: Tone

    @property
    def key(self) -> str:
        return f"section:{self.words}"


@dataclass(frozen=True)
class More:
    """The last line of a section that has more rows than are shown: opens the section's own list."""

    group: str
    words: str

    @property
    def key(self) -> str:
        return f"more:{self.group}"


Item = Section | SyncRow | More


def spoken(item: Item) -> str:
    """An item in words, for screen readers."""
    if isinstance(item, Section):
        return f"{item.words} {item.count} 条 {item.hint}".strip()
    return item.words if isinstance(item, More) else f"{item.title} {item.by} {item.words}".strip()


class ItemsModel(QAbstractListModel):
    """Headings cannot be selected."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.items: tuple[Item, ...] = ()

    def set_items(self, items: Sequence[Item]) -> None:
        """Show other items (a reset)."""
        self.beginResetModel()
        self.items = tuple(items)
        self.endResetModel()

    def add_items(self, items: Sequence[Item]) -> None:
        """Put more under the last one."""
        if items:
            self.beginInsertRows(QModelIndex(), len(self.items), len(self.items) + len(items) - 1)
            self.items = (*self.items, *items)
            self.endInsertRows()

    def place_of(self, key: str) -> int | None:
        """Where an item stands now."""
        return next((place for place, item in enumerate(self.items) if item.key == key), None)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.items)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self.items[index.row()], Section):
            return Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        item = self.items[index.row()]
        if role == ITEM_ROLE:
            return item
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(item)
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(item, SyncRow):
            return f"{item.title}\n{item.words}"  # what may be cut short
        return None
