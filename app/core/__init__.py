"""The floor everything stands on: desk, unit, changes, errors, clock, ids, configuration, log, resources.

Knows no subject. A screen, the command line and the sync engine all work through two verbs: an *order* is done
(one transaction on the one writer thread), a *question* is answered (frozen rows from one of three readers).
"""
