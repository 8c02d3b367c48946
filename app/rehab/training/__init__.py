"""Acts on a session of rehab: what must be so before it begins, while it runs, when it ends, and what is said of it.

values        what was measured: checked, kept in the session, and at rest kept as vitals too
guarding      stop rules and contraindications held against it
writing       finding a session, the refusals every act shares, its row
forms         what a person says of a session
beginning     it begins
running       values while it goes on; a rule that fires stops it, so does the therapist
ending        it ends with its form; begun and ended afterwards in one act
otherwise     it was not held: refused, absent, ill
groups        several residents at once
correcting    correct, retract, take back

A session that goes on stands in the file (`ended_at` None): others see it run, and it runs on after a crash.
"""

from app.rehab.training.beginning import BeginSession, Begun
from app.rehab.training.correcting import CorrectSession, RetractSession, TakeBackSessions
from app.rehab.training.ending import Ended, EndSession, RecordSession
from app.rehab.training.forms import NOTHING_SAID, Before, SessionForm
from app.rehab.training.groups import GroupForm, GroupRecorded, Member, RecordGroup
from app.rehab.training.otherwise import NotHeld
from app.rehab.training.running import Noted, NoteDuring, StopSession

__all__ = [
    "NOTHING_SAID",
    "Before",
    "BeginSession",
    "Begun",
    "CorrectSession",
    "EndSession",
    "Ended",
    "GroupForm",
    "GroupRecorded",
    "Member",
    "NotHeld",
    "NoteDuring",
    "Noted",
    "RecordGroup",
    "RecordSession",
    "RetractSession",
    "SessionForm",
    "StopSession",
    "TakeBackSessions",
]
