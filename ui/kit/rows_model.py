"""The model of a rows table: frozen rows of a question, and columns as data."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ui.kit.row_cells import Cell, Marks, Name, State, spoken

T = TypeVar("T")
Index = QModelIndex | QPersistentModelIndex
_SPOKEN = {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole}
CELL_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class Column(Generic[T]):
    """One column. `width` in px at 100 % text size; None stretches (not below `least`).

    When the table is narrow, columns are dropped by `priority`, the highest first; 0 is never dropped.
    """

    title: str
    cell: Callable[[T], Cell]
    width: int | None = None
    priority: int = 0
    least: int = 130


class RowsModel(QAbstractTableModel, Generic[T]):
    """Rows and columns. `key` names a row, so that the selection survives a refresh."""

    def __init__(
        self, columns: Sequence[Column[T]], key: Callable[[T], Hashable], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.key = key
        self._rows: tuple[T, ...] = ()

    @property
    def rows(self) -> tuple[T, ...]:
        return self._rows

    def set_rows(self, rows: Sequence[T]) -> None:
        """Show other rows (a reset: 2 ms at 14,000 rows, where a sort proxy takes seconds)."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def set_columns(self, columns: Sequence[Column[T]]) -> None:
        """Show other columns of the same rows."""
        self.beginResetModel()
        self.columns = tuple(columns)
        self.endResetModel()

    def add_rows(self, rows: Sequence[T]) -> None:
        """Put more rows under the last one; what is selected and scrolled to stays."""
        if rows:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
            self._rows = (*self._rows, *rows)
            self.endInsertRows()

    def row_of(self, key: Hashable) -> int | None:
        """Where the row with this key stands now."""
        return next((place for place, row in enumerate(self._rows) if self.key(row) == key), None)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == CELL_ROLE:
            return self.columns[index.column()].cell(self._rows[index.row()])
        if role in _SPOKEN:
            return spoken(self.columns[index.column()].cell(self._rows[index.row()]))
        if role == Qt.ItemDataRole.ToolTipRole:
            cell = self.columns[index.column()].cell(self._rows[index.row()])
            return spoken(cell) if isinstance(cell, Name | Marks | State) else None  # what may be cut short
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None
