"""What the form does while a person types: fills in from the ID number, says who is here already."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from app.core.form import Form
from app.residents.carers import CarersRow
from app.residents.form import contacts_in, resident_form
from app.residents.form_checks import Live, guardian_note, paper_of
from app.residents.form_fields import SOME, UNKNOWN
from app.residents.forms import ResidentForm
from app.residents.queries import Alike, AlreadyHere
from app.residents.rules import doubt_archive_number, read_place
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

    def know(self, carers: CarersRow, names: Mapping[UUID, str]) -> None:
        """Who can be chosen as nurse and doctor; `names` of who was chosen before."""
        self.live = replace(self.live, carers=carers, names=names)

    def make(self, base: ResidentForm | None) -> Form:
        """The form as data, with checks that know the other fields and the house."""
        return resident_form(self.live, base)

    def sit_by(self, form: FormView, own: UUID | None) -> None:
        """Turn to a form view; `own` is the resident being edited."""
        self._form, self._own = form, own
        self._said.clear()
        paper = paper_of(self.live)
        self._card = paper.number if paper else ""
        form.changed.connect(self._hear)
        self._note()
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
        paper = paper_of(self.live)
        if paper is not None and paper.number != self._card:
            said = {
                "birth_date": paper.birth_date.isoformat() if paper.birth_date else "",
                "sex": paper.sex,
            }
            form.set_values({key: value for key, value in said.items() if value})
        self._card = paper.number if paper else ""
        if self._typed("allergies").strip() and self._typed("allergy") in ("", UNKNOWN):
            form.set_values({"allergy": SOME})
        for key in ("sex", "birth_date", "allergy", "id_number"):
            if form.error(key):
                form.judge(key)
        if "监护人" in form.error("contact1_powers") and not self._guardian_note():
            form.set_values({"contact1_powers": form.draft()["contact1_powers"]})
        self._note()
        self._timer.start()

    def _note(self) -> None:
        """What stops nobody while it is typed: a minor without a guardian, a health record of an odd length."""
        if self._form is not None:
            self._form.note("contact1_powers", self._guardian_note(), "danger")
            self._form.note("archive_number", doubt_archive_number(self._typed("archive_number")))

    def _guardian_note(self) -> str:
        values = self._form.draft() if self._form is not None else {}
        return guardian_note(self.live, self._typed("birth_date"), contacts_in(values))

    async def _ask(self) -> None:
        form = self._form
        if form is None:
            return
        place = read_place(bed=self._typed("bed")) if self._typed("bed").strip() else None
        paper = paper_of(self.live)
        question = AlreadyHere(
            name=self._typed("name"),
            id_type=self._typed("id_type"),
            id_number=paper.number if paper else self._typed("id_number").strip().upper(),
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
