"""Vital signs 体征: what was measured, visit by visit."""
