"""One document of blocks, rendered as HTML and workbook, with all charts."""
