"""Floor 1: knows no domain and no screen."""
