"""The rules of the house: what ruff, mypy and import-linter cannot say about this project.

A rule is a function from a source (or from the whole tree) to complaints. Each stands in a table beside a bad
sample, and is tested twice: the house must keep it, and the sample must break it (a rule that sees nothing is worse
than none).

    tree     the files of the house, read once          sizes    how long a file and a function may be
    words    names, first lines, reasons, private words  calls    what may not be called, and where
    rooms    what must stand beside what
"""
