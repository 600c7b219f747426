"""Lists of projects, OCDS packages too: what their columns mean, which rows are known, how they enter."""
