"""The way back 返院: the return is recorded, papers owed to us are chased, what we owe who came back is assessed.

lists       what a hospital gives and what is assessed: resources/referrals/return.toml
forms       what a person says of a return; fields: the same as a form for the screen
belonging   what a return belongs to: a time in hospital, a referral, an admission
record      it is recorded: the absence ends, the referral is returned
changing    completed, set right, taken out
papers      received, missing, photographed, asked for again
assessing   parts said in words, the whole finished
proofs      what in the chart proves a part of the assessment
around      what stands around returns, asked for all at once
reconciled  whether the medicines are reconciled (the one place that asks)
from_platform  what the hospital wrote at the platform, and what it says of the state
paper_files    the files of that: which, and whether they are here
rows        a return as screens get it
asking      one resident's return; listing: everybody's that wait, and the timeline

A plain 返院 at the residents' screen stays what it is: the time in hospital ends, and nothing says what came with
the person. It stands in the list as 返院未登记 until somebody completes it; no return is ever made up. *An addition
needs no revision seen*: papers, chasing and words of the assessment add to whatever stands, so that two people at two
PCs may tick papers at once; content and its corrections are checked against the revision that was read.
"""

from app.referrals.coming_back.asking import ReturnOf, ReturnWhole
from app.referrals.coming_back.assessing import FinishAssessment, NoteAssessed
from app.referrals.coming_back.changing import ChangeReturn, RetractReturn
from app.referrals.coming_back.forms import ReturnForm
from app.referrals.coming_back.from_platform import Brought, BroughtBy, FromPlatform, Written
from app.referrals.coming_back.listing import CountOpenReturns, InHospital, OpenReturn, OpenReturns
from app.referrals.coming_back.papers import AddFile, Chase, DropFile, NotePaper
from app.referrals.coming_back.record import RecordReturn, Returned
from app.referrals.coming_back.rows import ReturnRow

__all__ = [
    "AddFile",
    "Brought",
    "BroughtBy",
    "ChangeReturn",
    "Chase",
    "CountOpenReturns",
    "DropFile",
    "FinishAssessment",
    "FromPlatform",
    "InHospital",
    "NoteAssessed",
    "NotePaper",
    "OpenReturn",
    "OpenReturns",
    "RecordReturn",
    "RetractReturn",
    "ReturnForm",
    "ReturnOf",
    "ReturnRow",
    "ReturnWhole",
    "Returned",
    "Written",
]  # fmt: skip
