"""Referrals 转诊: up to a hospital, the green channel, the way back; partners, rounds, families' doctors, home beds.

    resources/referrals/  criteria, partners' lists, the return's checklists, times, packages: all as data
    rules/                pure: the states and their moves, criteria held against a chart, what is owed and due
    times                 how long an answer, an approval, a consent may take; when papers are asked for again
    partners/             acts and questions on partners, agreements, licences, visiting doctors
    filling/              a referral's texts, criteria and attachments, taken from the chart
    writing/              a referral is begun and changed: what a person says in it
    drafted, sending      what stands in the form, and the one act that writes, notes and sends it
    taken_up              a referral of the file as the form has it, joined with what was typed meanwhile
    moving/               its moves: each is a revision that names who, when and why
    around/               what belongs to a referral beside its state: consent, family told, green channel, 120
    coming_back/          the return: papers owed, chasing them, the return assessment
    rounds/ contracts/ home_beds/   doctors who come, families' doctors, home beds
    queries/              lists, one referral, work that waits, counts, the timeline
    figures/              referrals by reason and partner, door-to-door times, what is missing
    fhir/                 ServiceRequest and Task and their kin, there and back

Decisions. *A move is never taken out*: one made by mistake is struck, with who and why, and the state before it stands
again. *Whoever is carried out of the house is away from that minute*: the departure writes the time in hospital
(`Absence`), and doses, care tasks and rehab pause because they are derived from it; nothing else is switched. *Rescue
comes first*: an emergency or the green channel waits for no approval and no consent, and both are owed afterwards with
a deadline. *That medicines have to be reconciled follows from the return itself* (`app.medication.reconciling`), not
from a referral: who comes back without one is held as well. *The partner's answer is a move like any other*, whether a
person typed it or the platform brought it.
"""
