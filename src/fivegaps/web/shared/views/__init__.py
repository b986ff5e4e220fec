"""Pages that belong to no part: errors."""
