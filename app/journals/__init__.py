"""Journals 记录: whatever else is written down of a resident, each kind described in data."""
