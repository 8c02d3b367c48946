"""Medication on screen: the round of a floor and of one resident, orders, the month grid, the cupboard."""
