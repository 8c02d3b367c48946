"""The frame round every view: window, navigation, top bar, sign-in, lock, set-up."""
