"""Screens for people and rights: staff list, accounts, PIN, the sign panel."""
