"""Tests that break things: power, disk, bits; and the programs they kill."""
