"""What the form does while a person types: fills in from the ID number, says who is here already."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from app.core.form import Form
from app.residents.form import SOME, UNKNOWN, resident_form
from app.residents.form_checks import Live, id_card
from app.residents.forms import ResidentForm
from app.residents.queries import Alike, AlreadyHere
from app.residents.rules import read_place
from ui.forms import FormView
from ui.kit.view import View

ASK_AFTER_MS = 200


class FormPartner(QObject):
    """Lives beside one form view. Sentences that stop are checks of the form; hints beside labels stop nobody."""

    namesakes = Signal(str)
    """Who is here under the same name or one that sounds the same, as a sentence; empty for nobody."""

    def __init__(self, view: View, today: Callable[[], date]) -> None:
        super().__init__(view)
        self._view = view
        self._said: dict[tuple[str, str], str] = {}
        self._form: FormView | None = None
        self._own: UUID | None = None
        self._card = ""
        self.live = Live(today(), self._typed, self._said)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(ASK_AFTER_MS)
        self._timer.timeout.connect(self.ask_now)

    def make(self, base: ResidentForm | None) -> Form:
        """The form as data, with checks that know the other fields and the house."""
        return resident_form(self.live, base)

    def sit_by(self, form: FormView, own: UUID | None) -> None:
        """Turn to a form view; `own` is the resident being edited."""
        self._form, self._own = form, own
        self._said.clear()
        card = id_card(self.live)
        self._card = card.number if card else ""
        form.changed.connect(self._hear)
        self.ask_now()

    def ask_now(self) -> None:
        """Ask the house about what is typed now."""
        self._view.errands.start("who is here already", self._ask, replace=True)

    # inside -------------------------------------------------------------------------------------------------------

    def _typed(self, key: str) -> str:
        value = self._form.draft().get(key, "") if self._form is not None else ""
        return value if isinstance(value, str) else ""

    def _hear(self) -> None:
        form = self._form
        if form is None or self.sender() is not form:
            return
        card = id_card(self.live)
        if card is not None and card.number != self._card:
            form.set_values({"birth_date": card.birth_date.isoformat(), "sex": card.sex})
        self._card = card.number if card else ""
        if self._typed("allergies").strip() and self._typed("allergy") in ("", UNKNOWN):
            form.set_values({"allergy": SOME})
        for key in ("sex", "birth_date", "allergy"):
            if form.error(key):
                form.judge(key)
        self._timer.start()

    async def _ask(self) -> None:
        form = self._form
        if form is None:
            return
        place = read_place(bed=self._typed("bed")) if self._typed("bed").strip() else None
        card = id_card(self.live)
        question = AlreadyHere(
            name=self._typed("name"),
            id_type=self._typed("id_type"),
            id_number=card.number if card else self._typed("id_number").strip().upper(),
            bed=place.label if place else "",
            own=self._own,
        )
        here = await self._view.errands.ask(question)
        if form is not self._form:
            return
        if here.by_id is not None:
            words = f"这个号码已登记为 {_who(here.by_id)}，不会建两份。"
            self._said["id_number", question.id_number] = words
        if here.in_bed is not None:
            self._said["bed", question.bed] = (
                f"{question.bed} 已经住着 {here.in_bed.name}（{here.in_bed.number}）。"
            )
        for key in ("id_number", "bed"):
            form.judge(key)
        form.note("bed", _place_words(place.floor, place.label) if place else "")
        alike = "；".join(_who(one) for one in here.namesakes)
        self.namesakes.emit(f"已有同名或同音的老人：{alike}。请核对是不是同一位。" if alike else "")


def _who(one: Alike) -> str:
    parts = (one.name, one.number, f"{one.birth_date.year} 年生" if one.birth_date else "", one.bed)
    return " ".join(part for part in parts if part)


def _place_words(floor: str, label: str) -> str:
    return f"{label}（{floor}）" if floor else label
