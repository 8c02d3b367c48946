"""One more goal of a plan that stands, from its own screen: the sheet of the plan's form, kept at once."""

from __future__ import annotations

from functools import partial
from uuid import UUID, uuid4

from app.core.errors import Refusal, Trouble
from app.rehab.drafted import GoalDraft
from app.rehab.planning import AddGoal
from app.rehab.queries.drawing import PlanStart, Standing
from app.rehab.rules.smart import SHORT
from ui.kit.view import View
from ui.rehab.goal_sheet import GoalGround, GoalSheet


def open_goal_sheet(view: View, plan: UUID, start: PlanStart) -> None:
    """A short goal to begin with; what the act refuses is said beside its field."""
    standing = start.standing
    if standing is None:
        return
    draft, today = standing.draft, start.ground.today
    ground = GoalGround(draft.problems, draft.long_goals, start.ground.results, today, today)
    sheet = GoalSheet(view, GoalDraft(str(uuid4()), SHORT), ground)
    sheet.said.connect(
        lambda goal, _reason: view.errands.start(
            "add goal", partial(_keep, view, sheet, (plan, standing), goal)
        )
    )
    sheet.open()


async def _keep(view: View, sheet: GoalSheet, of: tuple[UUID, Standing], goal: GoalDraft) -> None:
    plan, standing = of
    stands = {one.key: one.seen.rid for one in standing.draft.goals if one.seen is not None}
    try:
        await view.errands.do(AddGoal(plan, goal.form((), stands)), busy=sheet.main)
    except (Refusal, Trouble) as error:
        sheet.tell(error)
        return
    sheet.accept()
    view.bench.notice.done(f"已新增目标：{goal.action}")
