"""Lists of rehab, each read once from resources/rehab (the keys stand in FORMAT.md there)."""
