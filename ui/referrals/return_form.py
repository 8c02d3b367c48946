"""The form of a return at the left: what came with the person, what the letter says; typed once, kept as typed."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.core.blobs import NEW_PHOTO
from app.core.form import Value
from app.referrals.coming_back import ReturnForm, ReturnWhole
from app.referrals.coming_back.asking import RECORDED
from app.referrals.coming_back.fields import (
    AT,
    BED,
    PHOTOS,
    REASON,
    WHY_ELSE,
    moment_value,
    read_return,
    return_fields,
    return_values,
)
from ui.forms import FormView
from ui.forms.fields.photos import NEW_PDF
from ui.kit import Button, Card, Foot, Notice, ScrollBody, Words
from ui.kit.guarded import GuardedButton
from ui.kit.view import View
from ui.style import Role, Tone

_MEANT = {"time": AT, "day": AT, "at": AT, "partner": "hospital", "photo": PHOTOS}
"""Fields a refusal names, and where they are asked here."""


class ReturnFormCard(Card):
    """`edited` with each key; `wanted` asks for the bytes of a photo, `opened` for it to be shown.

    Acts stand in the foot: `save`, `discard`.
    """

    edited = Signal()
    wanted = Signal(str)
    opened = Signal(str)

    def __init__(self, view: View, save: GuardedButton) -> None:
        super().__init__(flush=True)
        self._view = view
        self.form: FormView | None = None
        self.shown: dict[str, Value] = {}
        self.save = save
        self.discard = Button("不要这份草稿", "link")
        self.said = Notice()
        self.kept = Words("", Role.HINT)
        self.title = Words("返院登记", Role.CARD_TITLE)
        self.hint = Words("", Role.HINT)
        self._lay_out()

    # what it shows ------------------------------------------------------------------------------------------------

    def begin(
        self, whole: ReturnWhole, today: date, hospitals: tuple[str, ...], beds: tuple[str, ...] | None
    ) -> None:
        """The form of this stage, with what is known."""
        self._forget()
        recorded = whole.stage == RECORDED
        asked = return_fields(today, hospitals, beds, whole)
        form = self.form = FormView(asked, two_from=520)
        form.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        photos = form.input(PHOTOS)
        photos.wanted.connect(self.wanted)  # type: ignore[attr-defined]  # the input of photos asks for them
        photos.opened.connect(self.opened)  # type: ignore[attr-defined]  # the same
        form.set_values(self._known(whole))
        self.shown = form.draft()
        self._ask_reason()
        self._body.insertWidget(0, form)
        form.changed.connect(self._changed)
        self.title.setText("回转单" if recorded else "返院登记")
        self.said.clear()
        self.discard.hide()
        self.kept.setText("")

    def put_back(self, content: Mapping[str, Any], when: str) -> None:
        """What was typed and not saved."""
        if self.form is None:
            return
        said = {key: tuple(one) if isinstance(one, list) else one for key, one in content["values"].items()}
        self.form.set_values(said)
        self._ask_reason()
        self.said.say(f"已放回 {when} 没有保存的内容，核对后再保存。", Tone.INFO)
        self.discard.show()

    def content(self) -> dict[str, Any]:
        """What is typed, for the draft. A new PDF stays out: each key would write it again."""
        values = self.form.draft() if self.form is not None else {}
        return {
            "values": values | {PHOTOS: [one for one in self._photos(values) if not one.startswith(NEW_PDF)]}
        }

    @property
    def dirty(self) -> bool:
        """Whether something is typed that was not saved."""
        return self.form is not None and self.form.draft() != self.shown

    def read(self, partners: Mapping[str, UUID]) -> ReturnForm:
        """What is typed, as it is kept."""
        return read_return(self.values(), partners)

    def values(self) -> dict[str, Value]:
        return self.form.values() if self.form is not None else {}

    def photos(self) -> tuple[list[bytes], list[str]]:
        """New ones, and kept ones that were taken away."""
        now, before = self._photos(self.values()), self._photos(self.shown)
        fresh = [base64.b64decode(one.partition(",")[2]) for one in now if one.startswith(NEW_PHOTO)]
        return fresh, [one for one in before if one not in now]

    def show_photo(self, name: str, content: bytes) -> None:
        if self.form is not None:
            self.form.input(PHOTOS).show_photo(name, content)  # type: ignore[attr-defined]  # the input of photos

    # keys and errors ----------------------------------------------------------------------------------------------

    def show_refusal(self, field: str, text: str) -> bool:
        """A rule refused a value; the field may be called otherwise here."""
        return self.form is not None and self.form.show_refusal(_MEANT.get(field, field), text)

    def focus_on(self, field: str) -> None:
        if self.form is not None:
            self.form.focus_on(field)

    def choose(self, number: int) -> bool:
        """The n-th way of coming back, while the cursor is at it; then the first text is typed."""
        form = self.form
        if form is None:
            return False
        row = form.input("came_with")
        if not row.isAncestorOf(form.focusWidget() or form):
            return False
        choices = next(one for one in form.form.fields if one.key == "came_with").choices
        if number <= len(choices):
            row.button(choices[number - 1].key).click()  # type: ignore[attr-defined]  # a row of options
            form.focus_on("diagnoses" if choices[number - 1].key != "none" else "hospital")
        return True

    # inside -------------------------------------------------------------------------------------------------------

    def _known(self, whole: ReturnWhole) -> dict[str, Value]:
        zone, now = self._view.bench.station.settings.zone, self._view.bench.desk.clock.now()
        files = whole.row.files if whole.row is not None else ()
        known: dict[str, Value] = {**return_values(whole.offered), PHOTOS: tuple(one.sha256 for one in files)}
        return known | {AT: moment_value(zone, whole.back_at or now), BED: ""}

    def _changed(self) -> None:
        self._ask_reason()
        self.edited.emit()

    def _ask_reason(self) -> None:
        """Why is asked once something that was said reads otherwise."""
        form = self.form
        if form is None or not any(one.key == REASON for one in form.form.fields):
            return
        now = form.draft()
        otherwise = any(
            was and now.get(key) != was
            for key, was in self.shown.items()
            if key not in (PHOTOS, REASON, WHY_ELSE)
        )
        asked = {one.key for one in form.form.fields} - (set() if otherwise else {REASON, WHY_ELSE})
        form.ask_only(asked)

    @staticmethod
    def _photos(values: Mapping[str, Value]) -> tuple[str, ...]:
        said = values.get(PHOTOS, ())
        return said if isinstance(said, tuple) else ()

    def _forget(self) -> None:
        if self.form is not None:
            self.form.hide()
            self.form.deleteLater()
        self.form = None

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(20, 16, 20, 10)
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.hint)
        self.body.addLayout(head)
        inside = ScrollBody((20, 4, 20, 20), 14)
        inside.body.addWidget(self.said)
        holder = QWidget()
        self._body = QVBoxLayout(holder)
        self._body.setContentsMargins(0, 0, 0, 0)
        inside.body.addWidget(holder)
        inside.body.addStretch(1)
        self.body.addWidget(inside, 1)
        foot = Foot()
        for piece in (self.kept, self.discard):
            foot.row.addWidget(piece)
        foot.row.addStretch(1)
        foot.row.addWidget(self.save)
        self.body.addWidget(foot)
