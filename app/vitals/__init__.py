"""Vital signs 体征: what was measured, whether it can be, what it means, and the round in which it is.

    resources/vitals/   signs with limits and bands by age, NEWS2, the rounds of a day; reasons in resources/codes
    catalogue           those files as frozen values
    rules/              reading what is typed, judging a value, NEWS2 (pure)
    profiles            what holds for one person: usual consciousness, SpO₂ scale 2, own limits
    service/            record a visit, correct, retract, move to the right person, a person's own limits
    fhir/               each measurement as Observation, and back
    queries/            the round's grid, the latest, the chart's points, what is abnormal, the timeline

All values of one visit share a `set_id`; NEWS2 is made of one set and never of a part. A value outside the hard limits
is refused, outside the soft ones it needs `Measured.confirmed`. A second measurement of the same visit (复测) is a
value of the same set with `turn` 1: both stay.
"""
