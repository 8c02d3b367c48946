"""Orders 医嘱: what is said of one, checked; issued by a doctor or transcribed by a nurse; checked, stopped, cancelled.

forms         what a person says about an order, and what becomes of it in the table
writing       the row of one order, and what a signature on it covers
issuing       a doctor signs; a doctor signs afterwards what others wrote down
transcribing  a nurse writes down what was ordered elsewhere, or by word of mouth
replacing     a changed order is a new one
skin_tests    a test is made, and read by two
reviewing     总查对: two go through every order of a floor
order_times   the institution's table of times
moving        checked, paused, resumed, stopped, cancelled: only the moves of `rules.states`
"""

from app.medication.orders.forms import Answered, OrderForm, Prn
from app.medication.orders.issuing import IssueOrders, SignOrders
from app.medication.orders.moving import CancelOrder, CheckOrders, PauseOrder, ResumeOrder, StopOrder
from app.medication.orders.order_times import ChangeOrderTimes
from app.medication.orders.replacing import ReplaceOrder
from app.medication.orders.skin_tests import MakeSkinTest, ReadSkinTest, RetractSkinTest
from app.medication.orders.transcribing import TranscribeOrders
from app.medication.orders.writing import Issued

__all__ = [
    "Answered",
    "CancelOrder",
    "ChangeOrderTimes",
    "CheckOrders",
    "IssueOrders",
    "Issued",
    "MakeSkinTest",
    "OrderForm",
    "PauseOrder",
    "Prn",
    "ReadSkinTest",
    "ReplaceOrder",
    "ResumeOrder",
    "RetractSkinTest",
    "SignOrders",
    "StopOrder",
    "TranscribeOrders",
]
