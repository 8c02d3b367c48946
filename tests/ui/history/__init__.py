"""The history of any record, driven by keys."""
