"""Medication on the screen: the round of a floor, orders, the month grid, the cupboard, by real keys."""
