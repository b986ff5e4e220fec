"""Verdicts on actions: did it work, and is the gap closed; two answers, never mixed."""
