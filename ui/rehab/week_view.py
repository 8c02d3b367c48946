"""周排程: the week of rehab by therapist or by resident; sessions are walked, moved and put on by keys or the mouse."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from PySide6.QtCore import QTimer

from app.core.changes import Changes
from app.core.clock import date_in
from app.rehab.queries.missed import MissedSessions
from app.rehab.queries.week import RESIDENT, THERAPIST, WeekBoard, monday_of
from app.rehab.queries.week_rows import Week
from app.rehab.rules.sessions import SessionKey
from ui.kit import Key, bind, latest
from ui.kit.view import Bench, View
from ui.rehab.week_acts import WeekActs
from ui.rehab.week_layout import WeekPieces


class WeekView(View):
    """Opened with `{"day": …, "key": …}` on a session, `{"resident": rid}` on a row; otherwise where it was."""

    kinds: ClassVar[frozenset[str]] = frozenset(
        {
            "rehab_plan", "rehab_item", "rehab_booking", "rehab_session", "therapist_time", "stay", "absence",
            "resident", "staff",
        }
    )  # fmt: skip

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "周排程")
        self.week: Week | None = None
        self.monday: date | None = None
        self.only: tuple[str, ...] = ()
        self.pieces = WeekPieces(self)
        self.grid, self.state = self.pieces.grid, self.pieces.state
        self.acts = WeekActs(self)
        self._wanted: SessionKey | None = None
        self._resident: UUID | None = None
        self._arriving = True
        self._seen_clash = -1
        self._connect()

    @property
    def today(self) -> date:
        return date_in(self.bench.station.settings.zone, self.bench.desk.clock.now())

    # going about --------------------------------------------------------------------------------------------------

    def opened(self, params: Mapping[str, Any]) -> None:
        """A session that is named is shown in its week; a resident in their row."""
        self._wanted, self._resident = params.get("key"), params.get("resident")
        if self._resident is not None and self._wanted is None:
            self.pieces.by.choose(RESIDENT)
        if (day := params.get("day")) is not None:
            self.monday = monday_of(day)
        self._arriving = True
        self.refresh()
        self._take_keys()

    @latest
    async def refresh(self, changes: Changes | None = None) -> None:
        """Ask again for the week shown."""
        with self.state.asking(self.refresh, self._forget):
            week = await self.errands.ask(WeekBoard(self.monday, self.pieces.by.key, self.only))
            missed = await self.errands.ask(MissedSessions())
            self._show(week, len(missed))

    def go_to_week(self, monday: date | None) -> None:
        """None: this week."""
        self.grid.put_back()
        self.monday, self._arriving = monday, monday is None
        self.refresh()
        self._take_keys()

    def turn_by(self) -> None:
        """V: the rows of therapists, or those of residents."""
        self.pieces.by.choose(RESIDENT if self.pieces.by.key == THERAPIST else THERAPIST)
        self._turned()

    def look_at_clash(self) -> None:
        """G: from one session of a conflict to the next."""
        clashes = self.week.clashes if self.week is not None else ()
        keys = [key for clash in clashes for key in clash.keys]
        if keys:
            self._seen_clash = (self._seen_clash + 1) % len(keys)
            self.grid.go_to(keys[self._seen_clash])
            self._take_keys()

    def record_shown(self) -> tuple[str, UUID] | None:
        """F8: the record of the session under the cursor, else what was booked of it, else the resident."""
        session = self.grid.session()
        if session is None:
            return None
        recorded = session.members[0].recorded
        if recorded is not None:
            return ("rehab_session", recorded)
        if session.booking is not None:
            return ("rehab_booking", session.booking.rid)
        return ("resident", session.members[0].resident)

    # inside -------------------------------------------------------------------------------------------------------

    def _show(self, week: Week, missed: int) -> None:
        before, self.week = self.week, week
        pieces = self.pieces
        if before is None or before.monday != week.monday:
            self._seen_clash = -1
        pieces.step.show_week(week.monday, week.today)
        pieces.legend.show_disciplines(week.disciplines, self.only)
        pieces.clashes.show_clashes(week.clashes, may_move=pieces.may)
        pieces.waiting.show_waiting(week, missed, may=pieces.may)
        keys_here = self.hasFocus() or self.grid.hasFocus()
        self.grid.show_week(week)
        if self._wanted is not None:
            self.grid.go_to(self._wanted)
        elif self._arriving:
            self.grid.go_to_day(week.today)
            if self._resident is not None:
                self.grid.go_to_row(self._resident)
        self._wanted, self._arriving = None, False
        if week.rows:
            self.state.content()
        elif self.only:
            self.state.empty(
                "这一周没有这个专业的训练", "按 F 看全部专业。", ("看全部", lambda: self._filter(()))
            )
        else:
            self.state.empty("还没有康复训练", "康复计划里的治疗项目排上时间后，这里按周列出。")
        if keys_here:
            self._take_keys()

    def print_out(self) -> None:
        """P: the week shown, by therapist, as it will leave the printer."""
        if self.week is not None:
            where, monday = self.bench.station.settings.institution_id, self.week.monday
            what = {"sheet": "rehab-week", "resident": where, "about": "institution", "first": monday}
            self.bench.go("preview", {**what, "back": ("rehab-week", {"day": monday})})

    def _take_keys(self) -> None:
        """The focus on the grid, or while a sentence stands in its place on the view: its keys go on working."""
        (self.grid if self.grid.isVisibleTo(self) else self).setFocus()

    def _forget(self) -> None:
        self.week = None
        self.grid.show_week(None)

    def _moved(self) -> None:
        """The foot says what the cursor is on, or where what is being moved would stand."""
        moving = self.grid.moving
        if moving is None:
            self.pieces.said.say(self.grid.words(), "text2")
        else:
            self.pieces.said.say(moving.words, "danger.text" if moving.blocking else "text")

    def _turned(self) -> None:
        self._arriving = True
        self.refresh()
        self._take_keys()

    def _filter(self, codes: tuple[str, ...]) -> None:
        self.only = codes
        self.refresh()
        self._take_keys()

    def _resting(self, act: Any) -> None:
        """A key of the board, unless a session is on its way: it is to be let go or put back first."""
        if self.grid.moving is None:
            act()
        else:
            self.bench.notice.say("正在改期：Enter 放下，Esc 放回。", seconds=8)

    def _connect(self) -> None:
        pieces, acts = self.pieces, self.acts
        self.grid.entered.connect(acts.open_session)
        self.grid.dropped.connect(acts.drop)
        self.grid.moved.connect(self._moved)
        pieces.step.chosen.connect(lambda monday: self.go_to_week(monday))  # noqa: PLW0108  # the signal carries object
        pieces.by.group.buttonClicked.connect(self._turned)
        pieces.legend.filtered.connect(lambda codes: self._filter(codes))  # noqa: PLW0108  # the same
        pieces.clashes.taken.connect(lambda offer: acts.take_offer(offer))  # noqa: PLW0108  # the same
        pieces.clashes.looked.connect(self.look_at_clash)
        pieces.waiting.placing.connect(partial(acts.add, missing_only=True))
        pieces.waiting.missing.connect(acts.missed)
        pieces.off.clicked.connect(acts.off)
        pieces.print.allowed.connect(self.print_out)
        pieces.add.clicked.connect(lambda: acts.add())  # noqa: PLW0108  # the signal carries checked
        self._bind()
        self._clock = QTimer(self)
        self._clock.setInterval(60 * 1000)  # what was planned becomes due, what was due becomes unrecorded
        self._clock.timeout.connect(lambda: self.refresh() if self.isVisible() else None)
        self._clock.start()

    def _bind(self) -> None:
        pieces, acts = self.pieces, self.acts
        bind(
            self,
            Key("Up Down Left Right", "在训练间移动；改期时移动这次训练"),
            Key("PgUp PgDn", "上一行、下一行；改期时换康复师"),
            Key("Return", "打开这次训练；改期时放下"),
            Key("Esc", "改期时放回原处"),
            self._key("M", "改期：方向键移到新时间", acts.move),
            self._key("R", "改期：填日期和时间", acts.move_by_form),
            self._key("N", "排训练", acts.add),
            self._key("U", "排上未排满的项目", partial(acts.add, missing_only=True)),
            self._key("B", "待补的训练：补训或不补", acts.missed),
            self._key("Delete", "取消这次训练", acts.cancel),
            self._key("Z", "撤销刚才的改动", acts.undo),
            self._key("L", "康复师不在岗", acts.off),
            self._key("1", "按第一个建议解决冲突", partial(pieces.clashes.take, 0)),
            self._key("2", "按第二个建议解决冲突", partial(pieces.clashes.take, 1)),
            self._key("G", "查看冲突的训练", self.look_at_clash),
            self._key("V", "按康复师、按老人", self.turn_by),
            self._key("F", "只看一个专业", pieces.legend.turn),
            self._key("[", "上一周", partial(pieces.step.step, -1)),
            self._key("]", "下一周", partial(pieces.step.step, 1)),
            self._key("P", "打印本页这一周", pieces.print.ask),
            self._key("T", "本周", partial(self.go_to_week, None)),
        )

    def _key(self, press: str, words: str, act: Any) -> Key:
        return Key(press, words, partial(self._resting, act))
