"""What a hospital wrote at the platform is offered to the return and to the list of medicines."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from app.core.unit import Unit
from app.referrals.coming_back import BroughtBy, RecordReturn, ReturnForm, ReturnOf
from app.referrals.coming_back.from_platform import FOREIGN
from db.models import Remote
from tests.app.referrals.house import Desk
from tests.support.acts import Act

LETTER = {
    "resourceType": "DocumentReference",
    "description": "出院小结",
    "content": [{"attachment": {"contentType": "text/plain", "data": "6IK654KO5aW96L2s"}}],
}
MEDICINE = {
    "resourceType": "MedicationRequest",
    "status": "active",
    "medicationCodeableConcept": {"text": "莫西沙星片"},
    "dosageInstruction": [{"doseAndRate": [{"doseQuantity": {"value": 0.4, "unit": "g"}}]}],
}


def written(resident: UUID, *bodies: dict[str, Any]) -> Act:
    """Bodies another program left at the platform, as a pull keeps them."""

    def write(unit: Unit) -> None:
        for body in bodies:
            rid = unit.new_id()
            unit.session.add(
                Remote(
                    type=body["resourceType"], rid=rid, kind=FOREIGN, record=resident, revision=0, station="",
                    server_id=rid.hex, body=body, received_at=unit.now, updated_at=unit.now,
                )
            )  # fmt: skip

    return Act(write)


def test_the_letter_of_the_hospital_fills_the_return(desk: Desk) -> None:
    desk.put(8)
    seen = desk.treated()
    assert desk.ask(ReturnOf(desk.li)).offered.came_with == ""
    desk.do(written(desk.li, LETTER, MEDICINE))
    desk.put(15)
    offered = desk.ask(ReturnOf(desk.li)).offered
    assert (offered.came_with, offered.course) == ("platform", "出院小结：肺炎好转")
    absence = desk.row(seen).absence
    assert absence is not None
    brought = desk.ask(BroughtBy(absence))
    assert [(one.words, one.dose) for one in brought.medicines] == [("莫西沙星片", "0.4g")]
    back = desk.do(RecordReturn(desk.li, ReturnForm("platform", course=offered.course)))
    assert desk.ask(ReturnOf(desk.li)).row.rid == back.seen.rid
    assert desk.ask(ReturnOf(desk.li)).row.form.came_with == "platform"


def test_nothing_is_brought_where_there_was_no_referral(desk: Desk) -> None:
    desk.do(written(desk.li, LETTER))
    assert desk.ask(BroughtBy(UUID(int=9))).papers == ()
