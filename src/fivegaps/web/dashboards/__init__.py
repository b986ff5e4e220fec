"""What customers feel: the results of a wave, of the whole and of each unit, as answers come."""
