"""单次录入: all signs of one visit with how they were measured, NEWS2 as it completes; what is typed is never lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout

from app.core.clock import local
from app.core.drafts import DraftOf, DropDraft, KeepDraft
from app.vitals.catalogue import news2_table, not_measured, round_columns, sign_of, signs
from app.vitals.profiles import Profile
from app.vitals.queries import LatestOf
from app.vitals.rules import Ask, Measured, Wrong, news2
from app.vitals.rules.moments import moment_words, read_moment
from app.vitals.rules.typing import Whose
from app.vitals.service import RecordSet
from ui.kit import Button, Errands, Key, Labelled, ScrollBody, SideSheet, bind, errand
from ui.kit.chart import Who
from ui.kit.view import View
from ui.vitals.ask_box import AskBox
from ui.vitals.entry_row import EntryRow, ValueField
from ui.vitals.score_line import ScoreLine

WIDTH = 700
FORM = "vitals-entry"
KEEP_AFTER_MS = 400
_LATER = ("oxygen",)
"""Signs that are said beside another one."""


class EntrySheet(SideSheet):
    """`recorded(set_id, words)` is called once the visit is kept; the sheet closes itself."""

    def __init__(
        self, view: View, who: Who, profile: Profile, recorded: Callable[[UUID, str], object]
    ) -> None:
        super().__init__(
            view, "录入体征", f"{who.name}　{who.bed or '未安排床位'}　{who.number}", width=WIDTH
        )
        self.view, self.who, self.profile = view, who, profile
        self._recorded = recorded
        self.errands = Errands(view.bench.desk, self, notice=self.notice, fields=self)
        first = round_columns()
        rest = [one.code for one in signs() if one.code not in first and one.code not in _LATER]
        whose = Whose(who.age, profile.own)
        self.rows = {code: EntryRow(sign_of(code), whose) for code in (*first, *rest)}
        self._rest = rest
        self.time = ValueField("测量时间")
        self.note = ValueField("备注", "如 刚活动后、家属代述")
        choices = tuple((one.code, one.words) for one in not_measured().entries)
        self.absent = AskBox(Ask("absent", "未测原因", choices), "")
        self.score = ScoreLine()
        self._clean = True
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_AFTER_MS)
        self._timer.timeout.connect(self._keep)
        self._lay_out()
        self._connect()
        self.time.setText(moment_words(self._now(), self._now()))
        self._score()

    def open(self) -> None:
        super().open()
        self.rows[next(iter(self.rows))].focus()
        self.errands.start("begin", self._begin)

    # what is typed ------------------------------------------------------------------------------------------------

    def values(self) -> tuple[Measured, ...]:
        """What would be kept, in the order of the rows."""
        return tuple(one for row in self.rows.values() for one in row.values())

    def at(self) -> datetime | None:
        """When it was measured; None says under the field what is wrong."""
        try:
            at = read_moment(self.time.text(), self._now())
        except Wrong as wrong:
            self._time.say_wrong(wrong.text)
            return None
        self._time.say_wrong("")
        return at

    def show_refusal(self, field: str, text: str) -> bool:
        """A rule refused the value of a sign, or the time."""
        if field in self.rows:
            self.rows[field].show()
            self.rows[field].say_wrong(text)
            self.rows[field].focus()
            return True
        if field == "at":
            self._time.say_wrong(text)
            self.time.setFocus()
            return True
        return False

    def show_all(self) -> None:
        """The signs that are measured seldom, too."""
        for code in self._rest:
            self.rows[code].show()
        self.more.hide()
        self.rows[self._rest[0]].focus()

    # acts ---------------------------------------------------------------------------------------------------------

    @errand
    async def save(self) -> None:
        """Keep the visit; what stands in the way is said where it stands, and nothing typed is lost."""
        wrong = [row for row in self.rows.values() if not row.check()]
        at = self.at()
        if wrong or at is None:
            (wrong[0].focus if wrong else self.time.setFocus)()
            return
        values, absent = self.values(), self.absent.key
        if not values and not absent:
            self.notice.refused("还没有填任何一项。没有测的，请选未测原因。")
            self.rows[next(iter(self.rows))].focus()
            return
        order = RecordSet(self.who.rid, at, values, absent, self.note.text().strip())
        set_id = await self.errands.do(order, busy=self.main)
        self._timer.stop()
        await self.errands.do(DropDraft(FORM, self.who.rid))
        said = [
            f"{row.sign.words} {row.fields[0].text().strip()}" for row in self.rows.values() if row.values()
        ]
        red = [row.sign.words for row in self.rows.values() if row.values() and row.typed().red]
        words = f"已录入 {self.who.name}：{'，'.join(said) or '未测原因'}。"
        if red:
            words += f"{'、'.join(red)}达到危急值，请报告医生并复测。"
        self._clean = True
        self.accept()
        self._recorded(set_id, words)

    def reject(self) -> None:
        """Esc: what is typed is kept as a draft, and offered again."""
        self._timer.stop()
        if not self._clean:
            order, errands = self._draft(), self.view.errands  # the sheet is gone before it is kept

            async def keep() -> None:
                await errands.do(order)

            errands.start("keep vitals draft", keep)
        super().reject()

    async def _begin(self) -> None:
        """The last weight, against which a new one is held, and what was typed and not kept."""
        latest = await self.errands.ask(LatestOf(self.who.rid))
        for one in latest:
            if one.code in self.rows and self.rows[one.code].sign.change is not None:
                row = self.rows[one.code]
                row.whose = Whose(self.who.age, self.profile.own, one.value)
        draft = await self.errands.ask(DraftOf(FORM, self.who.rid))
        if draft is None or not self._clean:
            return
        self._put(draft.content)
        saved = local(self.view.bench.station.settings.zone, draft.saved_at)
        self.notice.say(f"已接着 {saved:%m-%d %H:%M} 没有保存的内容。", undo=self.clear)

    def clear(self) -> None:
        """Empty everything, and forget the draft."""
        self._put({})
        self.notice.clear()
        self._clean = True
        self._timer.stop()
        self.errands.start("drop", self._drop)

    async def _drop(self) -> None:
        await self.errands.do(DropDraft(FORM, self.who.rid))

    def _keep(self) -> None:
        self.errands.start("keep", self._keep_now, replace=True)

    async def _keep_now(self) -> None:
        await self.errands.do(self._draft())

    def _draft(self) -> KeepDraft:
        content: dict[str, Any] = {code: text for code, row in self.rows.items() if (text := row.text())}
        content |= {"time": self.time.text(), "note": self.note.text(), "absent": self.absent.key}
        return KeepDraft(FORM, self.who.rid, content)

    def _put(self, content: dict[str, Any]) -> None:
        for code, row in self.rows.items():
            row.put(content.get(code, {}))
            if code in content:
                row.show()
        self.note.setText(content.get("note", ""))
        self.absent.choose(content.get("absent", ""))
        if content:
            self.time.setText(content.get("time", ""))
        self._score()
        self._clean = False

    # inside -------------------------------------------------------------------------------------------------------

    def _now(self) -> datetime:
        return local(self.view.bench.station.settings.zone, self.view.bench.desk.clock.now())

    def _typed(self) -> None:
        self._clean = False
        self._score()
        self._timer.start()

    def _score(self) -> None:
        """The repeated value counts where there is one."""
        counting = {one.code: one for one in self.values()}
        score = news2(news2_table(), counting, self.profile.baseline(self.who.age))
        scale = self.profile.scale_words(self.view.bench.station.settings.zone)
        self.score.show_score(score, self.profile.caution_says, scale)

    def _step(self, row: EntryRow, step: int) -> None:
        shown = [one for one in self.rows.values() if not one.isHidden()]
        place = shown.index(row) + step
        if 0 <= place < len(shown):
            shown[place].focus()
            self._scroll.ensureWidgetVisible(shown[place])
        elif step > 0:
            self.note.setFocus()

    def _go_on(self, row: EntryRow) -> None:
        """Enter: to the repetition a red value asks for, else to the next sign."""
        again = row.fields[1]
        if row.typed().red and again.isVisible() and not again.text() and not again.hasFocus():
            again.setFocus()
        else:
            self._step(row, 1)

    def _lay_out(self) -> None:
        self._time = Labelled("测量时间", self.time, required=True, hint="补录请改成测量的时间")
        absent = Labelled("没测的常规项", self.absent, hint="")
        head = QHBoxLayout()
        head.setSpacing(20)
        head.addWidget(self._time, 1)
        head.addWidget(absent, 1)
        self._scroll = ScrollBody((0, 2, 10, 2), 12)
        for code, row in self.rows.items():
            self._scroll.body.addWidget(row)
            row.setVisible(code not in self._rest)
        self.more = Button("更多项目", "link", icon="plus")
        self._scroll.body.addWidget(self.more)
        self._scroll.body.addWidget(Labelled("备注", self.note))
        self._scroll.body.addStretch(1)
        self.body.addLayout(head)
        self.body.addWidget(self._scroll, 1)
        self.body.addWidget(self.score)
        self.offer("保存", icon="check").setDefault(False)

    def _connect(self) -> None:
        for row in self.rows.values():
            row.changed.connect(self._typed)
            row.done.connect(lambda row=row: self._go_on(row))
            row.stepped.connect(lambda step, row=row: self._step(row, step))
        for line in (self.time, self.note):
            line.textEdited.connect(self._typed)
        self.time.entered.connect(self.rows[next(iter(self.rows))].focus)
        self.note.entered.connect(self.save)
        self.absent.currentIndexChanged.connect(self._typed)
        self.more.clicked.connect(self.show_all)
        self.done_with.connect(self.save)
        bind(
            self,
            Key("Ctrl+Return", "保存", self.save),
            Key("Ctrl+M", "更多项目", self.show_all),
            Key("Return", "下一项；数值异常时再按一次确认"),
            Key("Up Down", "上一项、下一项"),
        )
