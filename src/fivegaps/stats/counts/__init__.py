"""Additive counts of answers: exact integers that merge in any order."""
