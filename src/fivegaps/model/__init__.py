"""Frozen values of the field: instruments, items, scales. Standard library only."""
