"""Papers that leave the house: numbered, signed, proven to be genuine, delivered."""
