"""What is done with the session that shows: begun, noted, stopped, saved, not held, corrected, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.core.drafts import DropDraft
from app.rehab.lists.attendance import attendances
from app.rehab.queries.session_rows import SessionSheetRow
from app.rehab.rules.stopping import Values
from app.rehab.training import (
    BeginSession,
    Ended,
    EndSession,
    NoteDuring,
    NotHeld,
    RecordSession,
    RetractSession,
    StopSession,
    TakeBackSessions,
)
from app.residents.stating import Seen
from ui.kit import Errands, errand
from ui.kit.why_sheet import WhySheet
from ui.rehab.otherwise_sheet import NOT_HELD, OtherwiseSheet
from ui.rehab.session_correct_sheet import CorrectAbsenceSheet, CorrectSessionSheet
from ui.rehab.session_incident import propose
from ui.rehab.session_stage import Stage

if TYPE_CHECKING:
    from ui.rehab.session_view import SessionView

FORM = "rehab-session"
"""Its drafts."""
KINDS = frozenset(
    {
        "rehab_session",
        "rehab_booking",
        "rehab_item",
        "rehab_plan",
        "goal_rating",
        "vital",
        "absence",
        "stay",
        "resident",
    }
)
"""What changes it shows."""


class SessionActs:
    """Each act keeps what is typed when it is refused, and says it where it belongs."""

    def __init__(self, view: SessionView) -> None:
        self._view = view
        self._pieces = view.pieces
        self.errands: Errands = view.errands
        self.sheet_open: OtherwiseSheet | None = None

    @errand
    async def begin(self) -> None:
        sheet, pieces = self._view.sheet, self._pieces
        if sheet is None or not pieces.before.check():
            return
        await self.errands.do(BeginSession(sheet.line.key, pieces.before.said()), busy=pieces.main)
        self._view.stage_changed()

    @errand
    async def note(self) -> None:
        """What was typed is kept; a rule that fires stops the clock."""
        sheet, during = self._view.sheet, self._pieces.during
        if sheet is None or not during.check():
            return
        noted = await self.errands.do(
            NoteDuring(sheet.line.key, during.values_said()), busy=self._pieces.main
        )
        during.put({})
        self._view.draft.touch()  # what was noted goes from the draft, or it comes back
        await self._view.draft.flush()
        if noted.stopped:
            words = "；".join(one.words for one in noted.fired if one.effect == "stop")
            self._view.bench.notice.refused(f"已停止训练：{words}。请处理后补全记录。")
        self._view.stage_changed()

    def stop_clock(self) -> None:
        """The training is over as planned; what follows is its form."""
        self._pieces.during.stop_clock()
        if self._view.sheet is not None:
            self._pieces.times.show_sheet(self._view.sheet)
        self._view.draft.touch()
        self._view.stage_changed(ask=False)

    def go_on(self) -> None:
        """The clock was stopped too early."""
        if self._pieces.resume.isHidden():
            return
        self._pieces.during.go_on()
        self._view.draft.touch()
        self._view.stage_changed(ask=False)

    @errand
    async def save(self) -> None:
        """The form of a session that ended."""
        sheet, pieces = self._view.sheet, self._pieces
        if sheet is None or not pieces.after.check() or not pieces.during.check():
            return
        ended = pieces.during.stopped_at
        if sheet.line.forgotten:
            moments = pieces.times.moments()
            if moments is None:
                return
            ended = moments[1]
        left = Values() if pieces.during.empty else pieces.during.values_said()
        form = pieces.after.form(left, ended)
        done = await self.errands.do(EndSession(sheet.line.key, form), busy=pieces.main)
        await self._saved(sheet, done)

    @errand
    async def record(self) -> None:
        """One that is written down afterwards."""
        sheet, pieces = self._view.sheet, self._pieces
        moments = pieces.times.moments()
        if sheet is None or moments is None or not (pieces.before.check() and pieces.after.check()):
            return
        begun, ended = moments
        form = pieces.after.form(Values(), ended)
        order = RecordSession(sheet.line.key, begun, pieces.before.said(), form)
        await self._saved(sheet, await self.errands.do(order, busy=pieces.main))

    @errand
    async def record_group(self) -> None:
        """Everybody as planned but for what is said of some."""
        page = self._pieces.group
        order = page.order()
        if order is None:
            return
        done = await self.errands.do(order, busy=self._pieces.main)
        await self._view.draft.drop()
        for row in page.rows.values():
            await self.errands.do(DropDraft(FORM, row.sheet.rid))
        page.forget()
        words = f"已记录 {len(done.seen)} 位。"
        if done.left:
            words += f"{'、'.join(done.left)}已由别人记录。"
        if done.stopped:
            words += f"{'、'.join(done.stopped)}触发停止规则，记为部分完成。"
        self._view.bench.notice.done(words, lambda: self.take_back(done.seen))
        self._view.saved()

    def otherwise(self, attendance: str = "") -> None:
        """Why it was not held, or, where it goes on, why it is stopped."""
        sheet = self._view.sheet
        if sheet is None or not self._pieces.other.may:
            self._pieces.other.ask() if sheet is not None else None
            return
        recorded = sheet.recorded
        if recorded is not None and not recorded.running:
            self._view.bench.notice.refused("这次训练已经记录。要改请更正，或撤销后重记。")
            return
        name = f"{sheet.line.name} {sheet.line.time} {sheet.line.words}"
        running = recorded is not None
        if running and not self._pieces.during.check():
            return  # what is typed and cannot be read would be folded away with the clock
        head = f"中止训练 · {name}" if running else f"未进行 · {name}"
        asking = OtherwiseSheet(
            self._view, head, ("partly",) if running else NOT_HELD, "中止" if running else "记录"
        )
        asking.said.connect(lambda *said: self._say_otherwise(sheet, asking, said))
        if attendance and not running:
            asking.choose(attendance)
        asking.open()

    def correct(self) -> None:
        sheet = self._view.sheet
        if sheet is None or sheet.recorded is None or self._view.stage is not Stage.DONE:
            return
        held = attendances()[sheet.recorded.attendance].held
        correcting = (CorrectSessionSheet if held else CorrectAbsenceSheet)(self._view, sheet, sheet.recorded)
        correcting.corrected.connect(
            lambda: self._view.bench.notice.done("已更正，原记录可在变更历史里查看。")
        )
        correcting.open()

    def retract(self) -> None:
        sheet = self._view.sheet
        if sheet is not None and sheet.recorded is not None and self._view.stage is Stage.DONE:
            seen = sheet.recorded.seen
            text = "撤销后这次训练可以重新记录；训练前录入的体征和目标评定一并撤销。"
            asking = WhySheet(self._view, "撤销训练记录", text, "撤销")
            asking.said.connect(lambda why: self.errands.start("retract", lambda: self._retract(seen, why)))
            asking.open()

    def take_back(self, seen: tuple[Seen, ...]) -> None:
        """What was just recorded was a slip."""
        self.errands.start("take back", lambda: self._take_back(seen))

    # inside -------------------------------------------------------------------------------------------------------

    def _say_otherwise(
        self, sheet: SessionSheetRow, asking: OtherwiseSheet, said: tuple[str, str, str]
    ) -> None:
        errands = Errands(self._view.bench.desk, asking, notice=asking.notice, fields=asking)

        async def work() -> None:
            attendance, why, words = said
            if sheet.recorded is not None:
                await errands.do(StopSession(sheet.line.key, why, words), busy=asking.main)
                asking.accept()
                self._view.stage_changed()
                return
            seen = await errands.do(NotHeld(sheet.line.key, attendance, why, words), busy=asking.main)
            asking.accept()
            self._view.bench.notice.done(
                f"{sheet.line.name} {sheet.line.time} 已记为未进行。", lambda: self.take_back((seen,))
            )
            self._view.saved()

        errands.start("otherwise", work)

    async def _saved(self, sheet: SessionSheetRow, done: Ended) -> None:
        await self._view.draft.drop()
        seen = done.seen
        words = f"{sheet.line.name} {sheet.line.time} {sheet.line.words} 已记录。"
        if done.stopped:
            words += "触发停止规则，记为部分完成。"
        self._view.bench.notice.done(words, lambda: self.take_back((seen,)))
        self._view.saved(stay=bool(done.incidents))
        propose(self._view, sheet, done.incidents)

    async def _retract(self, seen: Seen, why: str) -> None:
        await self.errands.do(RetractSession(seen, why))
        self._view.bench.notice.done("已撤销，这次训练可以重新记录。")
        self._view.stage_changed()

    async def _take_back(self, seen: tuple[Seen, ...]) -> None:
        await self.errands.do(TakeBackSessions(seen))
        self._view.bench.notice.done("已撤销刚才的记录。")
        self._view.stage_changed()
