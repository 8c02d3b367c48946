"""The sheets of what follows doses: the effect, the end of an infusion, a countersignature, a matter decided."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from app.core.errors import Refusal, Trouble
from app.medication.following import DecideMatter, FollowRow
from app.medication.following.matters import CONTRADICTION, DOUBLE
from app.medication.giving import Countersign, EndInfusion, RecordEffect
from app.medication.giving.after import EFFECTS
from ui.kit import Key, Labelled, LineField, OptionRow, Sheet, Words, bind, errand
from ui.kit.errands import Errands
from ui.kit.proof_sheet import ProofSheet
from ui.style import Role

if TYPE_CHECKING:
    from ui.kit.view import View


class _WordsSheet(Sheet):
    """One line of words; a refusal stands beside it."""

    def __init__(self, view: View, row: FollowRow, title: str, label: str, hint: str) -> None:
        super().__init__(view, f"{row.name} · {row.medicine}：{title}", "\n".join(row.told), width=560)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.view, self.row = view, row
        self.words = LineField(label, hint)
        self.labelled = Labelled(label, self.words)
        self.errands = Errands(view.bench.desk, self, notice=self.notice)
        self.words.textEdited.connect(lambda: self.labelled.say_wrong(""))
        self.done_with.connect(self.save)
        bind(self, Key("Ctrl+Return", "保存", self.save))

    def save(self) -> None:
        raise NotImplementedError

    def wrong(self, refusal: Refusal) -> None:
        """Beside the words if it is about them."""
        if refusal.field in ("words", "at"):
            self.labelled.say_wrong(refusal.text)
            self.words.setFocus()
        else:
            self.notice.refused(refusal.text)


class EffectSheet(_WordsSheet):
    """How a PRN dose worked: a digit chooses, words say more."""

    def __init__(self, view: View, row: FollowRow) -> None:
        super().__init__(view, row, "用药后效果", "情况", "如：NRS 1 分；没有好转写明处理")
        numbered = tuple((key, f"{place} {words}") for place, (key, words) in enumerate(EFFECTS.items(), 1))
        self.effect = OptionRow(numbered)
        self.body.addWidget(self.effect)
        self.body.addWidget(self.labelled)
        self.offer("保存")
        for place, key in enumerate(EFFECTS, 1):
            bind(self, Key(str(place), EFFECTS[key], partial(self._choose, key)))
        self.effect.setFocus()

    @errand
    async def save(self) -> None:
        if self.row.seen is None:
            return
        try:
            order = RecordEffect(self.row.seen, self.effect.key or "", self.words.text())
            await self.errands.do(order, busy=self.main)
        except Refusal as refusal:
            self.wrong(refusal)
            return
        self.view.bench.notice.done(f"{self.row.name} {self.row.medicine}：效果已记录。")
        self.accept()

    def _choose(self, key: str) -> None:
        self.effect.choose(key)
        self.words.setFocus()


class InfusionSheet(_WordsSheet):
    """An infusion ended now."""

    def __init__(self, view: View, row: FollowRow) -> None:
        super().__init__(view, row, "输液结束", "情况", "如：液体输完，穿刺处无渗漏")
        self.body.addWidget(self.labelled)
        self.offer("现在结束")
        self.words.setFocus()

    @errand
    async def save(self) -> None:
        if self.row.seen is None:
            return
        try:
            await self.errands.do(EndInfusion(self.row.seen, words=self.words.text()), busy=self.main)
        except Refusal as refusal:
            self.wrong(refusal)
            return
        self.view.bench.notice.done(f"{self.row.name} {self.row.medicine}：输液已结束。")
        self.accept()


class DecideSheet(_WordsSheet):
    """What was found out about a matter, and what was done: it closes here and at the other station."""

    def __init__(self, view: View, row: FollowRow) -> None:
        super().__init__(view, row, row.title, "核实的情况和处理", "如：核对药盒余量，只给了一次；02 站误记")
        advice = {
            DOUBLE: "两个站点都记了给药，两条记录都会保留。请核对老人、药盒和值班人员，观察老人。",
            CONTRADICTION: "两个站点的记录不一致，两条都会保留。请核对后写明真实情况。",
        }
        self.body.addWidget(
            Words(advice.get(row.what, "请报告医生，写明医生的意见和处理。"), Role.HINT, wrap=True)
        )
        self.body.addWidget(self.labelled)
        self.offer("已核实，关闭")
        self.words.setFocus()

    @errand
    async def save(self) -> None:
        row = self.row
        try:
            order = DecideMatter(row.resident, row.what, row.about, row.since, self.words.text())
            await self.errands.do(order, busy=self.main)
        except Refusal as refusal:
            self.wrong(refusal)
            return
        self.view.bench.notice.done(f"{row.name} {row.title}：已核实并关闭，记录保留。")
        self.accept()


class CountersignSheet(ProofSheet):
    """Another nurse signs what one person alone had to check."""

    def __init__(self, view: View, row: FollowRow) -> None:
        super().__init__(view, f"{row.name} · {row.medicine}：补签", "\n".join(row.told), "", act="补签")
        self.view, self.row = view, row
        self.errands = Errands(view.bench.desk, self, notice=self.notice)
        self.done_with.connect(self.save)

    @errand
    async def save(self) -> None:
        station = self.view.bench.station
        if self.row.seen is None or self.main is None:
            return
        try:
            proof = await station.aside(station.prove, self.number.text().strip(), self.secret.text())
            await self.errands.do(Countersign(self.row.seen, proof), busy=self.main)
        except Refusal as refusal:
            self.refuse(refusal.field, refusal.text)
            return
        except Trouble as trouble:
            self.notice.trouble(trouble.text, trouble.remedy)
            return
        self.view.bench.notice.done(f"{self.row.name} {self.row.medicine}：已补签。")
        self.accept()
