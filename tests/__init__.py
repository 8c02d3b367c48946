"""Tests: the real program, driven as people drive it."""
