"""Tests of the screens of vital signs."""
