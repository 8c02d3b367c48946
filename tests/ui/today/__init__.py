"""The workbench and the timeline, driven by keys."""
