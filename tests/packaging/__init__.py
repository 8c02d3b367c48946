"""The package, judged from its files: nothing here freezes, installs or starts anything (make package-test does)."""
