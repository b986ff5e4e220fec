"""What ties the office together: settings, addresses, database, start."""
