"""What the station does: the work of a medical station, without a screen and without Qt."""
