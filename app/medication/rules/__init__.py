"""Facts of medication that are the same for everybody: amounts, medicines, frequencies, slots, states, outcomes."""
