"""The places of referrals: the list, one referral, the way back, partners, rounds, contracts."""

from __future__ import annotations

from app.core.orders import Question
from app.core.roles import Right
from ui.kit.view import Bench, View
from ui.places.place import Count, Place


def _referrals(bench: Bench) -> View:
    from ui.referrals.list_view import ListView

    return ListView(bench)


def _returns(bench: Bench) -> View:
    from ui.referrals.return_list_view import ReturnListView

    return ReturnListView(bench)


def _referral_return(bench: Bench) -> View:
    from ui.referrals.return_view import ReturnView

    return ReturnView(bench)


def _open_referrals() -> Question[int]:
    from app.referrals.queries.counts import CountOpenReferrals

    return CountOpenReferrals()


REFERRALS: tuple[Place, ...] = (
    Place(
        "referrals",
        "转诊",
        "ambulance",
        _referrals,
        Right.READ_RESIDENTS,
        count=Count(_open_referrals, frozenset({"referral", "referral_return", "absence"})),
    ),
    Place("returns", "返院", "ambulance", _returns, Right.READ_RESIDENTS, under="referrals"),
    Place(
        "referral-return", "返院登记", "ambulance", _referral_return, Right.READ_RESIDENTS, under="referrals"
    ),
)
