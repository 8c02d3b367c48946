"""The sheets of a skin test: made with its lot; read by two; a positive one is entered as an allergy."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from app.core.errors import Refusal, Trouble
from app.medication.drugs.queries import DrugCalled
from app.medication.orders import MakeSkinTest, ReadSkinTest
from app.medication.orders.skin_tests import POSITIVE, RESULTS, allergens_of
from app.residents.stating import AddAllergy, AllergyForm
from ui.kit import Key, Labelled, LineField, OptionRow, Sheet, Words, bind, errand
from ui.kit.errands import Errands
from ui.kit.proof_sheet import ProofSheet
from ui.kit.sheet import ask_first
from ui.medication.order_columns import moment
from ui.medication.order_sign_sheets import who_words
from ui.style import Role

if TYPE_CHECKING:
    from app.medication.queries.order_work import SkinRow
    from ui.kit.view import View


class MakeTestSheet(Sheet):
    """The lot and where; the result is read later."""

    def __init__(self, view: View, row: SkinRow) -> None:
        super().__init__(view, f"做皮试：{row.words}", who_words(row.person), width=480)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.view, self.row = view, row
        self.lot = LineField("批号", "药盒上的批号")
        self.site = LineField("部位", "如：左前臂屈侧")
        self._lot = Labelled("批号", self.lot, required=True)
        self.errands = Errands(view.bench.desk, self, notice=self.notice, fields=self)
        self.body.addWidget(self._lot)
        self.body.addWidget(Labelled("部位", self.site))
        self.body.addWidget(
            Words("有过敏史或以前阳性的不做皮试。做后观察，到时间两人判读。", Role.HINT, wrap=True)
        )
        self.offer("已做皮试", icon="syringe")
        self.lot.textEdited.connect(lambda: self._lot.say_wrong(""))
        self.done_with.connect(self.save)
        self.lot.setFocus()

    def show_refusal(self, field: str, text: str) -> bool:
        if field != "lot":
            return False
        self._lot.say_wrong(text)
        self.lot.setFocus()
        return True

    @errand
    async def save(self) -> None:
        row = self.row
        order = MakeSkinTest(row.person.rid, row.drug, self.lot.text(), self.site.text(), row.order)
        await self.errands.do(order, busy=self.main)
        self.view.bench.notice.done(f"{row.person.name} {row.words}：皮试已做，20 分钟后判读。")
        self.accept()


class ReadTestSheet(ProofSheet):
    """1 negative, 2 positive; what was seen; the second reader's number and password."""

    def __init__(self, view: View, row: SkinRow) -> None:
        zone = view.bench.station.settings.zone
        text = f"{who_words(row.person)}\n批号 {row.lot}，{moment(zone, row.made_at)} 做"
        super().__init__(view, f"判读皮试：{row.words}", text, act="两人判读完成")
        self.view, self.row = view, row
        numbered = tuple((key, f"{place} {words}") for place, (key, words) in enumerate(RESULTS.items(), 1))
        self.outcome = OptionRow(numbered, low=True)
        self.size_seen = LineField("所见", "如：皮丘 0.5 cm 无红晕；阳性必填")
        self._result = Labelled("结果", self.outcome, required=True)
        self._size = Labelled("所见", self.size_seen)
        self.fields |= {"result": self._result, "size": self._size}
        self.body.insertWidget(0, self._result)
        self.body.insertWidget(1, self._size)
        self.body.insertWidget(2, Words("第二位判读人", Role.LABEL))
        self.errands = Errands(view.bench.desk, self, notice=self.notice)
        self.done_with.connect(self.save)
        bind(
            self.outcome,
            *(
                Key(str(at), words, partial(self._choose, key))
                for at, (key, words) in enumerate(RESULTS.items(), 1)
            ),
        )
        self.size_seen.textEdited.connect(lambda: self._size.say_wrong(""))
        self.outcome.button(next(iter(RESULTS))).setFocus()

    @errand
    async def save(self) -> None:
        row, station = self.row, self.view.bench.station
        if row.test is None:
            return
        try:
            second = await station.aside(station.prove, self.number.text().strip(), self.secret.text())
            result, seen = self.outcome.key or "", self.size_seen.text()
            await self.errands.do(ReadSkinTest(row.test, result, seen, second), busy=self.main)
        except Refusal as refusal:
            self.refuse(refusal.field, refusal.text)
            return
        except Trouble as trouble:
            self.notice.trouble(trouble.text, trouble.remedy)
            return
        self.accept()
        self.view.bench.notice.done(f"{row.person.name} {row.words}：皮试{RESULTS[result]}。")
        if result == POSITIVE:
            AllergyOffer(self.view, row, seen).ask()

    def _choose(self, key: str) -> None:
        self.outcome.choose(key)
        self._result.say_wrong("")
        self.size_seen.setFocus()

    def _go_to(self, field: str) -> None:
        if field == "result":
            self.outcome.button(next(iter(RESULTS))).setFocus()
        elif field == "size":
            self.size_seen.setFocus()
        else:
            super()._go_to(field)


def taken_back_words(row: SkinRow) -> str:
    """What is taken back, and what a positive one leaves behind."""
    result = f"，{RESULTS[row.result]}" if row.result else ""
    more = "\n因它登记的过敏不会一起作废，请到过敏史里处理。" if row.result == POSITIVE else ""
    return f"{who_words(row.person)}\n批号 {row.lot}{result}。作废后要重做皮试。{more}"


class AllergyOffer:
    """A positive test is an allergy: entered with one key, by the word of its class."""

    def __init__(self, view: View, row: SkinRow, seen: str) -> None:
        self.view, self.row, self.seen = view, row, seen
        self.errands = Errands(view.bench.desk, view, notice=view.bench.notice)

    @errand
    async def ask(self) -> None:
        known = await self.errands.ask(DrugCalled(self.row.drug))
        substance = allergens_of(known.drug)[0]
        positive = f"皮试阳性：{self.row.words}。登记“{substance}”过敏，以后开医嘱和给药都会拦住。"
        text = f"{who_words(self.row.person)}\n{positive}"
        sheet = ask_first(self.view, "登记过敏？", text, f"登记{substance}过敏")
        sheet.done_with.connect(lambda: self.enter(substance))

    @errand
    async def enter(self, substance: str) -> None:
        form = AllergyForm(
            substance, reaction=f"皮试阳性 {self.seen}".strip(), certainty="confirmed", told_by="本站皮试"
        )
        await self.errands.do(AddAllergy(self.row.person.rid, form))
        self.view.bench.notice.done(f"{self.row.person.name}：已登记{substance}过敏。")
