"""The places of referrals: the list, one referral, the way back, partners, rounds, contracts."""

from __future__ import annotations

from app.core.orders import Question
from app.core.roles import Right
from ui.kit.view import Bench, View
from ui.places.place import Count, Place


def _referrals(bench: Bench) -> View:
    from ui.referrals.list_view import ListView

    return ListView(bench)


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


REFERRALS: tuple[Place, ...] = (
    Place(
        "referrals",
        "转诊",
        "ambulance",
        _referrals,
        Right.READ_RESIDENTS,
        count=Count(_open_referrals, frozenset({"referral", "referral_return", "absence"})),
    ),
    Place("partners", "协作机构", "ambulance", _partners, Right.READ_RESIDENTS, under="referrals"),
    Place("contracts", "签约", "ambulance", _contracts, Right.READ_RESIDENTS, under="referrals"),
    Place("home-beds", "家庭病床", "ambulance", _home_beds, Right.READ_RESIDENTS, under="referrals"),
)
