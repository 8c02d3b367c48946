"""Screens for assessments: worklist, filling, signing, result."""
