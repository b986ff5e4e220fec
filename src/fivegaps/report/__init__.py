"""One document of blocks, shown as a page, a workbook, chart files and a terminal table.

``compose`` builds the document from results, an instrument and a language;
``write`` puts everything into a folder; ``terminal`` prints the summary. The
words live in ``words/``, one folder a language; charts are drawn in
``charts/`` with the small kit in ``drawing/``.
"""
