"""Questions about vital signs, and the frozen rows they are answered with: the only SQL of this subject."""

from app.vitals.queries.abnormal import Abnormal, AbnormalRow
from app.vitals.queries.floor import Away
from app.vitals.queries.grid import Before, Grid, GridRow, RoundFloor, RoundGrid
from app.vitals.queries.history import VitalHistory, VitalRevision
from app.vitals.queries.latest import LatestOf, LatestRow, LatestVitals, LatestWords
from app.vitals.queries.of_person import ProfileOf
from app.vitals.queries.points import Point, Series
from app.vitals.queries.sets import SetOf, SetRow, SetsOf
from app.vitals.queries.taken import Taken
from app.vitals.queries.timeline import happened

__all__ = [
    "Abnormal",
    "AbnormalRow",
    "Away",
    "Before",
    "Grid",
    "GridRow",
    "LatestOf",
    "LatestRow",
    "LatestVitals",
    "LatestWords",
    "Point",
    "ProfileOf",
    "RoundFloor",
    "RoundGrid",
    "Series",
    "SetOf",
    "SetRow",
    "SetsOf",
    "Taken",
    "VitalHistory",
    "VitalRevision",
    "happened",
]
