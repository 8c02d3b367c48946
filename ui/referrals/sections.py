"""The sections of referrals as chips above each of their views."""

from __future__ import annotations

from app.core.roles import Right
from app.medication.reconciling import CountReconciliations
from app.referrals.coming_back import CountOpenReturns
from app.referrals.contracts import CountContractWork
from app.referrals.home_beds import CountHomeBedWork
from app.referrals.partners import CountExpiring
from app.referrals.queries.counts import CountOpenReferrals
from app.referrals.rounds import CountRoundWork
from ui.kit.sections import SectionChips, SectionCount, SectionList
from ui.kit.view import View

WORK_KINDS = frozenset({"referral", "referral_return", "absence"})
"""What makes work of referrals, or settles it."""

SECTIONS = SectionList(
    "转诊",
    (
        ("referrals", "转诊", Right.READ_RESIDENTS),
        ("returns", "返院", Right.READ_RESIDENTS),
        ("reconcile", "用药重整", Right.READ_RESIDENTS),
        ("partners", "协作机构", Right.READ_RESIDENTS),
        ("rounds", "巡诊", Right.READ_RESIDENTS),
        ("contracts", "签约", Right.READ_RESIDENTS),
        ("home-beds", "家庭病床", Right.READ_RESIDENTS),
        ("referral-figures", "统计", Right.READ_RESIDENTS),
    ),
    {
        "referrals": SectionCount(CountOpenReferrals(), WORK_KINDS),
        "contracts": SectionCount(
            CountContractWork(), frozenset({"family_contract", "contract_service", "stay"})
        ),
        "home-beds": SectionCount(CountHomeBedWork(), frozenset({"home_bed", "round_visit", "absence"})),
        "rounds": SectionCount(
            CountRoundWork(),
            frozenset({"doctor_round", "round_visit", "agreement", "med_order", "referral"}),
        ),
        "returns": SectionCount(CountOpenReturns(), WORK_KINDS),
        "reconcile": SectionCount(
            CountReconciliations(), frozenset({"med_decision", "med_order", "absence", "med_reconciliation"})
        ),
        "partners": SectionCount(CountExpiring(), frozenset({"partner", "agreement", "licence"})),
    },
)
"""In this order, each with its place."""


class Sections(SectionChips):
    """`here`: the place it stands in."""

    def __init__(self, view: View, here: str) -> None:
        super().__init__(view, here, SECTIONS)
