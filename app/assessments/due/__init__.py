"""What is due to be assessed, of whom, why and until when: computed from what happened, never stored.

    house      what the tables say of everybody in the house: stays, latest assessments, events, decisions, drafts
      └─► rules      causes no assessment has answered, each with its day; what was decided about each
            └─► reckoning   the lines of everybody, in order of need
                  └─► queries   DueList, CountDue, DuesOf   service   DeferAssessment, WaiveAssessment …

Decisions. *A cause is an event or a day*: admission, the end of an interval, a fall, a return from hospital, a change
of care level. *A cause ends in one of three ways*: an assessment dated on its day or later, a decision that puts it
off, a decision that it does not apply; until then it is listed, however old. *A decision answers one cause of one
day*: the next fall asks again. *What was refused satisfies nothing*: a record that says 未评 leaves the cause open.
*One person and instrument is one line*: the cause that is due first, the others told in words.
"""
