"""What people are promised: texts they agree to, how long answers stay, erasure."""
