"""Tests of the screens: real clicks and keys on real widgets, drawn offscreen."""
