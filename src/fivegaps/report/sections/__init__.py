"""The sections of the report: every one takes a view of the results and returns sections."""
