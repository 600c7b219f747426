"""Employers: their register, their duties, what became of those that leave workers out (`design.md` §7)."""
