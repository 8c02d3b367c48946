"""Care 照护: the plan of a resident's care tasks, and what became of each of them, shift by shift.

    rules      shifts and their hours over midnight, slots and their windows, outcomes, typed times
    lists      tasks, templates, shifts and reasons, read from resources/care
    derived    slots of some service dates with what was recorded of them (the one place that derives them)
    floors     who lives on a floor, in the order staff walk
    forms      what a person says about one task, checked; `form` is the same as fields of a screen
    service    plan, change, end; record one or all that is due; correct, take back; close a shift
    queries    a shift's board, a resident's plan, doings, what is due by floor, the timeline

A slot is never stored and never recorded by nobody: what nobody has said anything about is *blank*, and the person who
closes the shift says of each blank why it was not done. The id of a doing is named by task, service date and time, so
that two stations without a network name it alike; a second record of one slot is refused in words. A changed plan
counts from the moment it was changed: what was due before keeps the times it had.
"""
