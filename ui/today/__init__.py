"""工作台: the shift at a glance; every number is a worklist one key away."""
