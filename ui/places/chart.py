"""What other subjects give a resident's chart: its tabs in order, and the cards of its overview; one line each."""

from __future__ import annotations

from app.core.roles import Right
from ui.kit.chart import ChartCard, ChartPart, ChartParts, ChartTab
from ui.kit.view import Bench


def _timeline(bench: Bench) -> ChartPart:
    from ui.history.timeline_tab import TimelineTab

    return TimelineTab(bench)


def _incidents_tab(bench: Bench) -> ChartPart:
    from ui.incidents.chart_parts import IncidentsTab

    return IncidentsTab(bench)


def _incidents_card(bench: Bench) -> ChartPart:
    from ui.incidents.chart_parts import IncidentsCard

    return IncidentsCard(bench)


def _notes(bench: Bench) -> ChartPart:
    from ui.journals.notes_tab import NotesTab

    return NotesTab(bench)


def _matters(bench: Bench) -> ChartPart:
    from ui.journals.matters_tab import MattersTab

    return MattersTab(bench)


def _signs(bench: Bench) -> ChartPart:
    from ui.journals.signs_strip import SignsStrip

    return SignsStrip(bench)


def _vitals_tab(bench: Bench) -> ChartPart:
    from ui.vitals.vitals_tab import VitalsTab

    return VitalsTab(bench)


def _latest_vitals(bench: Bench) -> ChartPart:
    from ui.vitals.latest_card import LatestCard

    return LatestCard(bench)


def _assessments(bench: Bench) -> ChartPart:
    from ui.assessments.trends_tab import TrendsTab

    return TrendsTab(bench)


def _orders(bench: Bench) -> ChartPart:
    from ui.medication.order_tab import OrderTab

    return OrderTab(bench)


def _running(bench: Bench) -> ChartPart:
    from ui.medication.running_card import RunningCard

    return RunningCard(bench)


def _care_plan(bench: Bench) -> ChartPart:
    from app.rehab.planning.precaution_tasks import PrecautionTasks
    from ui.care.plan_tab import PlanTab

    return PlanTab(bench, PrecautionTasks)


def _rehab_tab(bench: Bench) -> ChartPart:
    from ui.rehab.chart_parts import RehabTab

    return RehabTab(bench)


def _rehab_card(bench: Bench) -> ChartPart:
    from ui.rehab.chart_parts import RehabCard

    return RehabCard(bench)


def _rehab_minds(bench: Bench) -> ChartPart:
    from ui.rehab.nursing_strip import NursingStrip

    return NursingStrip(bench)


def _referrals_tab(bench: Bench) -> ChartPart:
    from ui.referrals.follow_chart import ReferralsTab

    return ReferralsTab(bench)


def _referral_strip(bench: Bench) -> ChartPart:
    from ui.referrals.follow_chart import ReferralStrip

    return ReferralStrip(bench)


def _rounds_card(bench: Bench) -> ChartPart:
    from ui.referrals.round_chart import RoundCard

    return RoundCard(bench)


def _contract_card(bench: Bench) -> ChartPart:
    from ui.referrals.contract_chart import ContractCard

    return ContractCard(bench)


def _stages(bench: Bench) -> ChartPart:
    from ui.residents.stage_card import StageCard

    return StageCard(bench)


CHART = ChartParts(
    tabs=(
        ChartTab("vitals", "体征", _vitals_tab, Right.READ_RESIDENTS),
        ChartTab("medication", "用药", _orders, Right.READ_RESIDENTS),
        ChartTab("assessments", "评估", _assessments, Right.READ_RESIDENTS),
        ChartTab("rehab", "康复", _rehab_tab, Right.READ_RESIDENTS),
        ChartTab("referrals", "转诊", _referrals_tab, Right.READ_RESIDENTS),
        ChartTab("notes", "护理记录", _notes, Right.READ_RESIDENTS),
        ChartTab("care", "照护计划", _care_plan, Right.READ_RESIDENTS),
        ChartTab("matters", "档案事项", _matters, Right.READ_RESIDENTS),
        ChartTab("incidents", "不良事件", _incidents_tab, Right.READ_RESIDENTS),
        ChartTab("timeline", "时间线", _timeline),
    ),
    cards=(
        ChartCard("stages", "top", _stages, Right.READ_RESIDENTS),
        ChartCard("vitals", "main", _latest_vitals, Right.READ_RESIDENTS),
        ChartCard("running", "main", _running, Right.READ_RESIDENTS),
        ChartCard("rehab", "main", _rehab_card, Right.READ_RESIDENTS),
        ChartCard("rounds", "side", _rounds_card, Right.READ_RESIDENTS),
        ChartCard("contract", "side", _contract_card, Right.READ_RESIDENTS),
        ChartCard("referral", "head", _referral_strip, Right.READ_RESIDENTS),
        ChartCard("signs", "head", _signs, Right.READ_RESIDENTS),
        ChartCard("rehab-minds", "head", _rehab_minds, Right.READ_RESIDENTS),
        ChartCard("incidents", "side", _incidents_card, Right.READ_RESIDENTS),
    ),
)
"""Tabs (after the overview, in this order) and overview cards that other subjects give a resident's chart."""
