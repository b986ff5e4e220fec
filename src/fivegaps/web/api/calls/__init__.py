"""The calls, as other systems see them."""
