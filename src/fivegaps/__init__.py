"""Measure service quality with RATER and find which of the five gaps is open."""
