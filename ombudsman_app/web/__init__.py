"""Floor 2: what all screens share."""
