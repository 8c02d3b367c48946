"""What the view of a plan is made of: sections and pages on top, whose plan it is, then the plan or its progress."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QVBoxLayout

from app.rehab.progress.curves import CurvesRow
from app.rehab.queries.people import RehabPerson
from app.rehab.queries.plan_rows import PlanSheetRow
from app.residents.queries import ChartRow
from ui.kit import Button, ChipRow, IconButton, Stack, StateView, Words
from ui.kit.view import View
from ui.rehab.plan_page import PlanPage
from ui.rehab.plan_strip import PlanStrip
from ui.rehab.plan_top import PlanTop
from ui.rehab.progress_page import ProgressPage
from ui.rehab.sections import Sections
from ui.style import Role

PLAN, PROGRESS = "plan", "progress"


class PlanPieces:
    """Lays itself out in the view."""

    def __init__(self, view: View) -> None:
        self.sections = Sections(view, "rehab")
        self.pages = ChipRow(((PLAN, "计划"), (PROGRESS, "进展")))
        self.place = Words("", Role.HINT)
        self.before = IconButton("chevron-left", "上一位老人（PgUp）", size=34, framed=True)
        self.after = IconButton("chevron-right", "下一位老人（PgDn）", size=34, framed=True)
        self.other = Button("换一位", icon="users-round")
        self.other.setProperty("high", "small")
        self.other.setToolTip("快捷键：Ctrl+F")
        self.strip = PlanStrip(view)
        self.plan = PlanPage(view)
        self.progress = ProgressPage(view)
        self.shown = Stack()
        self.shown.add(self.plan)
        self.shown.add(self.progress)
        self.state = StateView(self.shown)
        self._lay_out(view)

    def show_head(
        self, chart: ChartRow, sheet: PlanSheetRow, people: Sequence[RehabPerson], today: date
    ) -> None:
        """Whose plan it is, and where they stand among those in rehab."""
        self.strip.setVisible(True)
        self.strip.show_person(chart)
        self.strip.show_plan(sheet.plan, today, newest=sheet.beside(-1) is None)
        self.strip.show_others(sheet)
        rids = [one.resident for one in people]
        here = f"{rids.index(chart.rid) + 1} / {len(rids)} 位" if chart.rid in rids else f"共 {len(rids)} 位"
        self.place.setText(here)

    def show_plan(self, sheet: PlanSheetRow, curves: CurvesRow, today: date) -> None:
        """The page of the plan."""
        plan = sheet.plan
        self.plan.goals.show_goals(sheet.goals, today, over=plan is None or plan.over)
        self.plan.curves.show_curves(curves)
        self.plan.items.show_items(sheet.items)
        if sheet.today is not None:
            self.plan.day.show_day(sheet.today)

    def turn(self) -> None:
        """To the page that is chosen."""
        self.shown.show_place(1 if self.pages.key == PROGRESS else 0)

    def _lay_out(self, view: View) -> None:
        top = PlanTop(self.sections, (self.place, self.before, self.after, self.other, self.pages))
        box = QVBoxLayout(view)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(12)
        box.addWidget(top)
        box.addWidget(self.strip)
        box.addWidget(self.state, 1)
