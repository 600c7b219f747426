"""People are told: inbox, mail, text messages, digests."""
