"""Seeded answers with known truth: demo, teaching material and test oracle."""
