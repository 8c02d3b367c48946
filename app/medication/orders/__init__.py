"""Orders 医嘱: what is said of one, checked; issued by a doctor or transcribed by a nurse; checked, stopped, cancelled.

forms      what a person says about an order, and what becomes of it in the table
issuing    a doctor signs, a nurse transcribes, the doctor signs afterwards; a changed order is a new one
moving     checked, paused, resumed, stopped, cancelled: only the moves of `rules.states`
"""

from app.medication.orders.forms import Answered, OrderForm, Prn
from app.medication.orders.issuing import Issued, IssueOrders, ReplaceOrder, SignOrders, TranscribeOrders
from app.medication.orders.moving import CancelOrder, CheckOrders, PauseOrder, ResumeOrder, StopOrder

__all__ = [
    "Answered",
    "CancelOrder",
    "CheckOrders",
    "IssueOrders",
    "Issued",
    "OrderForm",
    "PauseOrder",
    "Prn",
    "ReplaceOrder",
    "ResumeOrder",
    "SignOrders",
    "StopOrder",
    "TranscribeOrders",
]
