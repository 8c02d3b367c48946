"""Rules of journals: how a line is told, what a value means against its range, whose day a moment belongs to."""

from app.journals.rules.bands import FLAGS, GRAVE, Band, flag_of
from app.journals.rules.days import service_day
from app.journals.rules.telling import places_in, tell

__all__ = ["FLAGS", "GRAVE", "Band", "flag_of", "places_in", "service_day", "tell"]
