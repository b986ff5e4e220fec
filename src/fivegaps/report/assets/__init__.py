"""Files that the page is made of."""
