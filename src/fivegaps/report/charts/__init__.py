"""The charts, one file each: every one takes a view of the results and returns a chart or None."""
