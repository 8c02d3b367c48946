"""A referral's form meets what stands: what was typed is put back, what somebody else saved is taken up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from app.core.drafts import KeptDraft
from app.core.errors import Refusal
from app.referrals.drafted import FIELDS, ReferralDraft, from_chart
from app.referrals.filling import Filled, FillReferral
from app.referrals.queries.of_resident import ReferralsOf
from app.referrals.queries.one import ReferralById, ReferralRow
from app.referrals.taken_up import differing, join, of_record, part_words, settled, text_of, words_only
from app.referrals.writing.begin import CHANGEABLE
from ui.kit import Button, Sheet
from ui.referrals.form_screen import FormScreen
from ui.style import Tone

OLD = timedelta(hours=12)
"""What was ticked, noted and told so long ago is no fact of today."""


class FormMeeting(FormScreen):
    """Nothing that somebody else wrote is written over unseen, and nothing typed here is lost."""

    def stands(self, filled: Filled, row: ReferralRow | None) -> ReferralDraft:
        """What the record says, or of a new one the chart."""
        return of_record(row, filled) if row is not None else from_chart(filled)

    # what was typed and not kept ----------------------------------------------------------------------------------

    async def put_back(self, filled: Filled, kept: KeptDraft) -> None:
        """What was typed comes back over what stands now; of an old draft only the words."""
        content, when = kept.content, self.draft.when(kept)
        typed = ReferralDraft.of(content["said"])
        base = ReferralDraft.of(content.get("base", {}))
        old = await self._outdated(filled, kept)
        joined = join(base, words_only(typed, base) if old else typed, self._shown)
        self.both = joined.both | frozenset(content.get("both", ()))
        self.put(joined.said if self.row is not None else joined.said.told_anew(filled))
        if old:
            hand = part_words([f"texts.{name}" for name in FIELDS if name in typed.by_hand])
            back = f"只放回了手写的{hand}，请核对；" if hand else ""
            rest = "那时勾的原因、时间、告知和同意没有放回，请按现在的填。"
            self.pieces.said.say(f"{when} 的草稿已经过时：{back}{rest}", Tone.WARN)
        elif clash := self.clash_words():
            self.pieces.said.say(f"已放回 {when} 没有提交的内容。{clash}", Tone.WARN)
        else:
            self.pieces.said.say(f"已放回 {when} 没有提交的内容，没改过的字段已按病历更新。", Tone.INFO)

    async def _outdated(self, filled: Filled, kept: KeptDraft) -> bool:
        """Whether it is about another day: too old, or of a referral that is not this one."""
        if self.now - kept.saved_at > OLD:
            return True
        record, here = kept.content.get("record"), str(self.row.line.rid) if self.row is not None else None
        if record is not None and record != here:
            return True
        found = await self.errands.ask(ReferralsOf(filled.resident.rid))
        return any(one.begun_at > kept.saved_at for one in found if str(one.rid) != here)

    # what somebody else saved -------------------------------------------------------------------------------------

    async def take_up(self, filled: Filled) -> bool:
        """The record as it stands now, where it is newer than what this form goes on with; whether it is."""
        rid = self.row.line.rid if self.row is not None else None
        rid = rid or (await self.errands.ask(FillReferral(filled.resident.rid))).open_referral
        if rid is None:
            return False
        row = await self.errands.ask(ReferralById(rid))
        if self.filled is not filled or (self.row is not None and row.seen == self.row.seen):
            return False
        first = self.row is None
        stands = of_record(row, filled)
        joined = join(self._shown, self.said, stands)
        self.both |= joined.both
        self.stands_on(stands, row)
        self.put(joined.said)
        self.say_record()
        self.draft.touch()
        taken = f"已更新{names}。" if (names := part_words(joined.taken)) and not first else ""
        begun = f"刚有人为这位老人写了转诊 {row.line.number}（{row.status.words}），已接着它写。"
        said = begun if first else f"刚有人改过这份转诊（{row.status.words}）。"
        closed = "" if row.status in CHANGEABLE else "这份不能再改；您写的可以留作草稿，另写一份。"
        self.pieces.said.say(f"{said}{taken}{closed or self.clash_words()}", Tone.WARN)
        return True

    def clash_words(self) -> str:
        """What both changed, in one sentence; empty where nothing is."""
        names = part_words(self._clash())
        return f"{names} 别人也改过，现在留的是您写的，保存时会问用谁的。" if names else ""

    def asks_whose(self, go_on: Callable[[], object]) -> bool:
        """Whether it has to be asked whose words stay; then the question is open. `go_on`: those written here."""
        clash = self._clash()
        if not part_words(clash):
            return False
        lines = [f"{part_words([part])}：{words}" for part in clash if (words := text_of(part, self._shown))]
        sheet = Sheet(
            self, f"{part_words(clash)}两边都改过", "\n".join(["现在记的是——", *lines] if lines else [])
        )
        theirs = Button("用现在记的", "quiet")
        sheet.acts.addWidget(theirs)
        sheet.offer("用我写的", cancel="返回")
        sheet.done_with.connect(sheet.accept)
        sheet.done_with.connect(self._settle_mine)
        sheet.done_with.connect(go_on)
        theirs.clicked.connect(sheet.accept)
        theirs.clicked.connect(self._settle_theirs)
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()
        return True

    async def after_refusal(self, filled: Filled, refusal: Refusal) -> Refusal:
        """What somebody saved before this is on the screen after the refusal that says so, and counts as seen."""
        if not await self.take_up(filled):
            return refusal
        return Refusal(f"{refusal.text}上面写着改了什么，核对后再按一次。", field=refusal.field)

    # inside -------------------------------------------------------------------------------------------------------

    def _clash(self) -> frozenset[str]:
        return differing(self.said, self._shown, self.both)

    def _settle_mine(self) -> None:
        self.both = frozenset()

    def _settle_theirs(self) -> None:
        """Theirs stay; the person looks before it is kept."""
        said = settled(self.said, self._shown, self._clash())
        self.both = frozenset()
        self.put(said)
        self.draft.touch()
        self.pieces.said.clear()
