"""What tests share: a founded station, invented people, written fakes."""
