"""Forms to collect answers with: paper (HTML, PDF), a workbook to key in, XLSForm."""
