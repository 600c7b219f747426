"""What all screens share, seen through the door."""
