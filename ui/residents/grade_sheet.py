"""等级与阶段: care level with what is proposed, care stage, nursing grade; decided, set right, with their history."""

from __future__ import annotations

import functools
from datetime import date

from PySide6.QtWidgets import QHBoxLayout

from app.core.clock import date_in
from app.core.form import Value
from app.core.roles import Right
from app.residents.queries import GradeRow, Grades, GradesRow, LevelProposal, ProposalRow
from app.residents.rules.grades import CARE_LEVEL, CARE_STAGE, GRADES, NURSING_GRADE
from app.residents.stating import Seen
from app.residents.stays import CorrectGrade, DecideGrade, GradeForm, RetractGrade
from app.residents.stays.fields import (
    Values,
    correcting,
    day_of,
    form,
    grade_form,
    reason_of,
    text,
    text_field,
)
from app.residents.stays.tasks import StayTask
from ui.kit import Column, FactTile, Key, RowsTable, StateView, Words, bind, cells
from ui.kit.guarded import GuardedButton
from ui.kit.view import View
from ui.residents.act_sheet import ActSheet, Subject
from ui.style import Role, Tone

_RIGHTS = {
    CARE_LEVEL: Right.DECIDE_LEVELS,
    CARE_STAGE: Right.DECIDE_LEVELS,
    NURSING_GRADE: Right.DECIDE_NURSING_GRADE,
}
_TONES = {CARE_LEVEL: Tone.INFO, CARE_STAGE: Tone.OK, NURSING_GRADE: Tone.VIOLET}


