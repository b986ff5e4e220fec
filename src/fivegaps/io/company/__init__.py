"""The company folder: read and checked, started, migrated, shared."""
