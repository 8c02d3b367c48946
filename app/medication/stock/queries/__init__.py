"""Questions about the cupboard: what is there, what became of it, what is wrong, controlled medicines, pill boxes."""

from app.medication.stock.queries.alarms import AlarmCount, CountStockAlarms, StockAlarms
from app.medication.stock.queries.boxes import BoxBoard, BoxRow, BoxSheet, BoxState
from app.medication.stock.queries.controlled import ControlledRow, ControlledShelves
from app.medication.stock.queries.cupboard import Cupboard, OwnerSupply, StockRow, SupplyOf
from app.medication.stock.queries.issues import IssueRow, Issues
from app.medication.stock.queries.ledger import Ledger, LedgerLine, MovesOf

__all__ = [
    "AlarmCount",
    "BoxBoard",
    "BoxRow",
    "BoxSheet",
    "BoxState",
    "ControlledRow",
    "ControlledShelves",
    "CountStockAlarms",
    "Cupboard",
    "IssueRow",
    "Issues",
    "Ledger",
    "LedgerLine",
    "MovesOf",
    "OwnerSupply",
    "StockAlarms",
    "StockRow",
    "SupplyOf",
]
