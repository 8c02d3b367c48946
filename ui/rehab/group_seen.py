"""What is seen of one member of a group: the skin where the item asks for it, and reactions, folded away until F."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.rehab.lists.attendance import reactions
from app.rehab.lists.skin import skin_states
from app.rehab.queries.session_rows import SessionSheetRow
from ui.kit import Button, Words
from ui.kit.pick_box import PickBox
from ui.rehab.pick_chips import PickChips
from ui.style import Role


class GroupSeen(QWidget):
    """`changed` by every edit; `entered` by Enter on a chip."""

    changed = Signal()
    entered = Signal()
    unfolded = Signal()
    """Its chips have come to light: whoever scrolls it shows them."""

    def __init__(self) -> None:
        super().__init__()
        self.skin = PickBox("治疗部位皮肤")
        self.skin.show_choices((("", "选皮肤"), *((one.code, one.words) for one in skin_states().values())))
        self.more = Button("反应 F", "link")
        self.chips = PickChips("反应")
        self.chips.show_choices((one.code, one.words) for one in reactions().values())
        self.error = Words("", Role.SMALL, ink="danger")
        self._skin_words = Words("皮肤", Role.HINT)
        self._asks_skin = False
        row = QHBoxLayout()
        row.setSpacing(10)
        for piece in (self._skin_words, self.skin, self.error):
            row.addWidget(piece)
        row.addStretch(1)
        row.addWidget(self.more)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addLayout(row)
        box.addWidget(self.chips)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.chips.hide()
        self.error.hide()
        self.skin.currentIndexChanged.connect(self._edited)
        self.chips.changed.connect(self._edited)
        self.chips.entered.connect(self.entered)
        self.more.clicked.connect(self.unfold)

    @property
    def means(self) -> tuple[str, ...]:
        """The contraindication that the skin is, as a single session counts it."""
        known = skin_states().get(self.skin.key) if self._asks_skin else None
        return (known.means,) if known is not None and known.means else ()

    def said(self) -> dict[str, Any]:
        """Skin and reactions as the act takes them."""
        return {"skin": self.skin.key if self._asks_skin else "", "reactions": self.chips.keys}

    def texts(self) -> dict[str, Any]:
        """As the draft keeps it."""
        return {"skin": self.skin.key, "reactions": list(self.chips.keys)}

    def put(self, texts: Mapping[str, Any]) -> None:
        self.skin.choose(str(texts.get("skin") or ""))
        self.chips.choose(texts.get("reactions", ()))
        self.chips.setVisible(bool(self.chips.keys))

    def show_sheet(self, sheet: SessionSheetRow, *, able: bool) -> None:
        """What is asked of this member; what is typed stays."""
        item = sheet.guard.item
        self._asks_skin = item is not None and item.skin_check
        for piece in (self._skin_words, self.skin):
            piece.setVisible(self._asks_skin)
        self.setVisible(able)

    def unfold(self) -> None:
        """F: the reactions, the keys in the first."""
        self.chips.show()
        self.chips.focus_part().setFocus(Qt.FocusReason.TabFocusReason)
        QTimer.singleShot(0, self, self.unfolded.emit)  # once they have their place

    def say_wrong(self, name: str, text: str) -> bool:
        """Whether the refusal belongs here; the cursor goes there."""
        if name.startswith("skin"):
            self.error.setText(text)
            self.error.show()
            self.skin.setFocus()
            return True
        if name == "reactions":
            self.error.setText(text)
            self.error.show()
            self.unfold()
            return True
        return False

    def _edited(self) -> None:
        self.error.hide()
        self.changed.emit()


def seen_words(sheet: SessionSheetRow) -> list[str]:
    """What was recorded of it: reactions, and the skin where it was not whole."""
    kept = sheet.recorded
    if kept is None:
        return []
    known, states = reactions(), skin_states()
    said = [known[code].words for code in kept.reactions if code in known]
    after = str(kept.skin.get("after", ""))
    return [*said, *([f"皮肤{states[after].words}"] if after in states else [])]
