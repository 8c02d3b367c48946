"""Home beds 家庭病床: applied for, evaluated and opened, rounds held, renewed, closed. Also in a bed of the house.

lists      indications, endings, what is never done there: home_bed.toml
opening    applied for, opened or declined, renewed, closed         visiting   rounds of doctors and nurses
signing    a doctor's round that another wrote down
asking     who has one, whose round is late, one of them            fields     the sheets as data

Decisions. *A round is owed within a week's share of the last one*, so that one missed is late at once and not at the
week's end; in hospital none is owed. *A nurse's visit is no round*: only doctors' are counted. *What is never done in a
home bed is refused where it is written down as done*, with the way out in words. *A correction takes the signature
with it*, as on a round of visiting doctors.
"""

from app.referrals.home_beds.asking import (
    BedVisitRow,
    CountHomeBedWork,
    HomeBedBoard,
    HomeBedById,
    HomeBedLine,
    HomeBedPage,
    HomeBeds,
)
from app.referrals.home_beds.of_resident import HomeBedOf
from app.referrals.home_beds.opening import (
    Applicant,
    Application,
    Applied,
    ApplyHomeBed,
    ChangeHomeBed,
    CloseHomeBed,
    EvaluateHomeBed,
    Opening,
    RenewHomeBed,
    ReopenHomeBed,
    RetractHomeBed,
)
from app.referrals.home_beds.signing import SignBedVisit
from app.referrals.home_beds.visiting import BedVisit, ChangeBedVisit, RetractBedVisit, VisitHomeBed

__all__ = [
    "Applicant", "Application", "Applied", "ApplyHomeBed", "BedVisit", "BedVisitRow", "ChangeBedVisit", "ChangeHomeBed",
    "CloseHomeBed", "CountHomeBedWork", "EvaluateHomeBed", "HomeBedBoard", "HomeBedById", "HomeBedLine", "HomeBedOf",
    "HomeBedPage", "HomeBeds", "Opening", "RenewHomeBed", "ReopenHomeBed", "RetractBedVisit", "RetractHomeBed",
    "SignBedVisit", "VisitHomeBed",
]  # fmt: skip
