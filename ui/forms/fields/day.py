"""A date: typed in any usual way (`1935-03-12`, `1935.3.12`, `19350312`), or picked from a calendar."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QToolButton, QVBoxLayout

from app.core.form import Field, Value, read_date
from ui.forms.fields.line import TextInput
from ui.kit import IconButton
from ui.style import look


class DayInput(TextInput):
    """Left, it shows the date in ISO form; Alt+Down opens the calendar."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        if not field.placeholder:
            self.setPlaceholderText("如 1935-03-12")
        self._open = IconButton("calendar", "选日期（Alt+↓）", size=32)
        self._open.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._open.clicked.connect(self.show_calendar)
        self.put_right(self._open)
        self._popup: CalendarPopup | None = None
        self.editingFinished.connect(self._tidy)

    def value(self) -> Value:
        day = read_date(self.text())
        return day.isoformat() if day else self.text().strip()

    def show_calendar(self) -> None:
        """Open the calendar under the field."""
        if self._popup is None:
            self._popup = CalendarPopup(self)
        self._popup.show_at(self.mapToGlobal(QPoint(0, self.height() + 4)), self.value())

    def take(self, day: QDate) -> None:
        """A day was picked."""
        self.setText(day.toString("yyyy-MM-dd"))
        self.edited.emit()
        self.left.emit()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.show_calendar()
            return
        super().keyPressEvent(event)

    def _tidy(self) -> None:
        day = read_date(self.text())
        if day is not None and self.text() != day.isoformat():
            self.setText(day.isoformat())


class CalendarPopup(QFrame):
    """The month; a click or Enter takes the day, Esc closes."""

    def __init__(self, owner: DayInput) -> None:
        super().__init__(owner, Qt.WindowType.Popup)
        self.setProperty("surface", "popup")
        self._owner = owner
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 8)
        self.calendar = QCalendarWidget()
        self.calendar.setLocale(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
        if owner.field.earliest is not None:
            self.calendar.setMinimumDate(_qdate(owner.field.earliest.isoformat()))
        if owner.field.latest is not None:
            self.calendar.setMaximumDate(_qdate(owner.field.latest.isoformat()))
        self.calendar.clicked.connect(self._take)
        self.calendar.activated.connect(self._take)
        box.addWidget(self.calendar)

    def show_at(self, place: QPoint, value: Value) -> None:
        """Show with the field's day marked."""
        self._dress()  # the theme may have changed since
        day = _qdate(value if isinstance(value, str) else "")
        if day.isValid():
            self.calendar.setSelectedDate(day)
        self.move(place)
        self.show()
        self.calendar.setFocus()

    def _dress(self) -> None:
        """Our own arrows, and weekends in the colour of every day: red would say danger."""
        plain = QTextCharFormat()
        plain.setForeground(look.colour("text"))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(day, plain)
        for name, icon in (
            ("qt_calendar_prevmonth", "chevron-left"),
            ("qt_calendar_nextmonth", "chevron-right"),
        ):
            arrow = self.calendar.findChild(QToolButton, name)
            if arrow is not None:
                look.set_icon(arrow, icon, 18)

    def _take(self, day: QDate) -> None:
        if not self.isVisible():
            return
        self.hide()
        self._owner.take(day)


def _qdate(text: str) -> QDate:
    return QDate.fromString(text, "yyyy-MM-dd")


def make(field: Field) -> DayInput:
    return DayInput(field)
