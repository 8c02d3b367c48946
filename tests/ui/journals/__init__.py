"""Tests of the journals on a resident's chart, by keys and clicks."""
