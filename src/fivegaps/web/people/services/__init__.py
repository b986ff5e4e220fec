"""What is done to people and places; each function is one transaction and one deed."""
