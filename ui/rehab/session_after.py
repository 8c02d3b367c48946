"""训练后: values, the dose that was done, goals, skin, attendance, reactions and the note of one session."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.rehab.lists.attendance import attendances, reactions, reasons_of
from app.rehab.lists.skin import skin_states
from app.rehab.queries.session_rows import Recorded, SessionSheetRow
from app.rehab.rules.stopping import STOP, Values
from app.rehab.training import SessionForm
from app.rehab.training.forms import DONE, PARTLY
from app.rehab.training.guarding import fired_words
from app.rehab.training.values import over
from app.residents.stating import Seen
from ui.kit import Card, ChipRow, Labelled, LineField, OptionRow, Words
from ui.kit.pick_box import PickBox
from ui.rehab.pick_chips import Asked, PickChips
from ui.rehab.session_dose import DoseInputs
from ui.rehab.session_goals import GoalInputs
from ui.rehab.session_soap import SoapBox
from ui.rehab.session_values import ValuesRow
from ui.style import Role

NAMES = ("rpe", "bp", "hr", "spo2", "pain")


class AfterCard(Card):
    """`changed` with every edit; `entered` by Enter in any of its lines."""

    changed = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__("训练后")
        self.sheet: SessionSheetRow | None = None
        self._reason_of: Seen | None = None
        self.values, self.dose, self.goals, self.soap = (
            ValuesRow(NAMES),
            DoseInputs(),
            GoalInputs(),
            SoapBox(),
        )
        self.told = Words("", Role.HINT, wrap=True)
        self.skin = OptionRow(tuple((one.code, one.words) for one in skin_states().values()), low=True)
        held = [one for one in attendances().values() if one.held]
        self.attendance = ChipRow(tuple((one.code, one.words) for one in held))
        self.why, self.why_words = PickBox("原因", 180), LineField("说明", "可补充")
        self.reactions = PickChips("反应")
        self.note = LineField("备注", "没有可不填")
        self._dose = Asked("实际完成的剂量（按处方带出，可改）", self.dose)
        self._goals = Asked("目标（今天做到多少，没测不填）", self.goals)
        self._skin = Asked("治疗后皮肤", self.skin, required=True)
        self._why, self._said = QWidget(), QHBoxLayout()
        self._reason = Asked("没有全部完成的原因", self._why, required=True)
        self._reactions = Asked("反应（没有不用选）", self.reactions)
        self._lay_out()
        self._connect()

    def show_sheet(self, sheet: SessionSheetRow) -> None:
        """What is asked of this session; what is typed stays."""
        self.sheet = sheet
        item = sheet.guard.item
        self.dose.show_fields(sheet.fields, item)
        self._dose.setVisible(bool(sheet.fields))
        self.goals.show_goals(sheet.goals)
        self._goals.setVisible(bool(sheet.goals))
        self._skin.setVisible(item is not None and item.skin_check)
        phrases = item.phrases if item is not None else ()
        last = sheet.last[0].soap if sheet.last else {}
        self.soap.show_phrases(sheet.line.discipline, last, phrases)
        if sheet.recorded is not None and sheet.recorded.wanting:
            self.attendance.choose(PARTLY)
            if self._reason_of != sheet.recorded.seen:  # once: what is chosen after stays
                self.why.choose(sheet.recorded.why)
                self._reason_of = sheet.recorded.seen
        self.judge()

    def judge(self) -> None:
        """What the values say, and whether a reason is asked."""
        partly = self.attendance.key == PARTLY
        wanting = self.sheet is not None and self.sheet.recorded is not None and self.sheet.recorded.wanting
        self._reason.setVisible(partly)
        self.attendance.setEnabled(not wanting)
        if self.sheet is None:
            return
        before = (
            self.sheet.recorded.before if self.sheet.recorded is not None else self.sheet.rest_then.values
        )
        said = self.values.values()
        guard = self.sheet.guard
        found = (
            *guard.during(before, Values(rpe=said.rpe)),
            *guard.after(before, Values(said.sbp, said.dbp, said.hr, said.spo2, pain=said.pain)),
        )
        self.values.show_fired(found, guard.rules, "可以")
        stops = [one for one in found if one.effect == STOP]
        words = "；".join(fired_words(one, guard) for one in found)
        self.told.say(
            f"{words}{'：保存后记为部分完成' if stops else '：请休息后复测'}" if words else "", "danger"
        )
        self.told.setVisible(bool(words))

    # what is said -------------------------------------------------------------------------------------------------

    def form(self, during: Values, ended: datetime | None) -> SessionForm:
        """As the act takes it; `during` what was typed while it ran and not noted."""
        said = self.values.values()
        return SessionForm(
            attendance=self.attendance.key,
            why=self.why.key if self.attendance.key == PARTLY else "",
            why_words=self.why_words.text().strip() if self.attendance.key == PARTLY else "",
            during=over(during, Values(rpe=said.rpe)),
            after=Values(said.sbp, said.dbp, said.hr, said.spo2, pain=said.pain),
            dose=self.dose.dose(),
            reactions=self.reactions.keys,
            soap=self.soap.texts(),
            skin=self.skin.key or "",
            goals=self.goals.values(),
            note=self.note.text().strip(),
            ended=ended,
        )

    def check(self) -> bool:
        return self.values.check() and self.goals.check()

    def texts(self) -> dict[str, Any]:
        return {
            "values": self.values.texts(),
            "dose": self.dose.dose(),
            "skin": self.skin.key or "",
            "goals": self.goals.texts(),
            "attendance": self.attendance.key,
            "why": self.why.key,
            "why_words": self.why_words.text(),
            "reactions": list(self.reactions.keys),
            "soap": self.soap.texts(),
            "note": self.note.text(),
        }

    def put(self, texts: dict[str, Any]) -> None:
        """What was typed before, or what the prescription says."""
        self.values.put(texts.get("values", {}))
        prescribed = self.sheet.prescribed if self.sheet is not None else {}
        self.dose.put(texts.get("dose", prescribed))
        self.skin.choose(texts.get("skin") or None)
        self.goals.put(texts.get("goals", {}))
        self.attendance.choose(texts.get("attendance") or DONE)
        self.why.choose(texts.get("why", ""))
        self.why_words.setText(texts.get("why_words", ""))
        self.reactions.choose(texts.get("reactions", ()))
        self.soap.put(texts.get("soap", {}))
        self.note.setText(texts.get("note", ""))
        for piece in (self._skin, self._reason, self._reactions):
            piece.say_wrong("")
        self.judge()

    def put_recorded(self, kept: Recorded) -> None:
        """What was recorded, to be corrected."""
        after = over(kept.after, Values(rpe=kept.during.rpe))
        self.put(
            {
                "dose": dict(kept.dose),
                "skin": kept.skin.get("after", ""),
                "goals": {str(goal): f"{value:g}" for goal, value in kept.goals.items()},
                "attendance": kept.attendance,
                "why": kept.why,
                "why_words": kept.why_words,
                "reactions": kept.reactions,
                "soap": dict(kept.soap),
                "note": kept.note,
            }
        )
        self.values.put_values(after)
        self.judge()

    def show_refusal(self, field: str, text: str) -> bool:
        """A rule refused: said beside its input; False if it has none here."""
        when, _, name = field.partition(".")
        if when in ("after", "during"):
            return self.values.say_wrong(name, text)
        if when == "dose":
            return self.dose.say_wrong(name, text)
        if when == "goal":
            return self.goals.say_wrong(name, text)
        place = {
            "skin_after": (self._skin, self.skin.button(next(iter(skin_states())))),
            "why": (self._reason, self.why),
            "why_words": (self._reason, self.why_words),
            "reactions": (self._reactions, self.reactions.focus_part()),
        }.get(field)
        if place is not None:
            labelled, widget = place
            labelled.show()
            labelled.say_wrong(text)
            widget.setFocus()
        return place is not None

    # inside -------------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        row = QHBoxLayout(self._why)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        self.why.show_choices((("", "请选择"), *((one.code, one.words) for one in reasons_of(PARTLY))))
        row.addWidget(self.why)
        row.addWidget(self.why_words, 1)
        self.reactions.show_choices((one.code, one.words) for one in reactions().values())
        pieces = (
            self.values,
            self.told,
            Labelled("完成情况", self.attendance),
            self._reason,
            self._skin,
            self._dose,
            self._goals,
            self.soap,
            self._reactions,
            Labelled("备注", self.note),
        )
        self.body.setSpacing(14)
        for piece in pieces:
            self.body.addWidget(piece)

    def _connect(self) -> None:
        for signal in (self.values.changed, self.dose.changed, self.goals.changed, self.soap.changed):
            signal.connect(self._edited)
        self.reactions.changed.connect(self._edited)
        for buttons in (self.attendance.group, self.skin.group):
            buttons.buttonClicked.connect(self._edited)
        self.why.currentIndexChanged.connect(self._edited)
        for line in (self.why_words, self.note):
            line.textEdited.connect(self._edited)
            line.returnPressed.connect(self.entered)
        for piece in (self.values, self.dose, self.goals, self.soap, self.reactions):
            piece.entered.connect(self.entered)

    def _edited(self) -> None:
        for piece in (self._skin, self._reason, self._reactions):
            piece.say_wrong("")
        self.judge()
        self.changed.emit()
