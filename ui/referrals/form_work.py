"""A referral's form is opened, taken from the chart anew, kept as a record, sent, and left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from app.referrals.drafted import FIELDS, again
from app.referrals.filling import FillReferral
from app.referrals.queries.one import ReferralById, ReferralRow
from app.referrals.rules.states import Status
from app.referrals.taken_up import part_words
from app.referrals.writing.begin import CHANGEABLE
from ui.kit import Button, Sheet, ask_first, errand
from ui.referrals.form_meeting import FormMeeting
from ui.style import Tone

WRITABLE = frozenset({Status.DRAFT, Status.REJECTED})
"""States in which beginning one for the resident goes on with it."""


class FormWork(FormMeeting):
    """Coming and going; `FormView` connects it with keys and acts."""

    _asked: Mapping[str, Any]

    # coming -------------------------------------------------------------------------------------------------------

    async def fetch(self) -> None:
        """The chart, the record that is gone on with, and what was typed and not kept."""
        await self.draft.flush()
        row, resident = await self._record()
        if resident is None:
            self.forget()
            self.state.empty("没有选中老人", "在老人名单或档案里按 F6。", ("去老人名单", self._to_list))
            return
        filled = await self.errands.ask(FillReferral(resident))
        if row is None and filled.open_referral is not None:
            row = await self.errands.ask(ReferralById(filled.open_referral))
        if row is not None and row.status not in self._open_for:
            self._standing(row)
            return
        kept = await self.draft.find(resident)
        self.pieces.said.clear()
        self.pieces.kept.setText("")
        self.begin(filled, self.stands(filled, row), row)
        self.pieces.discard.setVisible(kept is not None)
        if row is not None and row.consent is not None and not row.consent.agreed:
            consent = row.consent
            self.pieces.said.say(
                f"{consent.name}（{consent.relation}）不同意转诊：{consent.words}", Tone.WARN
            )
        if kept is not None:
            await self.put_back(filled, kept)
        await self._ask_partners()
        self.state.content()
        self.pieces.steps.verticalScrollBar().setValue(0)

    async def _record(self) -> tuple[ReferralRow | None, UUID | None]:
        rid, resident = self._asked.get("record"), self._asked.get("resident")
        if rid is None:
            return None, resident
        row = await self.errands.ask(ReferralById(rid))
        return row, row.line.resident

    @property
    def _open_for(self) -> frozenset[Status]:
        """One that was sent is opened from its own course (E), to be set right; not where a new one is begun."""
        return CHANGEABLE if "record" in self._asked else WRITABLE

    def _standing(self, row: ReferralRow) -> None:
        """One at a time: the one that is under way is followed, not written anew."""
        self.forget()
        self.state.empty(
            f"已有转诊 {row.line.number}（{row.status.words}）",
            "一位老人同时只有一份没有结束的转诊：在它的过程里补记时间、换医院，按 E 更正。",
            ("去看这份转诊", lambda: self.bench.go("referral-follow", {"referral": row.line.rid})),
        )

    # the chart once more ------------------------------------------------------------------------------------------

    def take_again(self) -> None:
        """F5: what a person wrote stays, unless they say it is to be written over."""
        filled, hand = self.filled, self.said.by_hand
        if filled is None:
            return
        if not hand:
            self.fill_again(frozenset())
            return
        names = part_words([f"texts.{field}" for field in FIELDS if field in hand])
        sheet = Sheet(self, "重新取病历", f"这些字段改过：{names}。其他字段按现在的病历更新。")
        over = Button("全部按病历", "quiet")
        sheet.acts.addWidget(over)
        sheet.offer("保留改过的", cancel="取消")
        sheet.done_with.connect(sheet.accept)
        sheet.done_with.connect(lambda: self.fill_again(frozenset()))
        over.clicked.connect(sheet.accept)
        over.clicked.connect(lambda: self.fill_again(hand))
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()

    @errand
    async def fill_again(self, over: frozenset[str]) -> None:
        filled = self.filled
        if filled is None:
            return
        fresh = await self.errands.ask(FillReferral(filled.resident.rid))
        if self.filled is not filled:
            return
        self.filled = fresh
        self.pieces.head.show_person(fresh)
        self.stands_on(self.stands(fresh, self.row), self.row)
        self.put(again(self.said, fresh, over))
        self.draft.touch()
        self.bench.notice.done("已按现在的病历更新")

    # acts of the cards --------------------------------------------------------------------------------------------

    def start_channel(self) -> None:
        """Alt+G: the green channel is started, now."""
        if self.filled is not None and not self.said.green:
            self.note("started")

    def note(self, code: str, at: datetime | None = None, who: str = "") -> None:
        """A time of the green channel; noting one is starting it."""
        said = self.said
        times = {**said.times, code: (self._minute(at).isoformat(), who or said.times.get(code, ("", ""))[1])}
        if "started" not in times and code != "eta":
            times["started"] = (self._minute(None).isoformat(), "")
        self.change(replace(said, times=times, green=True))

    def take_time_back(self, code: str) -> None:
        """A time noted by mistake, before it is in any record; without its start there is no green channel."""
        if code in self._shown.times:
            self.bench.notice.refused("这个时间已记在转诊里，不能去掉；按 E 可以改。")
            return
        times = {key: value for key, value in self.said.times.items() if key != code}
        gone = code == "started"
        self.change(replace(self.said, times={} if gone else times, green=self.said.green and not gone))

    def tell(self, line: dict[str, str]) -> None:
        """Somebody of the family was reached just now."""
        told = {**line, "at": self._minute(None).isoformat()}
        self.change(replace(self.said, told=(*self.said.told, told)))

    def untell(self, place: int) -> None:
        told = tuple(line for number, line in enumerate(self.said.told) if number != place)
        self.change(replace(self.said, told=told))

    def switch_part(self, key: str, on: bool) -> None:  # noqa: FBT001  # what a check box says
        """A part of the pack is wanted or not; attachments are kept with the referral."""
        said = self.said
        if "|" in key:
            rest = tuple(one for one in said.attachments if one != key)
            self._change(replace(said, attachments=(*rest, key) if on else rest))
        else:
            self._change(replace(said, left_out=said.left_out - {key} if on else said.left_out | {key}))

    # going --------------------------------------------------------------------------------------------------------

    def ask_leave(self) -> None:
        """Esc: go back, after asking if something stands here that is in no record."""
        if not self.dirty:
            self.go_back()
            return
        sheet = Sheet(self, "转诊还没有提交", "填的内容可以留作草稿，下次打开接着填。")
        throw = Button("不要了", "quiet")
        sheet.acts.addWidget(throw)
        sheet.offer("留作草稿", cancel="继续填写")
        sheet.done_with.connect(sheet.accept)
        sheet.done_with.connect(self.leave_draft)
        throw.clicked.connect(sheet.accept)
        throw.clicked.connect(self.leave_nothing)
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()

    @errand
    async def leave_draft(self) -> None:
        self.draft.touch()
        await self.draft.flush()
        self.go_back()
        self.bench.notice.done("已留作草稿，下次打开接着填。")

    @errand
    async def leave_nothing(self) -> None:
        await self.draft.drop()
        self.go_back()

    def throw_away(self) -> None:
        """The draft is not wanted: asked first, because it is all that was typed."""
        sheet = ask_first(self, "不要这份草稿", "改过的内容会丢掉，重新按病历填写。", "不要了", grave=True)
        sheet.done_with.connect(self._throw)

    @errand
    async def _throw(self) -> None:
        await self.draft.drop()
        await self.fetch()

    def go_back(self) -> None:
        self.forget()
        self.bench.go(*self._asked.get("back", ("referrals", {})))

    def forget(self) -> None:
        """Nobody's form: nothing that stood here can be kept or sent any more."""
        self.filled, self.row = None, None
        self._clock.stop()
        self.live.forget()

    async def leave(self) -> None:
        """Before somebody else signs in: keep what is typed."""
        await self.draft.flush()

    # inside -------------------------------------------------------------------------------------------------------

    def _to_list(self) -> None:
        self.bench.go("residents", {})

    def _minute(self, at: datetime | None) -> datetime:
        return (at or self.now).replace(second=0, microsecond=0)
