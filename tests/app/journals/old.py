"""An entry of a journal that is closed by now, as it was written when it was not."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from app.core.orders import Order, performs
from app.core.unit import Unit
from app.journals import AddEntry
from app.journals.service import write


@dataclass(frozen=True)
class WroteThen(Order[UUID]):
    """What the order did before the journal was closed."""

    order: AddEntry


@performs(WroteThen)
def wrote_then(unit: Unit, order: WroteThen) -> UUID:
    return write(unit, order.order).rid
