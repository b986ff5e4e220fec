"""One pass from a file of answers to the results of an analysis."""
