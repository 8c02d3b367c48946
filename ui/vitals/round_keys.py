"""What the keys of the round lead to: taking a cell, going on, reasons, corrections, pasting, taking back."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QObject

from app.vitals.catalogue import sign_of
from app.vitals.queries import GridRow
from app.vitals.rules.judging import DANGER, judge_measured
from app.vitals.service import TakeBackSet
from ui.kit import Key, bind, errand
from ui.kit.referring import offer_referral
from ui.style import Tone, look
from ui.vitals.correct_sheet import CorrectSheet
from ui.vitals.foot import AGAIN
from ui.vitals.pasting import paste
from ui.vitals.reason_sheet import ReasonSheet
from ui.vitals.typed_round import Fate
from ui.vitals.walking import Walk

if TYPE_CHECKING:
    from ui.vitals.round_view import RoundView


class RoundKeys(QObject):
    """Belongs to its view and speaks with its pieces."""

    def __init__(self, view: RoundView) -> None:
        super().__init__(view)
        self._view, self._grid, self._typed, self._saving = view, view.grid, view.typed, view.saving
        self.errands = view.errands
        self._walk = Walk(view.grid)
        self._last_set: UUID | None = None
        self._connect()

    def move(self, what: str) -> None:
        """A key left the cell: take what stands in it, then go on; Enter stays on what needs another look."""
        row = self._grid.current()
        if row is None:
            return
        fate = self._take(row, confirm=what == "next")
        if what == "next" and fate in (Fate.WRONG, Fate.DOUBT):
            self._grid.stand()
        elif not self._go(what):
            self._saving.save(row.resident)
            self._grid.stand()
        self.keep_in_sight()

    def ask_reason(self, whole: bool) -> None:  # noqa: FBT001  # the signal's own
        """Space: why this was not measured; Shift+Space: why nothing of the row was."""
        row = self._grid.current()
        if row is None:
            return
        codes = self._grid.codes if whole else (self._grid.code,)
        what = "这一轮还没有测的各项" if whole else sign_of(self._grid.code).words
        sheet = ReasonSheet(self._view, row.name, what)
        sheet.chosen.connect(lambda why: self._leave_out(row, codes, why))
        sheet.open()

    def correct(self) -> None:
        """F2: another value for the recorded one under the cursor."""
        row = self._grid.current()
        done = self._typed.recorded(row, self._grid.code) if row is not None else ()
        if row is None or not done:
            self._view.bench.notice.say("这一格还没有记录。直接输入即可。", seconds=8)
            return
        CorrectSheet(self._view, self._view.bench, row, done[-1]).open()

    def begin_anew(self) -> None:
        """Ctrl+N: a further visit of this person in the same round."""
        row = self._grid.current()
        if row is not None and row.visits and not self._typed.pending(row.resident):
            self._typed.begin_anew(row)
            self._grid.put(self._grid.place, self._grid.codes[0])

    @errand
    async def take_back(self) -> None:
        """Ctrl+Z: the visit recorded last is retracted, both stay readable."""
        if self._last_set is None:
            self._view.bench.notice.say("没有可以撤销的录入。", seconds=8)
            return
        await self.errands.do(TakeBackSet(self._last_set))
        self._last_set = None
        self._view.bench.notice.done("已撤销刚才的录入，记录仍可查。")

    # inside -------------------------------------------------------------------------------------------------------

    def _take(self, row: GridRow, *, confirm: bool = False) -> Fate:
        editor = self._grid.editor
        if editor.locked:
            return Fate.GOOD
        fate = self._typed.enter(row, self._grid.code, editor.text(), confirm=confirm)
        self.note_typed()
        return fate

    def _go(self, what: str) -> bool:
        """Whether there was anywhere to go."""
        head, _, rest = what.partition(" ")
        steps = {
            "next": self._walk.onward,
            "over": self._walk.onward,
            "back": lambda: self._walk.sideways(-1),
            "left": lambda: self._walk.sideways(-1),
            "right": lambda: self._walk.sideways(1),
            "down": lambda: self._walk.down(1),
            "up": lambda: self._walk.down(-1),
            "row": self._walk.next_row,
            "page_down": lambda: self._page(1),
            "page_up": lambda: self._page(-1),
            "escape": self._escape,
        }
        if head == "to":
            place, code = rest.split(" ")
            return self._walk.to(int(place), code)
        return steps[head]()

    def _page(self, step: int) -> bool:
        floors = self._view.shown.floors if self._view.shown else ()
        here = next(
            (
                place
                for place, one in enumerate(floors)
                if self._view.shown and one.rid == self._view.shown.floor
            ),
            0,
        )
        if 0 <= here + step < len(floors):
            self._view.turn_to(floors[here + step].rid)
        return False

    def _escape(self) -> bool:
        """Out of the grid, to the floors."""
        floors = self._view.head.floors
        button = floors.group.checkedButton() if floors is not None else None
        if button is not None:
            button.setFocus()
        return False

    def _leave_out(self, row: GridRow, codes: tuple[str, ...], why: str) -> None:
        self._typed.leave_out(row, codes, why)
        self.note_typed()
        self._grid.editor.setFocus()
        gone = self._walk.next_row() if len(codes) > 1 else self._walk.onward()
        if not gone:
            self._saving.save(row.resident)
            self._grid.stand()

    def _paste(self, text: str) -> None:
        done = paste(self._grid, text)
        for resident in done.rows:
            self._saving.save(resident)
        self.note_typed()
        self._grid.stand()
        tone = Tone.WARN if done.waits or done.there or done.beyond else Tone.OK
        self._view.bench.notice.say(done.words, tone, seconds=0 if tone is Tone.WARN else 8)

    def note_typed(self) -> None:
        self._view.draft.touch()
        self._grid.arrange()
        self._view.head.show_waits(self._typed.waits)

    def _recorded(self, resident: UUID, set_id: UUID) -> None:
        """The desk has a row: remember it for Ctrl+Z, and say what must be measured again."""
        self._last_set = set_id
        self._view.draft.touch()
        row = next((one for one in self._grid.rows if one.resident == resident), None)
        typed = self._typed.rows.get(resident)
        for cell in typed.cells.values() if row and typed else ():
            if row is not None and cell.recorded and cell.measured is not None:
                sign = sign_of(cell.measured.code)
                said = judge_measured(sign, cell.measured, row.age, row.profile.own)
                if said.tone == DANGER:
                    words = f"{row.name} {said.words}，{AGAIN}：回到这一格直接再输入。"
                    self._view.bench.notice.say(words, Tone.DANGER)

    def _typing(self, text: str) -> None:
        row = self._grid.current()
        if row is not None:
            self._view.foot.show_typing(row, self._grid.code, text)
            self._view.draft.touch()

    def keep_in_sight(self) -> None:
        rect = self._grid.current_rect()
        if not rect.isNull():
            self._view.scroller.ensureVisible(0, rect.center().y(), 0, rect.height() // 2 + look.sp(40))

    def _refuse_typing(self) -> None:
        self._view.foot.means.setText("这一格已录入：F2 更正，Ctrl+N 再测一次")

    def put_down(self) -> None:
        """Leave the cell and the row: another floor or round comes."""
        row = self._grid.current()
        if row is not None and not self._grid.editor.isHidden():
            self._take(row)
            self._saving.save(row.resident)

    def _whose(self) -> UUID | None:
        """F6: who is under the cursor; what stands in the cell is recorded first."""
        self.put_down()
        row = self._grid.current()
        return row.resident if row is not None else None

    def _connect(self) -> None:
        self._grid.left_row.connect(lambda rid: self._saving.save(rid))  # noqa: PLW0108  # the signal carries object
        editor = self._grid.editor
        editor.moved.connect(self.move)
        editor.absent.connect(self.ask_reason)
        editor.pasted.connect(self._paste)
        editor.refused.connect(self._refuse_typing)
        editor.textEdited.connect(self._typing)
        self._saving.recorded.connect(lambda rid, made: self._recorded(rid, made))  # noqa: PLW0108  # the same
        offer_referral(self._view, self._whose, lambda: ("vitals-round", {}))
        bind(
            self._view,
            Key("Return Tab", "下一格；数值异常时再按一次确认"),
            Key("Ctrl+Return", "这一行录完，到下一位"),
            Key("Down Up", "下一位、上一位，同一列"),
            Key("Space", "未测原因（Shift+空格 整行）"),
            Key("F2", "更正已录入的值", self.correct),
            Key("Ctrl+N", "这位老人再测一次", self.begin_anew),
            Key("Ctrl+Z", "撤销刚录入的一行", self.take_back),
            Key("Ctrl+V", "粘贴表格里的一块"),
            Key("Ctrl+T", "测量时间", self._view.head.time.setFocus),
            Key("PgUp PgDown", "上一层、下一层"),
            Key("Esc", "离开表格"),
        )
