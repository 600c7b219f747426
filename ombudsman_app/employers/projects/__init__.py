"""Projects paid from public money: their words, their rule, what is said of them. No database in here."""
