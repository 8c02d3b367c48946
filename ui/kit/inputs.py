"""Single-line inputs with something inside their edge: a sign, a unit, an eye; label and error round a field."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from ui.kit.buttons import IconButton
from ui.kit.words import Sign, Words
from ui.style import Role, look


class LineField(QLineEdit):
    """A line edit with room for pieces inside its left and right edge."""

    def __init__(self, words: str, placeholder: str = "", *, large: bool = False) -> None:
        super().__init__()
        self.setAccessibleName(words)
        self.setPlaceholderText(placeholder)
        if large:
            self.setProperty("high", "large")
        self._left: QWidget | None = None
        self._right: list[QWidget] = []

    def put_left(self, piece: QWidget) -> None:
        """A sign inside the left edge."""
        piece.setParent(self)
        self._left = piece
        self._place()

    def put_right(self, piece: QWidget) -> None:
        """A unit, a hint or a button inside the right edge, left of what is already there."""
        piece.setParent(self)
        self._right.append(piece)
        self._place()

    def set_wrong(self, wrong: bool) -> None:  # noqa: FBT001  # a Qt-like setter
        """Draw the edge in danger colour; the words stand under the field."""
        look.restyle(self, "wrong", "true" if wrong else "false")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._place()

    def _place(self) -> None:
        middle = self.height() // 2
        before = after = 0
        if self._left is not None:
            size = self._left.sizeHint()
            self._left.setGeometry(12, middle - size.height() // 2, size.width(), size.height())
            before = size.width() + 12
        edge = self.width() - 10
        for piece in self._right:
            if piece.isHidden():
                continue
            size = piece.sizeHint()
            edge -= size.width()
            piece.setGeometry(edge, middle - size.height() // 2, size.width(), size.height())
            edge -= 6
            after += size.width() + 6
        self.setTextMargins(before, 0, after, 0)


class SearchField(LineField):
    """A filter box: magnifier, clear button, `searched` 120 ms after the last sign; Esc empties it."""

    searched = Signal(str)

    def __init__(self, words: str, placeholder: str, *, sunken: bool = False, keys: str = "") -> None:
        super().__init__(words, placeholder)
        self.put_left(Sign("search", 18, "text3"))
        self._clear = IconButton("x", "清空", size=28)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.clicked.connect(self.clear)
        self.put_right(self._clear)
        self._keys = Words(keys, Role.HINT)
        self.put_right(self._keys)
        if sunken:
            self.setProperty("fill", "sunken")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(120)
        self._timer.timeout.connect(lambda: self.searched.emit(self.text().strip()))
        self.textChanged.connect(self._note)
        self._note_pieces()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)

    def _note(self) -> None:
        self._note_pieces()
        self._timer.start()

    def _note_pieces(self) -> None:
        self._clear.setVisible(bool(self.text()))
        self._keys.setVisible(not self.text() and bool(self._keys.text()))
        self._place()


class PasswordField(LineField):
    """A password: hidden, an eye to look at it, a word when caps lock seems to be on. Never in a clipboard."""

    capsLock = Signal(bool)
    """A letter came in the case that only caps lock gives; connect it to the hint beside the label."""

    def __init__(self, words: str = "密码", placeholder: str = "", *, large: bool = False) -> None:
        super().__init__(words, placeholder, large=large)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        # no input method: it would keep what is typed in its own memory
        self.setInputMethodHints(Qt.InputMethodHint.ImhHiddenText | Qt.InputMethodHint.ImhSensitiveData)
        self._eye = IconButton("eye", "显示密码", size=32)
        self._eye.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._eye.clicked.connect(self._toggle)
        self.put_right(self._eye)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        sign = event.text()
        if len(sign) == 1 and sign.isascii() and sign.isalpha():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.capsLock.emit(sign.isupper() != shifted)
        elif event.key() == Qt.Key.Key_CapsLock:
            self.capsLock.emit(False)
        super().keyPressEvent(event)

    def hide_again(self) -> None:
        """Back to dots, as after a sign-in attempt."""
        if self.echoMode() == QLineEdit.EchoMode.Normal:
            self._toggle()

    def _toggle(self) -> None:
        shown = self.echoMode() == QLineEdit.EchoMode.Normal
        self.setEchoMode(QLineEdit.EchoMode.Password if shown else QLineEdit.EchoMode.Normal)
        self._eye.say("eye" if shown else "eye-off", "显示密码" if shown else "隐藏密码")


class FieldError(QWidget):
    """The sentence under a field, with a sign; hidden while there is nothing wrong."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self._words = Words("", Role.HINT, ink="danger", wrap=True)
        sign = QVBoxLayout()
        sign.setContentsMargins(0, 2, 0, 0)  # onto the middle of the first line
        sign.addWidget(Sign("circle-alert", 16, "danger.text"))
        sign.addStretch(1)
        row.addLayout(sign)
        row.addWidget(self._words, 1)
        self.hide()

    def text(self) -> str:
        return "" if self.isHidden() else self._words.text()

    def say(self, text: str) -> None:
        """Show a sentence; an empty one hides it."""
        self._words.setText(text)
        self.setVisible(bool(text))


class Labelled(QWidget):
    """A field with its label above (a red star when required), a hint at the label's right, its error under it."""

    def __init__(self, label: str, field: QWidget, *, required: bool = False, hint: str = "") -> None:
        super().__init__()
        self.field = field
        self.error = FieldError()
        self.hint = Words(hint, Role.HINT)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(6)
        head = QHBoxLayout()
        head.setSpacing(4)
        self.label = Words(label, Role.LABEL)
        self.label.setBuddy(field)
        head.addWidget(self.label)
        if required:
            star = Words("*", Role.LABEL, ink="danger")
            star.setAccessibleName("必填")
            head.addWidget(star)
        head.addStretch(1)
        head.addWidget(self.hint)
        box.addLayout(head)
        box.addWidget(field)
        box.addWidget(self.error)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def say_wrong(self, text: str) -> None:
        """Show what is wrong; an empty text shows all is well."""
        self.error.say(text)
        if isinstance(self.field, LineField):
            self.field.set_wrong(bool(text))
        self.field.setAccessibleDescription(text)


class CapsHint(QWidget):
    """大写已锁定: shown while a password field suspects caps lock."""

    def __init__(self, field: PasswordField) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(Sign("info", 16, "warn.text"))
        row.addWidget(Words("大写已锁定", Role.HINT, ink="warn"))
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        field.capsLock.connect(self.setVisible)
        self.hide()
