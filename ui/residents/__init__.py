"""Screens for residents: the list, the chart, the form, the import."""
