"""What is done with results beside looking at them."""
