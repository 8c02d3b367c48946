"""Rounds 巡诊 of doctors who come, and of our own: planned, prepared all week, held, signed, followed up.

lists        how they are planned, what is offered: resources/referrals/rounds.toml
forms        what a person says of a round and of a visit
planning     planned, changed, cancelled              asked       whom the doctor is to see, and what about
holding      arrived, left, who goes over             visits      what was found in one resident
signing      by the doctor, then by a nurse           order_lines changes of medicines until orders are written
brief        a chart in two lines                     rows        rounds and visits as screens get them
asking       questions; happened: of the timeline     owed        what rounds leave to be done
settled      changes of medicines settled lately
fields       the sheets and the page of a visit, as data

Decisions. *The list of a round is added to, not revised*: two nurses at two PCs may ask at once. *Whoever was not seen
is not forgotten*: they go over to the next round, with who asked. *A doctor's word on medicines is no order*: it stays
in the list 待转医嘱 until one was written (by the doctor, or transcribed and signed afterwards) or somebody says why
none is. *A change after the signature takes it away*: both sign again; the signed revision stays readable. *A doctor
from outside signs by hand on the screen*, one with an account here by it.
"""

from app.referrals.rounds.asked import AskAbout, TakeOffRound
from app.referrals.rounds.asking import (
    DoctorChoice,
    FillVisit,
    RoundById,
    RoundDoctors,
    Rounds,
    RoundsOf,
    RoundsOfResident,
    RoundWhole,
)
from app.referrals.rounds.forms import RoundForm, VisitForm
from app.referrals.rounds.holding import BeginRound, Ended, EndRound, TakeBackArrival
from app.referrals.rounds.order_lines import LinkOrder, ReopenLine, SettleLine
from app.referrals.rounds.owed import (
    CountRoundWork,
    OrdersToWrite,
    OrdersWritten,
    RoundDue,
    RoundsDue,
    RoundWork,
    RoundWorkNow,
    ToRefer,
    ToWrite,
    WrittenOrder,
)
from app.referrals.rounds.planning import CancelRound, ChangeRound, PlanRound
from app.referrals.rounds.rows import PersonRow, RoundLine, VisitRow
from app.referrals.rounds.settled import SettledLine, SettledLines
from app.referrals.rounds.signing import CosignVisits, SignVisits
from app.referrals.rounds.visits import ChangeVisit, RetractVisit, Visit

__all__ = [
    "AskAbout", "BeginRound", "CancelRound", "ChangeRound", "ChangeVisit", "CosignVisits", "CountRoundWork",
    "DoctorChoice", "EndRound", "Ended", "FillVisit", "LinkOrder", "OrdersToWrite", "OrdersWritten", "PersonRow",
    "PlanRound", "ReopenLine", "RetractVisit", "RoundById", "RoundDoctors", "RoundDue", "RoundForm", "RoundLine",
    "RoundWhole", "RoundWork", "RoundWorkNow", "Rounds", "RoundsDue", "RoundsOf", "RoundsOfResident", "SettleLine",
    "SettledLine", "SettledLines", "SignVisits", "TakeBackArrival", "TakeOffRound", "ToRefer", "ToWrite", "Visit",
    "VisitForm", "VisitRow", "WrittenOrder",
]  # fmt: skip
