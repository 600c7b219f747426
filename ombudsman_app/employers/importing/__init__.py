"""Lists of employers: what their columns mean, which rows are known, how they enter the register."""
