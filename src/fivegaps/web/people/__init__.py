"""The organisation: its units, channels and employees, and who may do what where."""
