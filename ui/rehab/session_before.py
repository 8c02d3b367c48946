"""训练前: values at rest, what is so today, the skin; what refuses or warns is said as it is typed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from PySide6.QtCore import Signal

from app.core.clock import local
from app.rehab.lists.attendance import symptoms
from app.rehab.lists.skin import skin_states
from app.rehab.queries.session_rows import Recorded, SessionSheetRow
from app.rehab.rules.stopping import REFUSE, WARN, Fired, Values
from app.rehab.training import Before
from app.rehab.training.beginning import found_before
from app.rehab.training.guarding import fired_words
from app.rehab.training.values import Rest, over
from ui.kit import Card, Labelled, LineField, OptionRow, Tag, Words
from ui.rehab.pick_chips import Asked, PickChips
from ui.rehab.session_values import ValuesRow
from ui.rehab.stops_tile import EFFECTS
from ui.style import Role, Tone

NAMES = ("bp", "hr", "spo2", "pain", "temp")
FINE = "可以"


class BeforeCard(Card):
    """`changed` with every edit; `entered` by Enter. After it began it is one line.

    `later`: it is written down afterwards, so that the values of then count and what forbids it wants words.
    """

    changed = Signal()
    entered = Signal()

    def __init__(self, zone: str) -> None:
        super().__init__("训练前")
        self._zone = zone
        self.sheet: SessionSheetRow | None = None
        self.later = False
        self.verdict = Tag("", Tone.NEUTRAL)
        self.head.addWidget(self.verdict)
        self.values = ValuesRow(NAMES)
        self.found, self.symptoms = PickChips("今天有没有"), PickChips("症状")
        self.skin = OptionRow(tuple((one.code, one.words) for one in skin_states().values()), low=True)
        self.despite = LineField("仍要训练的原因", "如 已电话请示医生，减量进行")
        self.told = Words("", Role.HINT, wrap=True)
        self.kept = Words("", Role.BODY, ink="text2", wrap=True)
        self._found = Asked("今天有没有（没有不用选）", self.found)
        self._symptoms = Asked("现在的症状（没有不用选）", self.symptoms)
        self._skin = Asked("治疗部位皮肤", self.skin, required=True)
        self._despite = Labelled("仍要训练，为什么", self.despite, required=True)
        self._asked = (self.values, self._skin, self._symptoms, self._found, self.told, self._despite)
        for piece in (*self._asked, self.kept):
            self.body.addWidget(piece)
        self.symptoms.show_choices((one.code, one.words) for one in symptoms())
        self._connect()

    # showing ------------------------------------------------------------------------------------------------------

    def show_sheet(self, sheet: SessionSheetRow) -> None:
        """What is asked of this session; what is typed stays."""
        self.sheet = sheet
        begun = sheet.recorded is not None or bool(sheet.cannot)
        item = sheet.guard.item
        for piece in (self.values, self._symptoms):
            piece.setVisible(not begun)
        self.body.setContentsMargins(20, *((10, 20, 10) if begun else (18, 20, 18)))
        self.body.setSpacing(4 if begun else 12)
        self.found.show_choices((one.code, one.words) for one in sheet.asked)
        self._found.setVisible(not begun and bool(sheet.asked))
        self._skin.setVisible(not begun and item is not None and item.skin_check)
        self.kept.setVisible(sheet.recorded is not None)
        if sheet.recorded is not None:
            self._show_kept(sheet.recorded)
        elif sheet.cannot:
            self.verdict.say("不能开始", Tone.NEUTRAL)
            self.told.say(sheet.cannot, "warn")
            self.told.show()
            self._despite.hide()
        else:
            self.values.know(_known(self.rest, self._zone))
            self.judge()

    def judge(self) -> None:
        """What fires by what is typed now, under each field and as one word at the head."""
        sheet = self.sheet
        if sheet is None or sheet.recorded is not None or sheet.cannot:
            return
        found = self.fired()
        self.values.show_fired(found, sheet.guard.rules, FINE)
        effects = {one.effect for one in found}
        mark = EFFECTS[REFUSE if REFUSE in effects else WARN if WARN in effects else ""]
        self.verdict.say(mark.text, mark.tone)
        said = [
            fired_words(one, sheet.guard)
            for one in found
            if one.effect == (REFUSE if REFUSE in effects else WARN)
        ]
        advice = [one.advice for one in found if one.effect == REFUSE and one.advice]
        words = "；".join(said)
        if REFUSE in effects and self.later:
            words = f"{words}：本来不能训练。已经做了，请写明当时为什么训练。"
        elif REFUSE in effects:
            words = f"{words}：不能开始训练，先报告医生。{'。'.join(dict.fromkeys(advice))}"
        self.told.say(words, "danger" if REFUSE in effects else "warn")
        self.told.setVisible(bool(words))
        self._despite.setVisible(bool(effects) if self.later else effects == {WARN})

    def fired(self) -> tuple[Fired, ...]:
        """What refuses or warns by what is typed now."""
        sheet = self.sheet
        if sheet is None:
            return ()
        said = self.said()
        broken = skin_states()[said.skin].means if said.skin else ""
        found = (*said.found, *((broken,) if broken else ()))
        return found_before(sheet.guard, over(self.rest.values, said.values), self.rest, found)

    @property
    def rest(self) -> Rest:
        """What counts as measured at rest."""
        if self.sheet is None:
            return Rest()
        return self.sheet.rest_then if self.later else self.sheet.rest

    # what is said -------------------------------------------------------------------------------------------------

    def said(self) -> Before:
        """As the act takes it."""
        values = over(self.values.values(), Values(symptoms=frozenset(self.symptoms.keys)))
        despite = self.despite.text().strip() if not self._despite.isHidden() else ""
        return Before(values, despite, self.found.keys, self.skin.key or "", self.values.confirmed)

    def check(self) -> bool:
        """Whether it can be sent; what cannot is said where it stands."""
        return self.values.check()

    def texts(self) -> dict[str, Any]:
        return {
            "values": self.values.texts(),
            "symptoms": list(self.symptoms.keys),
            "found": list(self.found.keys),
            "skin": self.skin.key or "",
            "despite": self.despite.text(),
        }

    def put(self, texts: dict[str, Any]) -> None:
        """What was typed before, or nothing."""
        self.values.put(texts.get("values", {}))
        self.symptoms.choose(texts.get("symptoms", ()))
        self.found.choose(texts.get("found", ()))
        self.skin.choose(texts.get("skin") or None)
        self.despite.setText(texts.get("despite", ""))
        for piece in (self._skin, self._despite):
            piece.say_wrong("")

    def show_refusal(self, field: str, text: str) -> bool:
        """A rule refused: said beside its input; False if it has none here."""
        when, _, name = field.partition(".")
        if when == "before":
            return self.values.say_wrong(name, text)
        if field == "despite":
            self._despite.show()
            self._despite.say_wrong(text)
            self.despite.setFocus()
        elif field == "skin_before":
            self._skin.show()
            self._skin.say_wrong(text)
            self.skin.button(next(iter(skin_states()))).setFocus()
        return field in ("despite", "skin_before")

    # inside -------------------------------------------------------------------------------------------------------

    def _show_kept(self, kept: Recorded) -> None:
        at = local(self._zone, kept.taken_at or kept.at)
        self.verdict.say(f"{at:%H:%M}", Tone.NEUTRAL)
        words = [*values_words(kept.before), *(one.words for one in kept.fired if one.effect == WARN)]
        skin = kept.skin.get("before", "")
        words += [f"皮肤{skin_states()[skin].words}"] if skin in skin_states() else []
        said = " · ".join(words) or "未测"
        self.kept.setText(f"{said}\n仍训练：{kept.overruled}" if kept.overruled else said)
        for piece in (self.told, self._despite, self._found, self._skin):
            piece.hide()

    def _connect(self) -> None:
        for signal in (self.values.changed, self.found.changed, self.symptoms.changed):
            signal.connect(self._edited)
        self.skin.group.buttonClicked.connect(self._edited)
        self.despite.textEdited.connect(lambda: self._despite.say_wrong(""))
        self.despite.textEdited.connect(self.changed)
        self.despite.returnPressed.connect(self.entered)
        for entered in (self.values.entered, self.found.entered, self.symptoms.entered):
            entered.connect(self.entered)

    def _edited(self) -> None:
        self._skin.say_wrong("")
        self.judge()
        self.changed.emit()


def values_words(values: Values) -> list[str]:
    """`血压 112/66`, `心率 72` …; symptoms by their words."""
    said = (
        [f"血压 {values.sbp:g}/{values.dbp:g}"] if values.sbp is not None and values.dbp is not None else []
    )
    named = (("心率 {:g}", values.hr), ("血氧 {:g}%", values.spo2), ("体温 {:g}", values.temp))
    said += [
        words.format(value)
        for words, value in (*named, ("RPE {:g}", values.rpe), ("疼痛 {:g}", values.pain))
        if value is not None
    ]
    known = {one.code: one.words for one in symptoms()}
    return [*said, *(known.get(code, code) for code in sorted(values.symptoms))]


def _known(rest: Rest, zone: str) -> dict[str, str]:
    """`07:10 已测 112/66`, for the fields that may stay empty."""
    values, at = rest.values, rest.at or {}

    def said(measure: str, text: str) -> str:
        moment: datetime | None = at.get(measure)
        return f"{local(zone, moment):%H:%M} {text}" if moment is not None else ""

    found = {
        name: said(name, f"{value:g}")
        for name in ("hr", "spo2", "pain", "temp")
        if (value := values.of(name)) is not None
    }
    if values.sbp is not None and values.dbp is not None:
        found["bp"] = said("sbp", f"{values.sbp:g}/{values.dbp:g}")
    return found
