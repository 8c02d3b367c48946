"""Incidents 不良事件: what happened, and what came of it."""
