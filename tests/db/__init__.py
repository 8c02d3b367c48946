"""Tests of the file: its tables, how they came to be, and what is refused."""
