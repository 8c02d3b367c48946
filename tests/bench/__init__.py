"""Measurements, as ratios against the bare thing in the same run: what counts on every computer alike.

Each `bench_*.py` has `run() -> list[tuple[label, ratio, note]]`; `make bench` runs them all.
"""
