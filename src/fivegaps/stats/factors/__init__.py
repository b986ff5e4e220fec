"""Exploratory factors of a correlation matrix: adequacy, number, extraction, rotation."""
