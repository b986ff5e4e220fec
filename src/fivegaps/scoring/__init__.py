"""Gaps, SERVPERF, zone of tolerance, weights, importance-performance, Kano."""
