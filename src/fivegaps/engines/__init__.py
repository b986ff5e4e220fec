"""Engines reduce a table of answers to counts, whole or by segment."""
