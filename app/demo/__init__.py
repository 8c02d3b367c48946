"""An invented institution that behaves like a real one: for trying the program, for pictures and for tests.

Deterministic: the same seed, number of residents and day give the same people, beds and scores. Everything goes in
the way real work does (set-up, roster import, signatures of two people), so the demo is also a test of those ways.
"""
