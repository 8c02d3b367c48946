"""Medication 用药: the drug list, orders, what is to be given when, what became of it, the cupboard, prescriptions.

    rules          pure: amounts, medicines, when an order asks for doses, slots, states, PRN limits, checks, shelves
    drugs          the drug list of the program and the institution's own, found by Chinese, pinyin, initials, barcode
    lists          frequencies, routes, the fourteen reasons, rounds, windows: resources/medication
    orders         issued by a doctor or transcribed by a nurse, checked by another, changed only by a new order
    checking       what speaks against an order, when it is written and again when it is given
    derived        slots of service dates with what was recorded of them (the one place that derives them)
    giving         one key gives what needs no prompt; every other slot has its answer; a shift is closed on no unknowns
    following      double doses, refusals, effects, infusions, missing signatures: raised until a person decides
    stock          the cupboard by lot; doses take from it, nothing of it stands in the way of giving
    prescriptions  long, extended and free ones
    returns        who came back from hospital: regular orders of before are held until a named decision
    reconciling    that decision, medicine by medicine, beside the list of the hospital
    running, happened   what other subjects are told
    queries        the round, the bedside, the month, lists of orders
    fhir           Medication, MedicationRequest, MedicationAdministration, MedicationDispense, DetectedIssue

A slot is never stored and never recorded by nobody. Its id is named by order, service date and time, so two stations
without a network name it alike; both records of one slot stay, and *possible double dose* stands at both until somebody
decides. An order keeps its medicine as the list had it then; another dose, time or way is another order.
"""
