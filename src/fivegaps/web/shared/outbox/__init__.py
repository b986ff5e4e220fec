"""Work that is done later: rows with leases, and the worker that does what they ask."""
