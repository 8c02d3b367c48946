"""Paper: a sheet as data goes in, a PDF with every font embedded comes out. No Qt and no database here.

    sheets/*  say what stands where      ─►  sheet     parts, rows, cells, marks: frozen values
    flow      parts over pages           ─►  grid      a table measured, row by row
    setting   a mark in a width, cached  ─►  text      wrap, shrink, justify  ─►  breaking (禁则), faces (fonts)
    pdf       pages into a file          ─►  embedding one Type0 font per face, a right way back to text

Why so much of our own: stock ReportLab prints an empty box for a missing glyph, loses characters above U+FFFF
when text is copied, begins lines with ，and ends them with（, reads markup (and local files) out of what a person
typed, and neither wraps nor shrinks cells. ReportLab still reads and cuts the fonts and writes the file's objects;
text and lines are raw operators, which is also several times faster than its flowables.

A sheet's words of items, options and levels come in through its data, never from the sheet's code. The same data
gives the same bytes, so a sheet is kept by its document number and fingerprint, not as a file.
"""