class GradeSheet(ActSheet):
    """1 2 3 begin a decision; the care level starts from what the latest assessment stands for."""

    def __init__(self, view: View, who: Subject, first: str = "") -> None:
        super().__init__(view, "等级与阶段", who)
        self.shown: GradesRow | None = None
        self.proposal: ProposalRow | None = None
        self._first = first
        self.tiles = {what: FactTile(words) for what, words in GRADES.items()}
        self.proposed = Words("", Role.BODY, ink="text2", wrap=True)
        self.decide: dict[str, GuardedButton] = {}
        for number, (what, words) in enumerate(GRADES.items(), 1):
            button = GuardedButton(view, _RIGHTS[what], f"{words}　{number}", icon="list-checks")
            button.speak_in(self.notice)
            button.allowed.connect(functools.partial(self._begin, what))
            self.decide[what] = button
        self.table: RowsTable[GradeRow] = RowsTable(
            self._columns(), key=lambda row: row.rid, words="等级与阶段的经过"
        )
        self.state = StateView(self.table)
        self._lay_out()
        self._connect()
        self.show_list()

    def open_now(self) -> None:
        self.open()
        self.refresh()

    async def ask(self) -> None:
        shown = await self.errands.ask(Grades(self.who.rid))
        said = await self.errands.ask(LevelProposal(self.who.rid))
        self.shown, self.proposal = shown, said
        for what, tile in self.tiles.items():
            now = shown.now(what)
            note = now.round or f"{now.since:%Y-%m-%d} 起" if now else ""
            words = now.words if now else (said.current_words if what == CARE_LEVEL else "")
            unset = "未确认" if what == CARE_LEVEL and words else ""
            tile.say(words or "未定", note or unset)
        self.proposed.setText(_proposal_words(said))
        self.table.set_rows(shown.rows)
        if shown.rows:
            self.state.content()
        else:
            self.state.empty("还没有确定过", "按 1 确认护理等级，按 2 定照护阶段；护理级别由医师按 3 下达。")
        self._offer_row_acts()
        if self.task is None:
            self.rest()
        first, self._first = self._first, ""
        if first:
            self._ask_to(first)

    # inside -------------------------------------------------------------------------------------------------------

    def _ask_to(self, what: str) -> None:
        if self.task is None:
            self.decide[what].ask()

    def _begin(self, what: str) -> None:
        said = self.proposal
        if said is None or self.shown is None:
            return
        today = self._today().isoformat()
        now = self.shown.now(what)
        values: dict[str, Value] = {"since": today, "value": now.value if now else ""}
        basis: dict[str, object] = {}
        if what == CARE_LEVEL and said.value:
            values |= {"value": said.value, "note": f"按 {said.basis_words}"[:100]}
            basis = dict(said.basis)
        rid = self.who.rid
        self.start(
            StayTask(
                f"grade:{what}",
                GRADES[what],
                "确定",
                grade_form(what, self._today()),
                lambda v: DecideGrade(rid, what, _read(v, basis)),
                f"已确定{GRADES[what]}",
                values,
            )
        )

    def _begin_correct(self) -> None:
        row = self.table.current()
        if row is None or not self._may(row.what):
            return
        seen = Seen(row.rid, row.revision)
        values: dict[str, Value] = {
            "value": row.value,
            "since": row.since.isoformat(),
            "review_on": row.review_on.isoformat() if row.review_on else "",
            "note": row.note,
        }
        basis = dict(row.basis)
        self.start(
            StayTask(
                f"correct:{row.rid}",
                f"更正{GRADES[row.what]}",
                "更正",
                correcting(grade_form(row.what, self._today())),
                lambda v: CorrectGrade(seen, _read(v, basis), reason_of(v)),
                "已更正",
                values,
            )
        )

    def _begin_retract(self) -> None:
        row = self.table.current()
        if row is None or not self._may(row.what):
            return
        seen = Seen(row.rid, row.revision)
        why = form(text_field("why", "为什么作废", "如 记错人", required=True))
        title = f"作废{GRADES[row.what]}"

        def order(values: Values) -> RetractGrade:
            return RetractGrade(seen, text(values, "why"))

        self.start(StayTask(f"retract:{row.rid}", title, "作废", why, order, "已作废", grave=True))

    def _may(self, what: str) -> bool:
        if not self.decide[what].may:
            self.decide[what].ask()
        return self.decide[what].may

    def _today(self) -> date:
        bench = self.view.bench
        return date_in(bench.station.settings.zone, bench.desk.clock.now())

    def _columns(self) -> tuple[Column[GradeRow], ...]:
        def span(row: GradeRow) -> cells.Text:
            return cells.Text(f"{row.since:%Y-%m-%d}" + (f" 至 {row.ends:%m-%d}" if row.ends else " 起"))

        return (
            Column(
                "等级", lambda row: cells.State(f"{GRADES[row.what][2:]} {row.words}", _TONES[row.what]), 150
            ),
            Column("时间", span, 150),
            Column("理由", lambda row: cells.Text(row.note), least=130),
            Column("决定人", lambda row: cells.Text(row.by), 76, priority=1),
        )

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(10)
        for tile in self.tiles.values():
            row.addWidget(tile, 1)
        acts = QHBoxLayout()
        acts.setSpacing(10)
        for button in self.decide.values():
            acts.addWidget(button, 1)
        self.list_box.addLayout(row)
        self.list_box.addWidget(self.proposed)
        self.list_box.addLayout(acts)
        self.list_box.addWidget(self.state, 1)
        self.acts.insertWidget(0, self.retract)
        self.acts.insertWidget(1, self.correct)

    def _connect(self) -> None:
        self.correct.clicked.connect(self._begin_correct)
        self.retract.clicked.connect(self._begin_retract)
        self.table.on_opened(lambda _row: self._begin_correct())
        bind(
            self,
            *(
                Key(str(number), words, functools.partial(self._ask_to, what))
                for number, (what, words) in enumerate(GRADES.items(), 1)
            ),
            Key("Return", "更正这一条"),
            Key("Delete", "作废这一条", self._begin_retract),
        )


def _read(values: Values, basis: dict[str, object]) -> GradeForm:
    since = day_of(values, "since")
    if since is None:
        raise ValueError("a form that was not checked")
    return GradeForm(text(values, "value"), since, day_of(values, "review_on"), text(values, "note"), basis)


def _proposal_words(said: ProposalRow) -> str:
    """What the assessment stands for, and what to do with it."""
    if not said.value:
        return "还没有签名的能力评估，护理等级没有建议。"
    then = f"建议护理等级：{said.words}"
    if said.differs and said.current:
        then += f"（现在是{said.current_words}）"
    return f"{then}。依据：{said.basis_words}。"
