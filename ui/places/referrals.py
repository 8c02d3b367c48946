"""The places of referrals: the list, one referral, the way back, partners, rounds, contracts."""

from __future__ import annotations

from app.core.orders import Question
from app.core.roles import Right
from ui.kit.view import Bench, View
from ui.places.place import Count, Place


def _referrals(bench: Bench) -> View:
    from ui.referrals.list_view import ListView

    return ListView(bench)


def _follow(bench: Bench) -> View:
    from ui.referrals.follow_view import FollowView

    return FollowView(bench)


def _returns(bench: Bench) -> View:
    from ui.referrals.return_list_view import ReturnListView

    return ReturnListView(bench)


def _referral_return(bench: Bench) -> View:
    from ui.referrals.return_view import ReturnView

    return ReturnView(bench)


def _form(bench: Bench) -> View:
    from ui.referrals.form_view import FormView

    return FormView(bench)


def _rounds(bench: Bench) -> View:
    from ui.referrals.round_view import RoundsView

    return RoundsView(bench)


def _round_visit(bench: Bench) -> View:
    from ui.referrals.round_visit_view import RoundVisitView

    return RoundVisitView(bench)


def _open_referrals() -> Question[int]:
    from app.referrals.queries.counts import CountOpenReferrals

    return CountOpenReferrals()


def _partners(bench: Bench) -> View:
    from ui.referrals.partner_view import PartnersView

    return PartnersView(bench)


def _contracts(bench: Bench) -> View:
    from ui.referrals.contract_view import ContractsView

    return ContractsView(bench)


def _home_beds(bench: Bench) -> View:
    from ui.referrals.homebed_view import HomeBedsView

    return HomeBedsView(bench)


def _figures(bench: Bench) -> View:
    from ui.referrals.figure_view import FiguresView

    return FiguresView(bench)


def _reconcile(bench: Bench) -> View:
    from ui.medication.reconcile_view import ReconcileView

    return ReconcileView(bench)


REFERRALS: tuple[Place, ...] = (
    Place(
        "referrals",
        "转诊",
        "ambulance",
        _referrals,
        Right.READ_RESIDENTS,
        count=Count(_open_referrals, frozenset({"referral", "referral_return", "absence"})),
    ),
    Place("referral-follow", "转诊", "ambulance", _follow, Right.READ_RESIDENTS, under="referrals"),
    Place("referral", "办理转诊", "ambulance", _form, Right.READ_RESIDENTS, under="referrals"),
    Place("reconcile", "返院用药重整", "list-checks", _reconcile, Right.READ_RESIDENTS, under="referrals"),
    Place("partners", "协作机构", "ambulance", _partners, Right.READ_RESIDENTS, under="referrals"),
    Place("rounds", "巡诊", "ambulance", _rounds, Right.READ_RESIDENTS, under="referrals"),
    Place("round-visit", "巡诊记录", "ambulance", _round_visit, Right.READ_RESIDENTS, under="referrals"),
    Place("contracts", "签约", "ambulance", _contracts, Right.READ_RESIDENTS, under="referrals"),
    Place("home-beds", "家庭病床", "ambulance", _home_beds, Right.READ_RESIDENTS, under="referrals"),
    Place("returns", "返院", "ambulance", _returns, Right.READ_RESIDENTS, under="referrals"),
    Place(
        "referral-return", "返院登记", "ambulance", _referral_return, Right.READ_RESIDENTS, under="referrals"
    ),
    Place("referral-figures", "统计", "ambulance", _figures, Right.READ_RESIDENTS, under="referrals"),
)
