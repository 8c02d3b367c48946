"""The form of a plan as it is drawn and read: its head, goals, programme, and all the rest, as one draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from app.core.clock import date_in
from app.core.form import Value
from app.rehab.drafted import GoalDraft, ItemDraft, PlanDraft, Rest
from app.rehab.evaluations import effect_words
from app.rehab.form.goal import line_words
from app.rehab.form.item import often_words, told_of
from app.rehab.form.plan import plan_values, read_plan
from app.rehab.lists.contraindications import contraindications
from app.rehab.lists.disciplines import disciplines
from app.rehab.lists.items import dose_words, items
from app.rehab.lists.surroundings import places
from app.rehab.queries.drawing import PlanStart
from app.rehab.rules.smart import LONG
from app.rehab.templating import blank, from_template, offered_beside, review_of
from app.residents.queries import ChartRow
from app.residents.vocabulary import Entry as Word
from ui.forms.form_draft import FormDraft
from ui.kit import Button
from ui.kit.view import Bench, Crumb, View
from ui.rehab.entry_rows import Entry
from ui.rehab.plan_form_layout import PlanFormPieces
from ui.rehab.word_rows import Line
from ui.style import Tone

FORM = "rehab_plan"
"""How drafts of this form are filed, by resident."""
TERMS = {"long": ("长期", Tone.VIOLET), "short": ("短期", Tone.NEUTRAL)}


class PlanFormScreen(View):
    """What stands in the form; `PlanFormView` opens it, has it drawn up and changed."""

    def __init__(self, bench: Bench) -> None:
        super().__init__(bench, "康复计划")
        self.start: PlanStart | None = None
        self.chart: ChartRow | None = None
        self.goals: tuple[GoalDraft, ...] = ()
        self.items: tuple[ItemDraft, ...] = ()
        self.base = PlanDraft()
        """The draft whose unseen parts (evaluation, contraindications) the form goes on from."""
        self.pieces = PlanFormPieces(self)
        self.conditions: tuple[str, ...] = ()
        self._template = ""
        self._shown: dict[str, Any] = {}
        self.draft = FormDraft(self, FORM, lambda: self.read().kept())

    @property
    def resident(self) -> UUID | None:
        return self.chart.rid if self.chart is not None else None

    @property
    def standing(self) -> bool:
        """Whether the plan stands in the file and is changed here."""
        return self.start is not None and self.start.standing is not None

    @property
    def dirty(self) -> bool:
        """Whether something is typed that is not saved."""
        return self.start is not None and self.read().kept() != self._shown

    def read(self) -> PlanDraft:
        """The plan as it stands in the form."""
        pieces = self.pieces
        values: dict[str, Value] = {**pieces.head.values(), **pieces.limits.values()}
        codes = {one.words: one.code for one in pieces.listed}
        rest = Rest(
            precautions=tuple((one.words, one.marked, one.code) for one in pieces.precautions.said),
            exercises=pieces.exercises.words,
            aids=pieces.aids.words,
            education=pieces.education.words,
            team=tuple(_member(one) for one in pieces.team.said),
            guard=self.base.rest.guard,
        )
        return replace(
            read_plan(values, self.base),
            problems=pieces.problems.said,
            measures=tuple(codes.get(words, words) for words in pieces.measures.words),
            rest=rest,
            goals=self.goals,
            items=self.items,
        )

    def show_draft(self, draft: PlanDraft) -> None:
        """Put a plan into the form; says nothing."""
        pieces = self.pieces
        self.base, self.goals, self.items = draft, draft.goals, draft.items
        self._template = draft.template
        self._draw_limits(draft.conditions)
        for form in (pieces.head, pieces.limits):
            form.set_values(plan_values(draft))
        pieces.problems.show_problems(draft.problems)
        pieces.precautions.show_lines(
            Line(words, marked, code) for words, marked, code in draft.rest.precautions
        )
        pieces.exercises.show_lines(draft.rest.exercises)
        pieces.aids.show_lines(draft.rest.aids)
        pieces.education.show_lines(draft.rest.education)
        pieces.team.show_lines(Line(name, code=f"{role}|{staff}") for role, staff, name in draft.rest.team)
        words = {one.code: one.words for one in pieces.listed}
        pieces.measures.show_lines(words.get(code, code) for code in draft.measures)
        self.show_held()
        self.show_goals()
        self.show_items()

    def begin(self, start: PlanStart, chart: ChartRow) -> None:
        """An empty form for this resident, or the plan that stands."""
        self.start, self.chart = start, chart
        pieces = self.pieces
        pieces.listed = tuple(Word(one.title, (one.code,), one.code) for one in start.measures if one.filled)
        pieces.draw(start.offered, start.ground.staff)
        self._join_head()
        if start.standing is not None:
            self.show_draft(start.standing.draft)
        elif start.offered:
            self.show_draft(from_template(start.offered[0], start.ground, start.conditions))
        else:
            self.show_draft(blank(start.ground))
        self._say(start, chart)
        self._shown = self.read().kept()

    def choose_template(self, code: str) -> None:
        """Everything by another template; what the evaluation says stays."""
        if self.start is None:
            return
        made = (
            from_template(code, self.start.ground, self.start.conditions)
            if code
            else blank(self.start.ground)
        )
        self.show_draft(made)
        self.edited()

    def show_goals(self, focus: str = "") -> None:
        """The goals, long ones first, with what is missing of each."""
        begins = self.begins()
        self.goals = tuple(sorted(self.goals, key=lambda one: one.term != LONG))
        self.pieces.goals.show_entries((self._goal_entry(one, begins) for one in self.goals), focus)
        self.pieces.goals.say_wrong("")

    def show_items(self, focus: str = "") -> None:
        """The programme, with what contraindications say of each line."""
        self.pieces.items.show_entries((self._item_entry(one) for one in self.items), focus)
        self.pieces.items.say_wrong("")
        offered = offered_beside(self._template, (one.code for one in self.items))
        self.pieces.offered.show_pieces(self._chip(one.code, one.words) for one in offered)
        self.pieces.offered.setVisible(bool(offered))

    def show_held(self) -> None:
        """Contraindications that were found, and what each does."""
        known = contraindications()
        lines = []
        for code, note in self.base.contraindications.items():
            one = known.get(code)
            if one is not None:
                more = f"（{note}）" if note else ""
                lines.append((f"{one.words}{more}　{effect_words(one)}", "danger" if one.block else "warn"))
        evaluated = self.base.evaluation is not None
        none = "评定时没有发现禁忌。" if evaluated else "还没有评定：禁忌没有问过，目标没有基线。"
        self.pieces.show_held(lines or [(none, "text2" if evaluated else "warn")])
        self.pieces.evaluate.setVisible(not evaluated and not self.standing)

    def edited(self) -> None:
        """Something was edited by the person."""
        if not self.standing and self.start is not None:
            self.draft.touch()
        conditions = self.read().conditions
        if conditions != self.conditions:
            kept = self.pieces.limits.draft()
            self._draw_limits(conditions)
            self.pieces.limits.set_values({**plan_values(self.base), **kept})
            self.pieces.limits.focus_on("conditions")
            self.show_items()

    def add_line(self, code: str) -> None:
        """One more item, by its code: the view knows how."""

    # inside -------------------------------------------------------------------------------------------------------

    def _goal_entry(self, one: GoalDraft, begins: date) -> Entry:
        words, tone = TERMS.get(one.term, TERMS["short"])
        missing = tuple((fault.words, "danger") for fault in one.faults(begins) if fault.must)
        due = f"期限 {one.due_on:%Y-%m-%d}" if one.due_on else ""
        return Entry(one.key, words, tone, line_words(one, begins), due, missing[:2])

    def _item_entry(self, one: ItemDraft) -> Entry:
        known = disciplines().get(one.discipline)
        tone = Tone(known.tone) if known is not None else Tone.NEUTRAL
        place = places()[one.place].words if one.place in places() else one.place
        hint = " · ".join(
            filter(None, (often_words(one), dose_words(one.dose), place, self._name(one.therapist), one.note))
        )
        told = told_of(one, self.base.contraindications, self.conditions)
        notes = tuple((words, "danger" if blocks else "warn") for words, blocks in told)
        return Entry(one.key, known.short if known else one.discipline, tone, one.words, hint, notes)

    def _chip(self, code: str, words: str) -> Button:
        chip = Button(words, "plain", icon="plus")
        chip.setProperty("high", "small")
        chip.setToolTip(f"模板还提供：{items()[code].purpose}")
        chip.clicked.connect(lambda: self.add_line(code))
        return chip

    def _name(self, rid: UUID | None) -> str:
        if rid is None or self.start is None:
            return ""
        return next((one.name for one in self.start.ground.staff if one.rid == rid), "")

    def _draw_limits(self, conditions: tuple[str, ...]) -> None:
        self.conditions = conditions
        self.pieces.draw_limits(conditions)
        self.pieces.limits.changed.connect(self.edited)

    def _join_head(self) -> None:
        head = self.pieces.head
        head.changed.connect(self.edited)
        head.submitted.connect(self.pieces.new_goal.setFocus)
        for field, act in (("template", self._template_left), ("phase", self._phase_left)):
            head.input(field).left.connect(act)  # type: ignore[attr-defined]  # every input tells when it is left

    def _template_left(self) -> None:
        """Another template was chosen; the view asks where something would be lost."""

    def _phase_left(self) -> None:
        """Another phase: when it is reviewed."""
        read = self.read()
        if read.phase and read.begins is not None and not self.standing:
            self.pieces.head.set_values({"review_on": review_of(read.phase, read.begins).isoformat()})

    def _say(self, start: PlanStart, chart: ChartRow) -> None:
        pieces, standing = self.pieces, start.standing
        pieces.person.show_person(chart)
        last = start.evaluation
        evaluated = f"最近评定 {last.said.evaluated_on} {last.words}" if last is not None else "还没有评定"
        pieces.strip.setVisible(standing is not None)
        if standing is not None:
            told = f"计划 {standing.number}　{standing.draft.words}"
            paused = f"　已从 {standing.paused} 起暂停" if standing.paused else ""
            pieces.person.say(f"{told}{paused}　·　{evaluated}")
            about = f"{chart.name}　{chart.bed}　{told}\n{_size(standing.draft)}"
            pieces.strip.show_signed(standing.seen, standing.signed, standing.resident, about)
        else:
            pieces.person.say(evaluated)
        pieces.save.say("保存更改" if standing is not None else "开立计划")
        pieces.more.setVisible(standing is not None)
        words = f"康复计划：{chart.name}" if standing is not None else f"制定康复计划：{chart.name}"
        self.say_title(Crumb("康复", "rehab", {"resident": chart.rid}), Crumb(words))

    def begins(self) -> date:
        """When the plan begins, as it stands in the form."""
        return self.read().begins or self.today()

    def today(self) -> date:
        """The institution's date."""
        return date_in(self.bench.station.settings.zone, self.bench.desk.clock.now())


def _size(draft: PlanDraft) -> str:
    """`7 个目标，4 个治疗项目，2026-11-24 至 2027-02-16`."""
    return f"{len(draft.goals)} 个目标，{len(draft.items)} 个治疗项目，{draft.begins} 至 {draft.ends}"


def _member(line: Line) -> tuple[str, str, str]:
    role, _, staff = line.code.partition("|")
    return role, staff, line.words


def fresh_key(beside: Mapping[str, object], letter: str) -> str:
    """A key no other entry has."""
    return next(key for number in range(1, 1000) if (key := f"{letter}{number}") not in beside)
