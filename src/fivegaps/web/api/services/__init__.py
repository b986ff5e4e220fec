"""What is done for other systems, and to the tokens that they hold."""
