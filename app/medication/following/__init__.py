"""What follows doses 用药跟踪: effects to look at, infusions that run, signatures that are missing, matters raised.

matters    what the program raises: possible double doses, contradictions, repeated refusals and misses
deciding   a person closes a matter with words
waiting    effects, infusions and countersignatures that wait for somebody
questions  all of it as the view and the workbench need it
"""

from app.medication.following.deciding import DecideMatter
from app.medication.following.matters import Matter, open_matters
from app.medication.following.questions import CountFollowing, Followed, Following, FollowRow

__all__ = ["CountFollowing", "DecideMatter", "FollowRow", "Followed", "Following", "Matter", "open_matters"]
