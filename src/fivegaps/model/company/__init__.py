"""What a company tells about itself: settings, registers, constructs, actions."""
