"""Push: what waits here goes to the platform, each revision in order, each confirmed before it counts as sent.

    queue      what waits, and what is known of it (questions)
    keeping    sending, confirmed, put aside (orders; `sending` is committed before the request goes out)
    rows       a row of the outbox, an item on its way, a parcel, a receipt
    bodies     the resource to send, and whether the platform holds it already
    answers    what a bundle's answer says of each entry
    pace       how much at once, learned from the server
    run        kinds, chunks and waves: what goes before what
    delivery   parcels go out and come to an end: confirmed, unknown, put aside
    creating   transactions of plain POSTs; halved when refused, until one stands alone
    updating   batches of PUT with If-Match; somebody else's change is never overwritten
    files      the files documents name, one at a time behind everything else
    one_file   placed, put, read back and compared          filed   what is remembered of it
    looking    after an answer got lost: look what is there before anything is sent again
    doubles    two resources for one record: one stays, the other is set aside
    identity   how a type is found again on this server

Plain POSTs and looking up afterwards, not conditional creates: those are 3 to 6 times slower, and one real server
makes duplicates of them all the same when they race.
"""
