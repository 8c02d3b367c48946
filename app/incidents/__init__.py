"""Incidents 不良事件."""
