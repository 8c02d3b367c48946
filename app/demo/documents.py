"""Documents of the demo: the packs the last referrals left with are kept, as a window at the desk would have."""

from __future__ import annotations

from app.demo.days import NURSE, Days
from app.printing.referral_keeping import PackToKeep, drawn_document
from app.referrals.documents import OwedDocuments

KEPT = 2
"""Drawing takes a third of a second each; whoever signs in finds the others kept within the minute."""


def keep_documents(days: Days) -> None:
    """Of the newest referrals."""
    days.at(days.now, lambda: _keep(days))


def _keep(days: Days) -> None:
    days.become(NURSE)
    desk = days.station.desk
    for referral in desk.ask_now(OwedDocuments())[-KEPT:]:
        wanted = desk.ask_now(PackToKeep(referral))
        if wanted is not None:
            desk.do_now(drawn_document(wanted))
