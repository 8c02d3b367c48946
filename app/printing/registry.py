"""Every sheet that can be printed for a resident: its name on the command line, title, question and setting.

A new sheet is one line in `SHEETS`; the chart's choice of sheets (P), the preview, printing for a whole floor and the
command line read only this.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any, Literal

from app.core.orders import Question
from app.printing import timeline_data
from app.printing.admission_data import AdmissionFormOf
from app.printing.again import NONE, Before
from app.printing.assessment_data import AssessmentReportOf, sheet_of
from app.printing.certificate import signed
from app.printing.comparison_data import AssessmentComparisonOf
from app.printing.doctor_round_data import DoctorRoundOf
from app.printing.drawn import Drawn
from app.printing.floor_data import FloorSummaryOf
from app.printing.free_list_data import FreeListOf
from app.printing.incident_data import IncidentReportOf
from app.printing.issue_sheet_data import IssueSheetOf
from app.printing.journal_form_data import JournalFormOf
from app.printing.journal_sheet_data import JournalSheetOf, Span, Spec, specs
from app.printing.mar_data import MarOf
from app.printing.order_sheet_data import OrderSheetOf
from app.printing.own_supply_data import OwnSupplyOf
from app.printing.pack import Pack
from app.printing.pdf import draw, draw_pack
from app.printing.reconciliation_data import ReconciliationSheetOf
from app.printing.referral_figures_data import ReferralFiguresOf
from app.printing.referral_pack_data import ReferralPackOf, ReferralPaperOf
from app.printing.rehab_closing_data import RehabClosingOf
from app.printing.rehab_evaluation_data import RehabEvaluationOf
from app.printing.rehab_plan_data import RehabPlanOf
from app.printing.rehab_progress_data import RehabProgressOf
from app.printing.rehab_sessions_data import RehabSessionsOf
from app.printing.rehab_week_data import RehabWeekOf
from app.printing.round_list_data import RoundListOf
from app.printing.sheet import Sheet
from app.printing.sheets import (
    ability_assessment,
    admission_form,
    assessment_comparison,
    assessment_report,
    doctor_round,
    floor_summary,
    free_list,
    incident_report,
    issue_sheet,
    journal_form,
    journal_table,
    mar,
    order_sheet,
    own_supply,
    reconciliation,
    referral_figures,
    referral_pack,
    rehab_closing,
    rehab_evaluation,
    rehab_plan,
    rehab_progress,
    rehab_sessions,
    rehab_week,
    round_list,
    stock_count,
    temperature_chart,
    vitals_record,
)
from app.printing.stock_count_data import StockCountOf
from app.printing.temperature_data import TemperatureChartOf
from app.printing.timeline_data import TimelineSheetOf
from app.printing.vitals_record_data import VitalsRecordOf
from app.residents.queries import ChartRow


def _nothing(_chart: ChartRow) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class SheetKind:
    """One printed sheet: `question(resident, …)` makes the question whose answer `sheet` sets.

    With a `span`, people choose a day of it and the question gets `first` and `last`, both days included. `missing`
    says in a few words why there is nothing to print of a resident yet; empty: it may be printed. `record`: it is of
    one record (the question gets `record`) and is offered where that record is, not in the chart's choice. `floor`: it
    is of a floor, whose identity the question gets instead of a resident's, and is offered for printing in one go.
    `by_instrument`: its question takes an `instrument` and finds the latest record of it. `choice`: what else it takes,
    a `group` of instruments or a `round` of the day.
    """

    name: str
    title: str
    question: Callable[..., Question[Any]]
    sheet: Callable[[Any], Sheet | Pack]
    span: Span = ""
    missing: Callable[[ChartRow], str] = _nothing
    record: bool = False
    floor: bool = False
    by_instrument: bool = False
    choice: Literal["", "group", "round"] = ""

    def draw(self, data: Any, before: Before = NONE) -> Drawn:
        """The sheet as a PDF file; what of it stands in `before` says 补打."""
        made = self.sheet(data)
        if isinstance(made, Pack):
            return signed(draw_pack(made, before), made.certificate)
        return draw(made, before)

    def days(self, day: date) -> dict[str, date]:
        """The stretch a day lies in, as the question takes it; weeks begin on Monday."""
        if not self.span:
            return {}
        first = last = day
        if self.span == "week":
            first = day - timedelta(days=day.weekday())
            last = first + timedelta(days=6)
        elif self.span == "month":
            first = day.replace(day=1)
            last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return {"first": first, "last": last}


def _never_assessed(chart: ChartRow) -> str:
    return "" if chart.ability else "还没有签名的评估"


def _form_of(spec: Spec) -> SheetKind:
    return SheetKind(spec.name, spec.title, partial(JournalFormOf, sheet=spec.name), journal_form.sheet)


def _of_journals(spec: Spec) -> SheetKind:
    question = partial(JournalSheetOf, sheet=spec.name)
    return SheetKind(spec.name, spec.title, question, journal_table.sheet, span=spec.span)


def _pack(data: referral_pack.PackPapers) -> Pack:
    return referral_pack.pack(data, {name: kind.sheet for name, kind in SHEETS.items()})


def _of_referrals() -> tuple[SheetKind, ...]:
    """The pack, and each of its papers alone."""
    papers = tuple(
        SheetKind(
            f"referral-{part.code}",
            part.title,
            partial(ReferralPaperOf, part=part.code),
            part.sheet,
            record=True,
        )
        for part in referral_pack.PARTS.values()
    )
    return (SheetKind("referral-pack", referral_pack.TITLE, ReferralPackOf, _pack, record=True), *papers)


SHEETS: dict[str, SheetKind] = {
    kind.name: kind
    for kind in (
        SheetKind("admission-form", admission_form.TITLE, AdmissionFormOf, admission_form.sheet),
        SheetKind(
            "ability-assessment",
            ability_assessment.TITLE,
            AssessmentReportOf,
            sheet_of,
            missing=_never_assessed,
        ),
        SheetKind(
            "assessment-report",
            assessment_report.TITLE,
            AssessmentReportOf,
            sheet_of,
            record=True,
            by_instrument=True,
        ),
        SheetKind(
            "assessment-comparison",
            assessment_comparison.TITLE,
            AssessmentComparisonOf,
            assessment_comparison.sheet,
            record=True,
        ),
        SheetKind(
            "temperature-chart",
            temperature_chart.TITLE,
            TemperatureChartOf,
            temperature_chart.sheet,
            span="week",
        ),
        SheetKind("vitals-record", vitals_record.TITLE, VitalsRecordOf, vitals_record.sheet, span="month"),
        SheetKind("mar", mar.TITLE, MarOf, mar.sheet, span="month"),
        SheetKind("order-sheet", order_sheet.LONG_TITLE, OrderSheetOf, order_sheet.sheet),
        SheetKind(
            "order-sheet-once", order_sheet.ONCE_TITLE, partial(OrderSheetOf, once=True), order_sheet.sheet
        ),
        SheetKind(
            "round-list",
            round_list.TITLE,
            RoundListOf,
            round_list.sheet,
            span="day",
            floor=True,
            choice="round",
        ),
        SheetKind("issue-sheet", issue_sheet.TITLE, IssueSheetOf, issue_sheet.sheet, record=True),
        SheetKind("own-supply", own_supply.TITLE, OwnSupplyOf, own_supply.sheet),
        SheetKind(
            "stock-count", stock_count.TITLE, StockCountOf, stock_count.sheet, span="month", record=True
        ),
        SheetKind("free-list", free_list.TITLE, FreeListOf, free_list.sheet, span="month", record=True),
        *(_form_of(spec) if spec.form else _of_journals(spec) for spec in specs().values()),
        SheetKind(
            "incident-report", incident_report.TITLE, IncidentReportOf, incident_report.sheet, record=True
        ),
        SheetKind(
            "assessment-floor",
            floor_summary.TITLE,
            FloorSummaryOf,
            floor_summary.sheet,
            floor=True,
            choice="group",
        ),
        SheetKind("rehab-plan", rehab_plan.TITLE, RehabPlanOf, rehab_plan.sheet, record=True),
        SheetKind(
            "rehab-sessions", rehab_sessions.TITLE, RehabSessionsOf, rehab_sessions.sheet, span="month"
        ),
        SheetKind("rehab-progress", rehab_progress.TITLE, RehabProgressOf, rehab_progress.sheet, record=True),
        SheetKind(
            "rehab-evaluation", rehab_evaluation.TITLE, RehabEvaluationOf, rehab_evaluation.sheet, record=True
        ),
        SheetKind("rehab-closing", rehab_closing.TITLE, RehabClosingOf, rehab_closing.sheet, record=True),
        SheetKind("rehab-week", rehab_week.TITLE, RehabWeekOf, rehab_week.sheet, span="week", record=True),
        *_of_referrals(),
        SheetKind(
            "reconciliation", reconciliation.TITLE, ReconciliationSheetOf, reconciliation.sheet, record=True
        ),
        SheetKind("doctor-round", doctor_round.TITLE, DoctorRoundOf, doctor_round.sheet, record=True),
        SheetKind(
            "referral-figures",
            referral_figures.TITLE,
            ReferralFiguresOf,
            referral_figures.sheet,
            span="month",
            record=True,
        ),
        SheetKind("timeline", timeline_data.TITLE, TimelineSheetOf, journal_table.sheet, span="month"),
    )
}


def offered() -> tuple[SheetKind, ...]:
    """Those of a resident; the ones of a single record are offered beside it."""
    return tuple(kind for kind in SHEETS.values() if not kind.record and not kind.floor)


def offered_in_one_go() -> tuple[SheetKind, ...]:
    """Those that can be printed for a floor or everybody at once."""
    return tuple(kind for kind in SHEETS.values() if kind.by_instrument or not kind.record)
