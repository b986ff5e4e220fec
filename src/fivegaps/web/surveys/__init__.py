"""Surveys: programmes, waves, links, and the page of whoever answers."""
