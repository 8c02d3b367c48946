"""Asking in the guided round: opens under a row what it still needs, takes the answer, and goes on with the row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from app.core.errors import Refusal
from app.medication.bedside_lists import bedside_lists
from app.medication.giving.writing import SlotKey
from app.medication.queries import SlotRow
from app.vitals.catalogue import sign_of
from app.vitals.rules import Measured
from app.vitals.service import RecordSet
from ui.kit.errands import Errands
from ui.medication.guided_amount import AmountPanel
from ui.medication.guided_needs import Need, sign_asked, suggested_site, value_before
from ui.medication.guided_panels import ChoicePanel, Panel, ReasonPanel, SecondPanel, ValuePanel, WordsPanel
from ui.style import Tone

if TYPE_CHECKING:
    from ui.medication.guided_view import GuidedView


class Asking:
    """At most one panel is open; it belongs to a slot, or (`slot` None) stands above all rows."""

    def __init__(self, view: GuidedView) -> None:
        self._view = view
        self.panel: Panel | None = None
        self.slot: SlotKey | None = None
        self._second = ""

    def ask(self, slot: SlotRow, need: Need) -> None:
        """Open the panel for what a row needs."""
        asks = {
            Need.BLOCKED: lambda: self.ask_reason((slot,), None),
            Need.VALUE: lambda: self.ask_value(slot),
            Need.HOLD: lambda: self._view.bench.notice.say(
                f"{slot.words}：数值低于规定。按 H 按规则暂停，V 复测，G 仍要给。", Tone.ORANGE
            ),
            Need.ALERT: lambda: self._ask_words(slot, "despite"),
            Need.LATE: lambda: self._ask_words(slot, "late"),
            Need.SITE: lambda: self._ask_site(slot),
            Need.SWALLOW: lambda: self.ask_swallow((slot,)),
            Need.SECOND: lambda: self._ask_second(slot),
        }
        asks[need]()

    def ask_value(self, slot: SlotRow | None = None) -> None:
        """V: a value is measured now, for the row under the cursor."""
        view = self._view
        if slot is None:
            entry = view.list.current
            slot = entry.slot if entry is not None and view.giving.ready() else None
        if slot is None or view.row is None:
            return
        sign = sign_asked(slot, view.row)
        if not sign:
            view.bench.notice.say(f"{slot.words} 没有规定给药前测量。体征请到“体征”页录入。", seconds=8)
            return
        need_scale = any(one.what == "scale" for one in slot.prompts)
        before = value_before(view.row, sign, view.zone)
        panel = ValuePanel(sign, view.row.age, before, may_skip=not need_scale)
        panel.answered.connect(lambda measured: self._measured(slot, measured))
        self._open(slot.key, panel)

    def ask_reason(self, slots: tuple[SlotRow, ...], chosen: int | None) -> None:
        """Why these were not given."""
        several = f"{len(slots)} 种都没有给：" if len(slots) > 1 else ""
        panel = ReasonPanel(f"{several}为什么没有给？", chosen)
        panel.answered.connect(lambda said: self._not_given(slots, said[0], said[1]))
        self._open(slots[0].key if len(slots) == 1 else None, panel)

    def ask_amount(self, slot: SlotRow) -> None:
        """P: only a part of it was given."""
        if not slot.dose:
            self._view.bench.notice.say(f"{slot.words} 的剂量要先测血糖。", seconds=8)
            return
        panel = AmountPanel(slot.dose, slot.dose.partition(" ")[2])
        panel.answered.connect(lambda amount: self._go_on(slot.key, amount=amount))
        self._open(slot.key, panel)

    def ask_swallow(self, slots: tuple[SlotRow, ...]) -> None:
        """How swallowing was watched; one answer for the medicines that go together."""
        row = self._view.row
        if row is None:
            return
        checks = bedside_lists().checks
        title = f"{row.name}（{row.watch}）：服药时怎样看护？"
        panel = ChoicePanel(title, list(enumerate(checks, 1)), chosen=1, columns=3, tone=Tone.ORANGE)
        panel.answered.connect(lambda number: self._swallowed(slots, checks[number - 1]))
        self._open(slots[0].key if len(slots) == 1 else None, panel)

    def drop(self) -> None:
        """Esc: nothing was said."""
        panel, self.panel = self.panel, None
        self._view.walk.asking(panel=False)
        if panel is None:
            return
        entry = self._view.list.entry(self.slot) if self.slot is not None else None
        if entry is not None:
            entry.close_panel()
        elif self._view.list.top is panel:
            self._view.list.show_top(None)
        self.slot = None
        self._view.showing.take_keys()

    def forget(self) -> None:
        """The rows it stood under are gone."""
        self.panel, self.slot = None, None
        self._view.walk.asking(panel=False)
        self._view.list.show_top(None)

    # inside -------------------------------------------------------------------------------------------------------

    def _open(self, slot: SlotKey | None, panel: Panel) -> None:
        self.drop()
        self.panel, self.slot = panel, slot
        entry = self._view.list.entry(slot) if slot is not None else None
        if entry is not None:
            entry.open_panel(panel)
            self._view.list.go_to(slot)
        else:
            self._view.list.show_top(panel)
        self._view.showing.panel(panel)

    def _ask_words(self, slot: SlotRow, field: str) -> None:
        lists = bedside_lists()
        titles = {
            "late": ("已过给药时间，为什么迟给？", lists.late),
            "alone": ("没有第二人核对的原因（下一班补签）", lists.alone),
            "despite": ("为什么仍要给？", lists.despite),
        }
        title, choices = titles[field]
        said = getattr(self._view.giving.of(slot.key), field)
        panel = WordsPanel(title, choices, said, Tone.VIOLET if field == "alone" else Tone.ORANGE)
        panel.answered.connect(lambda words: self._go_on(slot.key, **{field: words}))
        self._open(slot.key, panel)

    def _ask_site(self, slot: SlotRow) -> None:
        row = self._view.row
        if row is None:
            return
        last = row.sites.get(slot.route_code)
        title = f"部位（上次 {last.site}）" if last is not None else "部位"
        chosen = slot.sites.index(suggested_site(slot, row)) + 1
        panel = ChoicePanel(title, list(enumerate(slot.sites, 1)), chosen=chosen, columns=4, tone=Tone.INFO)
        panel.answered.connect(lambda number: self._go_on(slot.key, site=slot.sites[number - 1]))
        self._open(slot.key, panel)

    def _ask_second(self, slot: SlotRow) -> None:
        site = self._view.giving.of(slot.key).site
        what = "　".join(part for part in (slot.words, slot.dose, slot.route, site) if part)
        panel = SecondPanel(f"请第二位护士独立核对：{what}", self._second)
        panel.answered.connect(lambda said: self._seconded(slot, panel, said))
        self._open(slot.key, panel)

    def _go_on(self, key: SlotKey, **said: str) -> None:
        """An answer came: keep it, close the panel, go on with the row."""
        self.drop()
        self._view.giving.answer(key, **said)
        slot = self._slot(key)
        if slot is not None:
            self._view.giving.attend(slot)

    def _slot(self, key: SlotKey) -> SlotRow | None:
        row = self._view.row
        return next((one for one in row.slots if one.key == key), None) if row is not None else None

    def _swallowed(self, slots: tuple[SlotRow, ...], check: str) -> None:
        self.drop()
        for slot in slots:
            self._view.giving.answer(slot.key, swallowed=check)
        if len(slots) == 1 and not slots[0].ready:
            self._view.giving.attend(slots[0])
        else:
            self._view.giving.space()

    def _not_given(self, slots: tuple[SlotRow, ...], number: int, note: str) -> None:
        row, panel, giving = self._view.row, self.panel, self._view.giving
        if row is None or panel is None:
            return

        async def record() -> None:
            try:
                await giving.not_given(row, slots, number, note)
            except Refusal as refusal:
                panel.refuse(refusal.text)
                self._view.refresh()

        giving.start(record)

    def _measured(self, slot: SlotRow, measured: Measured | None) -> None:
        """None: it was not measured, and shall be given nevertheless."""
        if measured is None:
            self._ask_words(slot, "despite")
            return
        self._view.giving.start(lambda: self._record(slot.resident, measured))

    async def _record(self, resident: UUID, measured: Measured) -> None:
        view, panel = self._view, self.panel
        try:
            await view.errands.do(RecordSet(resident, view.bench.desk.clock.now(), (measured,)))
        except Refusal as refusal:
            if panel is not None:
                panel.refuse(refusal.text)
            return
        self.drop()
        view.bench.notice.done(f"{sign_of(measured.code).words}已记录，正在重新核对。")
        view.refresh()

    def _seconded(self, slot: SlotRow, panel: SecondPanel, said: tuple[str, str] | None) -> None:
        if said is None:
            self._ask_words(slot, "alone")
            return
        self._view.giving.start(lambda: self._prove(slot, panel, *said))

    async def _prove(self, slot: SlotRow, panel: SecondPanel, number: str, secret: str) -> None:
        view, station, row = self._view, self._view.bench.station, self._view.row
        if row is None:
            return
        panel.sure.set_busy(True)
        try:
            proof = await station.aside(station.prove, number, secret)
            said = replace(view.giving.of(slot.key), second=proof)
            self._second = number
            await view.giving.give_checked(row, slot, said)
        except Refusal as refusal:
            if self.panel is panel:
                panel.say_refused(refusal.field or "", refusal.text)
            else:
                Errands.late(refusal.text)
        finally:
            if self.panel is panel:
                panel.sure.set_busy(False)
