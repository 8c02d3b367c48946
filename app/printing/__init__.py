"""Paper: sheets as data, Chinese text on lines, PDF files that say what they should."""
