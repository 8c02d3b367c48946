"""The forms of rehab as data, and what their values say."""
