"""Pages about reaching people."""
