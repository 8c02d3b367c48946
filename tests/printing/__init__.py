"""Tests of the printed sheets: text, layout, files."""
