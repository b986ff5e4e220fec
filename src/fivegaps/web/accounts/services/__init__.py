"""What is done to accounts; each function is one transaction."""
