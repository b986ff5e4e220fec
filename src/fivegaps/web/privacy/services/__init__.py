"""What changes privacy."""
