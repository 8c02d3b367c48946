"""Questions about incidents, and what stands above asks of them: events that count, the timeline."""

from app.incidents.queries.events import Counted, counted_events, happened
from app.incidents.queries.lists import (
    CountAwaiting,
    CountsByKind,
    Filters,
    IncidentCounts,
    IncidentList,
    IncidentsOf,
    OpenIncidents,
    Page,
    day_begins,
)
from app.incidents.queries.one import Change, IncidentOf, IncidentWhole, Version
from app.incidents.queries.people import PeopleHere, Somebody, find
from app.incidents.queries.rows import IncidentRow

__all__ = [
    "Change",
    "CountAwaiting",
    "Counted",
    "CountsByKind",
    "Filters",
    "IncidentCounts",
    "IncidentList",
    "IncidentOf",
    "IncidentRow",
    "IncidentWhole",
    "IncidentsOf",
    "OpenIncidents",
    "Page",
    "PeopleHere",
    "Somebody",
    "Version",
    "counted_events",
    "day_begins",
    "find",
    "happened",
]
