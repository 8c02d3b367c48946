"""The screens of care: a floor's shift as a grid, a shift that is closed, and the plan in a resident's chart."""
