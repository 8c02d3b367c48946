"""Acts on rehab plans.

forms         what a person says of a plan, a goal, an item; bad fields are refused in words
drawing_up    a plan is drawn up, changed, cancelled
signing       a doctor issues it, a therapist confirms it, the resident consents: then it runs
goals         goals are added, changed, given up, rated
items         lines of the programme are added, changed, ended, put on the board
running       a plan is paused, goes on, is reviewed, is closed
"""

from app.rehab.planning.drawing_up import CancelPlan, ChangePlan, DrawnUp, DrawUpPlan
from app.rehab.planning.forms import GoalForm, ItemForm, PlanForm
from app.rehab.planning.goals import AddGoal, ChangeGoal, DropGoal, RateGoal, RetractRating
from app.rehab.planning.items import AddItem, ChangeItem, EndItem, PlaceItem, RetractItem
from app.rehab.planning.running import ClosePlan, Ending, PausePlan, ResumePlan, ReviewPlan
from app.rehab.planning.signing import ConfirmPlan, Consent, IssuePlan, StateConsent

__all__ = [
    "AddGoal",
    "AddItem",
    "CancelPlan",
    "ChangeGoal",
    "ChangeItem",
    "ChangePlan",
    "ClosePlan",
    "ConfirmPlan",
    "Consent",
    "DrawUpPlan",
    "DrawnUp",
    "DropGoal",
    "EndItem",
    "Ending",
    "GoalForm",
    "IssuePlan",
    "ItemForm",
    "PausePlan",
    "PlaceItem",
    "PlanForm",
    "RateGoal",
    "ResumePlan",
    "RetractItem",
    "RetractRating",
    "ReviewPlan",
    "StateConsent",
]
