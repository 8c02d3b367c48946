"""Tests of the screens of sync."""
