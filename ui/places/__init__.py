"""Where a person can go: one line a screen, in the order of the sidebar; a view is imported when it is first shown.

`chart` lists the tabs and cards that subjects give a resident's chart.
"""

from __future__ import annotations

from app.core.orders import Question
from app.core.roles import Right
from ui.kit.beside import Beside
from ui.kit.view import Bench, View
from ui.places.chart import CHART
from ui.places.medication import MEDICATION
from ui.places.place import Count, Place
from ui.places.referrals import REFERRALS
from ui.places.rehab import REHAB, REHAB_MINDS


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


def _care(bench: Bench) -> View:
    from app.rehab.queries.nursing import NursingWords
    from ui.care.care_view import CareView

    return CareView(bench, Beside(NursingWords, REHAB_MINDS))


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
    *MEDICATION,
    *REFERRALS,
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
    *REHAB,
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
    Place("batch", "批量打印", "printer", _batch, Right.PRINT_RECORDS, under="residents"),
    Place("preview", "打印预览", "printer", _preview, under="residents"),
    Place("sync", "同步", "refresh-cw", _sync, count=Count(_alarms, frozenset({"sync"}), urgent=True)),
    Place("settings", "设置", "settings", _settings),
    Place("instruments", "量表", "list-checks", _instruments, under="settings"),
)
