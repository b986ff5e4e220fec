"""Whole companies whose gaps, causes and effects of actions are known."""
