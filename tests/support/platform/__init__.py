"""A FHIR R4 server that is written, not found: three real servers' manners as switches, and faults a test puts in.

    with Platform(Behaviour.medplum(), secret=("station", "word")) as platform:
        platform.faults.next(Fault.lost_after(), when=lambda request: request.bundle == "transaction")
        …upload to platform.address…
        assert len(platform.resources("Patient")) == 50

One request, from the wire to the store:

    wire        HTTP/1.1 on a loop of its own; here answers get lost, cut, doubled
    faults      which of the planned faults this request meets
    service     token, content type, which interaction          tokens, metadata
    bundle      a transaction as a whole, a batch entry by entry
    writes      planned with every reason to say no, then written; checks, elements
    binary      files, raw and as JSON
    lists       searchsets and histories in pages; search
    store       every version of everything; the lists searches walk along; keep

What a column does differently is a field of `Behaviour` and nothing else; no module asks which column it is.
Writing happens between two awaits on one thread, so a transaction is whole without locks or rollback.
"""

from tests.support.platform.behaviour import COLUMNS, Behaviour
from tests.support.platform.exchange import Answer, Request, Resource
from tests.support.platform.faults import Fault, Faults, Planned
from tests.support.platform.server import Place, Platform

__all__ = [
    "COLUMNS", "Answer", "Behaviour", "Fault", "Faults", "Place", "Planned", "Platform", "Request", "Resource",
]  # fmt: skip
