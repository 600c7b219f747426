"""Lists of figures: what their columns mean, which rows are known, how they enter as proposals."""
