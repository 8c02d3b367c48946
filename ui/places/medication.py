"""The places of medication: the round, its guided walk, orders, month grid, what follows, cupboard, prescriptions."""

from __future__ import annotations

from app.core.orders import Question
from app.core.roles import Right
from ui.kit.view import Bench, View
from ui.places.place import Count, Place


def _drugs(bench: Bench) -> View:
    from ui.medication.drugs_view import DrugsView

    return DrugsView(bench)


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


def _guided(bench: Bench) -> View:
    from ui.medication.guided_view import GuidedView

    return GuidedView(bench)


def _prescriptions(bench: Bench) -> View:
    from ui.medication.rx_view import RxView

    return RxView(bench)


def _prescription(bench: Bench) -> View:
    from ui.medication.rx_form_view import RxFormView

    return RxFormView(bench)


MEDICATION: tuple[Place, ...] = (
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
    Place("prescriptions", "处方", "pill", _prescriptions, Right.READ_RESIDENTS, under="medication"),
    Place("prescription", "开处方", "pill", _prescription, Right.ORDER_MEDICINES, under="medication"),
    Place("after-doses", "用药跟踪", "pill", _after_doses, Right.READ_RESIDENTS, under="medication"),
    Place("guided", "逐位给药", "pill", _guided, Right.READ_RESIDENTS, under="medication"),
    Place("drugs", "药品目录", "pill", _drugs, under="settings"),
)
