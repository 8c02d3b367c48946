"""Vital signs 体征."""
