"""Screens of vital signs: the chart's tab with curves, values and temperature charts, its card, single entry."""
