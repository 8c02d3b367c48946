"""Acts on a return at the right: papers, asking for them, parts of the assessment, its end; each by one key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.core.clock import date_in
from app.core.form import Choice, Field, Form, Kind, Section
from app.core.orders import Order
from app.referrals.coming_back import Chase, FinishAssessment, NoteAssessed, NotePaper, RetractReturn
from app.referrals.coming_back.fields import chase_fields, moment_value, read_instant
from app.referrals.coming_back.rows import ItemRow, ReturnRow
from app.referrals.revising import Seen
from app.referrals.rules.returning import HERE, MISSING, NOT_NEEDED, OPEN
from ui.forms.act_sheet import ActSheet, Task

if TYPE_CHECKING:
    from ui.referrals.return_view import ReturnView

LONGEST = 100


class ReturnActs:
    """Works for one view; every act is done at once and told in the notice line."""

    def __init__(self, view: ReturnView) -> None:
        self._view = view
        self.sheet: ActSheet | None = None
        self._number = 0

    # papers -------------------------------------------------------------------------------------------------------

    def tick_paper(self) -> None:
        """Space: received; once more takes it back."""
        paper = self._view.lists.paper()
        if paper is not None and not paper.by_itself:
            self._note((paper.code,), OPEN if paper.state == HERE else HERE)

    def mark_paper(self, state: str) -> None:
        """X and N: missing, not needed; once more takes it back."""
        paper = self._view.lists.paper()
        if paper is not None:
            self._note((paper.code,), OPEN if paper.state == state else state)

    def miss(self) -> None:
        self.mark_paper(MISSING)

    def need_not(self) -> None:
        self.mark_paper(NOT_NEEDED)

    def take_rest(self) -> None:
        """A: every paper nobody said anything of is here."""
        row = self._view.lists.row
        codes = tuple(one.code for one in row.papers if one.state == OPEN) if row is not None else ()
        if codes:
            self._note(codes, HERE, walk=False)
        else:
            self._view.bench.notice.refused("没有还没确认的材料；标为“缺”的请逐份按空格。")

    def start_chasing(self) -> None:
        """C: who was asked, and what they said."""
        row = self._view.lists.row
        if row is None:
            return
        if row.chase is None:
            self._view.bench.notice.refused("资料已齐，不用追要。")
            return
        zone, now = self._view.zone, self._view.bench.desk.clock.now()
        hospital = " ".join(part for part in (row.form.hospital, row.form.department) if part)
        doctor = " ".join(part for part in (row.form.department, row.form.doctor_name) if part)
        whom = tuple(dict.fromkeys(part for part in (doctor, hospital) if part))
        lacking = "、".join(one.label for one in row.owed)
        rid = row.rid
        task = Task(
            title="追要资料",
            text=f"还缺：{lacking}。" + (f"电话 {row.form.doctor_phone}。" if row.form.doctor_phone else ""),
            act="记下",
            form=chase_fields(date_in(zone, now), whom),
            order=lambda values, _seen: Chase(
                rid,
                str(values["how"]),
                str(values["whom"]),
                str(values["answer"]),
                read_instant(str(values["chased_at"]), zone),
            ),
            seen=Seen(row.rid, row.revision),
            said="已记下追要。",
            values={"how": "phone", "whom": whom[0] if whom else "", "chased_at": moment_value(zone, now)},
        )
        self._open(task)

    # the assessment -----------------------------------------------------------------------------------------------

    def say(self, number: int) -> None:
        """A digit: the n-th sentence that may stand for the part under the cursor."""
        item, row = self._view.lists.item(), self._view.lists.row
        if item is not None and row is not None and number <= len(item.says):
            self._do(NoteAssessed(row.rid, item.code, item.says[number - 1]), walk=True)

    def start_saying(self) -> None:
        """Space: in words, where the chart has no record of it."""
        item, row = self._view.lists.item(), self._view.lists.row
        if item is None or row is None or not self._open_still(row):
            return
        if not item.sayable:
            self._view.go_reconcile()
            return
        words = Field(
            "words",
            item.label,
            Kind.SUGGESTED,
            required=True,
            max_length=LONGEST,
            suggest=_offer(item),
            wide=True,
        )
        rid, code = row.rid, item.code
        task = Task(
            title=item.label,
            text="写明看到的情况。有记录的项目会自己勾上，不用写。",
            act="记下",
            form=Form((Section("", (words,)),)),
            order=lambda values, _seen: NoteAssessed(rid, code, str(values["words"])),
            seen=Seen(row.rid, row.revision),
            said=f"已记下{item.label}。",
            values={"words": item.words if item.said else ""},
        )
        self._open(task)

    def take_back(self) -> None:
        """Delete: what was said of the part or the paper under the cursor."""
        lists, row = self._view.lists, self._view.lists.row
        item, paper = lists.item(), lists.paper()
        if row is None:
            return
        if lists.papers.hasFocus() and paper is not None and paper.at is not None:
            self._note((paper.code,), OPEN)
        elif lists.items.hasFocus() and item is not None and item.said:
            self._do(NoteAssessed(row.rid, item.code, ""), walk=False)

    def go_to_item(self) -> None:
        """Enter: where the part under the cursor is done."""
        item, row = self._view.lists.item(), self._view.lists.row
        if item is None or row is None:
            return
        here = ("referral-return", {"resident": row.resident})
        if item.place == "reconcile":
            self._view.go_reconcile()
        elif item.place == "chart":
            params = {"resident": row.resident, "tab": item.tab, "back": "referral-return"}
            self._view.bench.go("chart", params)
        elif item.kind == "assessment" and item.record is not None:
            self._view.bench.go("assessment", {"assessment": item.record, "back": here})
        else:
            asked = {"resident": row.resident, "instrument": item.instrument, "back": here}
            self._view.bench.go(item.place, asked)

    def finish(self) -> None:
        """Ctrl+Enter: everything is done."""
        row = self._view.lists.row
        if row is not None:
            self._do(FinishAssessment(Seen(row.rid, row.revision)), said="返院评估已完成。", walk=False)

    def start_retracting(self) -> None:
        """It was no return, or somebody else's."""
        row = self._view.lists.row
        if row is None:
            return
        why = Field("why", "为什么作废", required=True, max_length=80, placeholder="如 登记错了人", wide=True)
        task = Task(
            title="作废这次返院登记",
            text="老人重新算作住院，转诊退回上一步；返院以后已有记录的不能作废。",
            act="作废",
            form=Form((Section("", (why,)),)),
            order=lambda values, seen: RetractReturn(seen, str(values["why"])),
            seen=Seen(row.rid, row.revision),
            said="已作废返院登记。",
            grave=True,
        )
        self._open(task)

    # inside -------------------------------------------------------------------------------------------------------

    def _note(self, codes: tuple[str, ...], state: str, *, walk: bool = True) -> None:
        row = self._view.lists.row
        if row is not None:
            self._do(NotePaper(row.rid, codes, state), walk=walk and state != OPEN)

    def _do(self, order: Order[Any], said: str = "", *, walk: bool) -> None:
        """Each press is done, one after the other: papers are ticked faster than they are kept."""
        view = self._view
        if walk:
            (view.lists.papers if view.lists.papers.hasFocus() else view.lists.items).step(1)

        async def work() -> None:
            await view.errands.do(order)
            if said:
                view.bench.notice.done(said)

        self._number += 1
        view.errands.start(f"return {self._number}", work)

    def _open_still(self, row: ReturnRow) -> bool:
        if row.assessed_at is None:
            return True
        self._view.bench.notice.refused("返院评估已经完成，不能再改。")
        return False

    def _open(self, task: Task) -> None:
        if self.sheet is not None:
            return
        sheet = self.sheet = ActSheet(self._view, task)
        sheet.kept.connect(lambda said, _result: self._view.bench.notice.done(said))
        sheet.finished.connect(self._closed)
        sheet.open()

    def _closed(self) -> None:
        if self.sheet is not None:
            self.sheet.deleteLater()
        self.sheet = None
        self._view.take_keys()


def _offer(item: ItemRow) -> Any:
    return lambda typed: tuple(Choice(one, one) for one in item.says if typed.strip() in one)
