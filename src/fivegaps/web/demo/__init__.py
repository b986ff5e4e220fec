"""An office filled with an invented bank, to try everything without asking anybody."""
