"""Where a person can go: one line a screen, in the order of the sidebar; a view is imported when it is first shown.

`chart` lists the tabs and cards that subjects give a resident's chart.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.core.orders import Question
from app.core.roles import Actor, Right
from ui.kit.view import Bench, View
from ui.places.chart import CHART


@dataclass(frozen=True)
class Count:
    """The number beside an entry: asked anew when one of `kinds` changed. `urgent`: each of them needs a person."""

    question: Callable[[], Question[int]]
    kinds: frozenset[str]
    urgent: bool = False


@dataclass(frozen=True)
class Place:
    """One screen. One `under` another has no entry of its own: that entry is marked while it shows.

    `right` is needed to see it at all.
    """

    key: str
    words: str
    icon: str
    make: Callable[[Bench], View]
    right: Right | None = None
    under: str = ""
    count: Count | None = None

    @property
    def hidden(self) -> bool:
        return bool(self.under)

    def open_to(self, actor: Actor) -> bool:
        return self.right is None or actor.may(self.right)


def _today(bench: Bench) -> View:
    from ui.today.today_view import TodayView

    return TodayView(bench)


def _settings(bench: Bench) -> View:
    from ui.access.settings_view import SettingsView

    return SettingsView(bench)


def _residents(bench: Bench) -> View:
    from ui.residents.residents_view import ResidentsView

    return ResidentsView(bench)


def _chart(bench: Bench) -> View:
    from ui.residents.chart_view import ChartView

    return ChartView(bench, CHART)


def _resident_form(bench: Bench) -> View:
    from ui.residents.resident_form_view import ResidentFormView

    return ResidentFormView(bench)


def _import(bench: Bench) -> View:
    from ui.residents.import_view import ImportView

    return ImportView(bench)


def _beds(bench: Bench) -> View:
    from ui.residents.beds_view import BedsView

    return BedsView(bench)


def _vitals_round(bench: Bench) -> View:
    from ui.vitals.round_view import RoundView

    return RoundView(bench)


def _preview(bench: Bench) -> View:
    from ui.printing.preview_view import PreviewView

    return PreviewView(bench)


def _batch(bench: Bench) -> View:
    from ui.printing.batch_view import BatchView

    return BatchView(bench)


def _assessments(bench: Bench) -> View:
    from ui.assessments.assessments_view import AssessmentsView

    return AssessmentsView(bench)


def _assessment(bench: Bench) -> View:
    from app.assessments.queries import ABILITY
    from ui.assessments.assessment_view import AssessmentView, PrintAsked

    def preview(asked: PrintAsked) -> None:
        form = {"resident": asked.resident, "instrument": asked.instrument}
        back = {"assessment": asked.record} if asked.record else form
        what = {"record": asked.record} if asked.record else {"draft": True}
        kind = "ability-assessment" if asked.instrument == ABILITY else "assessment-report"
        bench.go("preview", {"sheet": kind, **form, **what, "back": ("assessment", back)})

    return AssessmentView(bench, preview)


def _assessment_levels(bench: Bench) -> View:
    from ui.assessments.levels_view import LevelsView

    return LevelsView(bench)


def _instruments(bench: Bench) -> View:
    from ui.assessments.instruments_view import InstrumentsView

    return InstrumentsView(bench)


def _drugs(bench: Bench) -> View:
    from ui.medication.drugs_view import DrugsView

    return DrugsView(bench)


def _care(bench: Bench) -> View:
    from ui.care.care_view import CareView

    return CareView(bench)


def _medication(bench: Bench) -> View:
    from ui.medication.round_view import RoundView

    return RoundView(bench)


def _doses_due() -> Question[int]:
    from app.medication.queries import CountDueDoses

    return CountDueDoses()


def _cupboard(bench: Bench) -> View:
    from ui.medication.stock_view import StockView

    return StockView(bench)


def _orders(bench: Bench) -> View:
    from ui.medication.orders_view import OrdersView

    return OrdersView(bench)


def _order(bench: Bench) -> View:
    from ui.medication.order_view import OrderView

    return OrderView(bench)


def _after_doses(bench: Bench) -> View:
    from ui.medication.after_view import AfterView

    return AfterView(bench)


def _month_grid(bench: Bench) -> View:
    from ui.medication.month_view import MonthView

    return MonthView(bench)


def _due() -> Question[int]:
    from app.assessments.due.queries import CountDue

    return CountDue()


def _sync(bench: Bench) -> View:
    from ui.sync.sync_view import SyncView

    return SyncView(bench)


def _alarms() -> Question[int]:
    from app.sync.queries import SyncAlarms

    return SyncAlarms()


def _incidents(bench: Bench) -> View:
    from ui.incidents.incidents_view import IncidentsView

    return IncidentsView(bench)


def _incident(bench: Bench) -> View:
    from ui.incidents.incident_view import IncidentView

    return IncidentView(bench)


def _incident_report(bench: Bench) -> View:
    from ui.incidents.report_view import ReportView

    return ReportView(bench)


def _awaiting() -> Question[int]:
    from app.incidents.queries import CountAwaiting

    return CountAwaiting()


def _guided(bench: Bench) -> View:
    from ui.medication.guided_view import GuidedView

    return GuidedView(bench)


DUE_KINDS = frozenset(
    {
        "assessment",
        "assessment_deferral",
        "own_instrument",
        "incident",
        "absence",
        "grade",
        "resident",
        "stay",
    }
)
"""What makes assessments due, or answers that they are."""

PLACES: tuple[Place, ...] = (
    Place("today", "工作台", "layout-dashboard", _today, Right.READ_RESIDENTS),
    Place("residents", "老人", "users-round", _residents, Right.READ_RESIDENTS),
    Place("chart", "老人档案", "users-round", _chart, Right.READ_RESIDENTS, under="residents"),
    Place("resident", "编辑档案", "users-round", _resident_form, Right.EDIT_RESIDENTS, under="residents"),
    Place("beds", "床位图", "bed-single", _beds, Right.READ_RESIDENTS, under="residents"),
    Place("import", "导入名册", "users-round", _import, Right.IMPORT_RESIDENTS, under="residents"),
    Place("vitals-round", "体征", "heart-pulse", _vitals_round, Right.RECORD_VITALS),
    Place("care", "照护", "hand-heart", _care, Right.RECORD_CARE),
    Place(
        "medication",
        "用药",
        "pill",
        _medication,
        Right.READ_RESIDENTS,
        count=Count(_doses_due, frozenset({"dose", "med_order", "stay", "absence"})),
    ),
    Place("month-grid", "月表", "pill", _month_grid, Right.READ_RESIDENTS, under="medication"),
    Place("orders", "医嘱", "pill", _orders, Right.READ_RESIDENTS, under="medication"),
    Place("order", "开医嘱", "pill", _order, Right.READ_RESIDENTS, under="medication"),
    Place("cupboard", "药柜", "pill", _cupboard, Right.KEEP_STOCK, under="medication"),
    Place("after-doses", "用药跟踪", "pill", _after_doses, Right.READ_RESIDENTS, under="medication"),
    Place(
        "assessments",
        "评估",
        "clipboard-check",
        _assessments,
        Right.READ_RESIDENTS,
        count=Count(_due, DUE_KINDS),
    ),
    Place(
        "assessment-levels",
        "评估统计",
        "clipboard-list",
        _assessment_levels,
        Right.READ_RESIDENTS,
        under="assessments",
    ),
    Place("assessment", "评估", "clipboard-pen", _assessment, Right.READ_RESIDENTS, under="assessments"),
    Place(
        "incidents",
        "不良事件",
        "shield-alert",
        _incidents,
        Right.REPORT_INCIDENTS,
        count=Count(_awaiting, frozenset({"incident"}), urgent=True),
    ),
    Place("incident", "不良事件", "shield-alert", _incident, Right.REPORT_INCIDENTS, under="incidents"),
    Place(
        "incident-report",
        "上报不良事件",
        "shield-alert",
        _incident_report,
        Right.REPORT_INCIDENTS,
        under="incidents",
    ),
    Place("guided", "逐位给药", "pill", _guided, Right.READ_RESIDENTS, under="medication"),
    Place("batch", "批量打印", "printer", _batch, Right.PRINT_RECORDS, under="residents"),
    Place("preview", "打印预览", "printer", _preview, under="residents"),
    Place("sync", "同步", "refresh-cw", _sync, count=Count(_alarms, frozenset({"sync"}), urgent=True)),
    Place("settings", "设置", "settings", _settings),
    Place("instruments", "量表", "list-checks", _instruments, under="settings"),
    Place("drugs", "药品目录", "pill", _drugs, under="settings"),
)
