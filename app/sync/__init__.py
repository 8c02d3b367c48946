"""Sync with the district platform: nothing lost, nothing doubled, no status that claims more than was confirmed.

The platform is any HL7 FHIR R4 REST server. One round, in its order:

    settle     what was on its way when the program died has an unknown outcome        push
    connect    is it there, is it FHIR R4, how far is our clock from its                wire
    vanished   is it still the server that holds our institution                        vanished
    reconcile  after a restore: see what is there before anything is sent               reconcile
    push       what waits, in the order of its references                               push
    pull       what others wrote                                                        pull
    push       what the pull released
    fetch      files that documents name                                           pull

Who does what: `access` (where and as whom), `wire` (HTTP), `patience` (what an answer means, when to try again),
`marks` (what is remembered between rounds), `line` (what a round works with), `engine` (the thread that runs rounds).

Files go and come behind the records, one at a time (`binary`): a slow one holds up no record, and what goes wrong with
one is said of it and of nothing else.

Why a thread and a loop of its own: with everything on the screen's loop the screen was deaf for half a second while
bundles came in. Writing still goes through the desk's one writer, behind the nurse's own work.
"""
