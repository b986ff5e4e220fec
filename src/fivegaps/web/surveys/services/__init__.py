"""What is done with surveys and answers."""
