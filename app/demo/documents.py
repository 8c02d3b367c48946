"""Documents of the demo: the pack a referral leaves with is kept there and then, as a window at the desk would do."""

from __future__ import annotations

from app.demo.days import Days
from app.printing.referral_keeping import PackToKeep, drawn_document
from app.referrals.documents import OwedDocuments


def keep_documents(days: Days) -> None:
    """What is owed now, by whoever acts."""
    desk = days.station.desk
    for referral in desk.ask_now(OwedDocuments()):
        wanted = desk.ask_now(PackToKeep(referral))
        if wanted is not None:
            desk.do_now(drawn_document(wanted))
