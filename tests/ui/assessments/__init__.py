"""Tests of the assessment screens, in the real frame over a real station."""
