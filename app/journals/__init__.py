"""Journals 记录."""
