"""What people are told: inbox, e-mail, text messages, and each morning what falls due."""
