"""Readers and writers of answer files."""
