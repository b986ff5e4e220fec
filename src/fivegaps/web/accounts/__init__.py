"""Who may come in: persons of the staff, their passwords, second factors and sessions."""
