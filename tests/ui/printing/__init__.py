"""Preview and printing for many, driven by keys."""
