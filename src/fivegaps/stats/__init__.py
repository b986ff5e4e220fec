"""Numbers only: this floor knows nothing of service quality."""
